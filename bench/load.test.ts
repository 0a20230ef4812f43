import { createServer, type RequestListener, type ServerResponse } from 'node:http'
import { afterEach, expect, test } from 'vitest'
import { createTarget, type Gateway } from './gateway.ts'
import { holdStreams, type LoadFigures, runClosedLoop, runOpenLoop } from './load.ts'

const closers: (() => void)[] = []
afterEach(() => {
  for (const close of closers.splice(0)) close()
})

/** A gateway that answers every call as told. */
async function serve(answer: (response: ServerResponse) => void): Promise<Gateway> {
  const listener: RequestListener = (request, response) => void request.resume().on('end', () => answer(response))
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closers.push(() => server.close().closeAllConnections())
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the gateway has no port')
  return {
    name: 'told',
    address: { host: '127.0.0.1', port: address.port },
    entrances: [{ path: '/', headers: {}, model: 'any' }],
    listProcesses: () => ({ gateway: [], database: [] }),
    stop: async () => undefined,
  }
}

const stamp = (): string => `data: {"content":"@${process.hrtime.bigint()}"}\n\n`
const DONE = 'data: [DONE]\n\n'

async function load(answer: (response: ServerResponse) => void, chunks?: number): Promise<LoadFigures> {
  const order = chunks === undefined ? undefined : { chunks, gap_ms: 0 }
  const target = createTarget(await serve(answer), order)
  return runClosedLoop(target, { callers: 3, warm_up_ms: 0, window_ms: 100 })
}

test('an answer with another status than 200 is an error and no call', async () => {
  const figures = await load((response) => response.writeHead(503).end('{}'))
  expect(figures).toMatchObject({ calls: 0, first_error: 'status 503' })
  expect(figures.errors).toBeGreaterThan(0)
})

test('a connection that is cut is an error and the next call opens another', async () => {
  const figures = await load((response) => response.destroy())
  expect(figures.calls).toBe(0)
  expect(figures.errors).toBeGreaterThan(3)
})

test('an answer after which the gateway closes the connection is a call', async () => {
  const figures = await load((response) => response.writeHead(200, { connection: 'close' }).end('{}'))
  expect(figures.errors).toBe(0)
  expect(figures.calls).toBeGreaterThan(3)
})

test('a stream that lacks a chunk is an error though it ends properly', async () => {
  const figures = await load((response) => response.writeHead(200).end(`${stamp()}${DONE}`), 2)
  expect(figures).toMatchObject({ calls: 0, first_error: 'stream had 1 of 2 chunks' })
})

test('a stream without its end mark is an error though it has all chunks', async () => {
  const figures = await load((response) => response.writeHead(200).end(`${stamp()}${stamp()}`), 2)
  expect(figures).toMatchObject({ calls: 0, first_error: 'stream had 2 of 2 chunks and no end' })
})

test('a stream is read whole however its bytes are cut', async () => {
  const figures = await load((response) => {
    const bytes = Buffer.from(`${stamp()}${stamp()}${DONE}`)
    const send = (from: number): void => {
      if (from < bytes.length) response.write(bytes.subarray(from, from + 7), () => setImmediate(send, from + 7))
      else response.end()
    }
    send(0)
  }, 2)
  expect(figures.errors).toBe(0)
  expect(figures.calls).toBeGreaterThan(0)
  expect(figures.chunk.p50_us).toBeGreaterThan(0)
})

test('an open loop sends by the clock and counts every answer', async () => {
  const target = createTarget(await serve((response) => response.end('{}')), undefined)
  const figures = await runOpenLoop(target, { calls_per_s: 200, warm_up_ms: 0, window_ms: 98 })
  expect(figures).toMatchObject({ calls: 20, errors: 0 })
})

test('held streams that break are errors, each once', async () => {
  const target = createTarget(await serve((response) => response.destroy()), { chunks: 2, gap_ms: 0 })
  const options = { streams: 20, streams_per_s: 1000, deadline_ms: 5000, onAllOpen: () => undefined }
  expect(await holdStreams(target, options)).toMatchObject({ calls: 0, errors: 20 })
})
