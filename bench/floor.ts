/**
 * The least that a gateway on Node can cost, to judge by how much more one costs that governs: a proxy that decides nothing.
 * With a database it also writes a line durably before it passes a call on and another behind its answer, as whoever holds
 * money and charges it must. It handles no failure, refuses nothing and is no gateway.
 *
 *   node bench/floor.ts <upstream url> [<database url>]
 *
 * Prints one line of JSON with its address, and ends with the process that started it.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import pg from 'pg'
import { type Dispatcher, Pool } from 'undici'

type Write = (what: string) => Promise<unknown>

const TABLE = 'create table if not exists floor (id bigserial primary key, what text)'
const LINE = { name: 'floor', text: 'insert into floor (what) values ($1)' }

async function openLedger(url: string | undefined): Promise<Write> {
  if (url === undefined) return async () => undefined
  const client = new pg.Client({ connectionString: url })
  // The database is stopped before this process is.
  client.on('error', () => process.exit(0))
  await client.connect()
  await client.query(TABLE)
  return (what) => client.query({ ...LINE, values: [what] })
}

function readBody(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = []
  request.on('data', (part: Buffer) => parts.push(part))
  return new Promise((resolve) => request.once('end', () => resolve(Buffer.concat(parts))))
}

/** Passes bytes on as they come. */
function passTo(response: ServerResponse, whenOver: () => void): Dispatcher.DispatchHandler {
  return {
    onRequestStart: () => undefined,
    onResponseStart: (_controller, status, headers) => {
      for (const name of ['content-type', 'content-length']) {
        const value = headers[name]
        if (value !== undefined) response.setHeader(name, value)
      }
      response.writeHead(status)
    },
    onResponseData: (_controller, bytes) => void response.write(bytes),
    onResponseEnd: () => {
      response.end()
      whenOver()
    },
    onResponseError: (_controller, error) => response.destroy(error),
  }
}

const [upstream_url = '', database_url] = process.argv.slice(2)
const write = await openLedger(database_url)
const pool = new Pool(upstream_url, { connections: 8192, pipelining: 1 })

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await readBody(request)
  await write('hold')
  const headers = ['content-type', 'application/json']
  const call = { path: request.url ?? '/', method: 'POST', headers, body } as const
  pool.dispatch(
    call,
    passTo(response, () => void write('charge')),
  )
}

const server = createServer((request, response) => void answer(request, response))
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the floor has no port')
  process.stdout.write(`${JSON.stringify({ url: `http://127.0.0.1:${address.port}` })}\n`)
})

process.on('disconnect', () => process.exit(0))
