/**
 * The provider behind every gateway of a run. What it costs is taken from the cores of the gateway in front of it, so it
 * speaks over bare sockets: 18 µs a call where the tests' provider on node:http, which knows far more, takes 58 µs. Behind
 * that one nginx would do half of its calls, and everything measured against nginx would look twice as good.
 *
 * It is told what to do in words of the tests' provider, but anywhere in the body, so that one model serves every scenario:
 * `stamp:50:20` streams 50 chunks, 20 ms apart, the content of each being `@` and the monotonic clock in nanoseconds, which
 * all processes of a machine share; `wrong-usage:1000` claims that many completion tokens. Prints its address as one line of JSON and ends with its parent.
 */
import { createServer, type Socket } from 'node:net'

type Order = {
  readonly stream: boolean
  readonly include_usage: boolean
  readonly chunks: number
  readonly gap_ms: number
  readonly completion_tokens: number
}

const PROMPT_TOKENS = 180

const ANSWER = 'The quarterly figures are complete. '.repeat(8).trim()

function parseOrder(body: string): Order {
  const stamp = /\bstamp:(\d+):(\d+)/.exec(body)
  return {
    stream: /"stream": *true/.test(body),
    include_usage: /"include_usage": *true/.test(body),
    chunks: Number(stamp?.[1] ?? 10),
    gap_ms: Number(stamp?.[2] ?? 0),
    completion_tokens: Number(/\bwrong-usage:(\d+)/.exec(body)?.[1] ?? 50),
  }
}

function usageOf({ completion_tokens }: Order): string {
  const total_tokens = PROMPT_TOKENS + completion_tokens
  return JSON.stringify({ prompt_tokens: PROMPT_TOKENS, completion_tokens, total_tokens })
}

function answerPlain(socket: Socket, order: Order): void {
  const body =
    '{"id":"chatcmpl-1","object":"chat.completion","created":1700000000,"model":"bench","choices":[{"index":0,' +
    `"message":{"role":"assistant","content":"${ANSWER}"},"logprobs":null,"finish_reason":"stop"}],` +
    `"usage":${usageOf(order)}}`
  socket.write(`HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`)
}

function encodeEvent(data: string): string {
  const event = `data: ${data}\n\n`
  return `${event.length.toString(16)}\r\n${event}\r\n`
}

function encodeChunk(choices: string, extra: string): string {
  const start = '{"id":"chatcmpl-1","object":"chat.completion.chunk","created":1700000000,"model":"bench"'
  return encodeEvent(`${start},"choices":[${choices}]${extra}}`)
}

function encodeLast(order: Order): string {
  const usage = order.include_usage ? encodeChunk('', `,"usage":${usageOf(order)}`) : ''
  return `${encodeChunk('{"index":0,"delta":{},"finish_reason":"stop"}', '')}${usage}${encodeEvent('[DONE]')}0\r\n\r\n`
}

function answerStream(socket: Socket, order: Order): void {
  let sent = 0
  socket.write('HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n')
  const step = () => {
    if (socket.destroyed) return
    if (sent === order.chunks) {
      socket.write(encodeLast(order))
      return
    }
    sent += 1
    const delta = `{"index":0,"delta":{"content":"@${process.hrtime.bigint()}"},"finish_reason":null}`
    socket.write(encodeChunk(delta, ''))
    if (order.gap_ms > 0) setTimeout(step, order.gap_ms)
    else setImmediate(step)
  }
  step()
}

/** Takes one whole request from the front of `input` and answers it; returns its size, 0 while it is incomplete. */
function serveOne(socket: Socket, input: Buffer): number {
  const end = input.indexOf('\r\n\r\n')
  if (end < 0) return 0
  const length = /\r\ncontent-length: *(\d+)/i.exec(input.toString('latin1', 0, end))
  const size = end + 4 + Number(length?.[1] ?? 0)
  if (input.length < size) return 0
  const order = parseOrder(input.toString('latin1', end + 4, size))
  if (order.stream) answerStream(socket, order)
  else answerPlain(socket, order)
  return size
}

const server = createServer({ noDelay: true }, (socket) => {
  let pending: Buffer | undefined
  socket.on('error', () => socket.destroy())
  socket.on('data', (bytes) => {
    const input = pending === undefined ? bytes : Buffer.concat([pending, bytes])
    const used = serveOne(socket, input)
    pending = used === input.length ? undefined : input.subarray(used)
  })
})

server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the upstream has no port')
  process.stdout.write(`${JSON.stringify({ url: `http://127.0.0.1:${address.port}` })}\n`)
})

process.on('disconnect', () => process.exit(0))
