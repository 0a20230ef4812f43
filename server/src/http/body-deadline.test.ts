import { createServer, type IncomingMessage, request } from 'node:http'
import { afterEach, expect, test, vi } from 'vitest'
import { BODY_WITHIN_MS, watchBody } from './body-deadline.ts'

afterEach(() => void vi.useRealTimers())

/** A request whose body has begun and not ended, and how to send another piece of it. */
async function begin(): Promise<{ message: IncomingMessage; send: () => Promise<void>; end: () => Promise<void> }> {
  let arrive = (_message: IncomingMessage): void => undefined
  const arrived = new Promise<IncomingMessage>((resolve) => (arrive = resolve))
  const server = createServer((message) => arrive(message))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const client = request({ port: typeof address === 'object' ? address?.port : 0, host: '127.0.0.1', method: 'POST' })
  client.on('error', () => undefined)
  client.write('a')
  const message = await arrived
  const send = async () => {
    client.write('b')
    await new Promise((resolve) => message.once('data', resolve))
  }
  const end = async () => {
    client.destroy()
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  await new Promise((resolve) => message.once('data', resolve))
  return { message, send, end }
}

test('a body that does not end in time is given up, however it trickles', async () => {
  const { message, send, end } = await begin()
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const expire = vi.fn<() => void>()
  watchBody(message, false, expire)
  vi.advanceTimersByTime(BODY_WITHIN_MS - 1)
  await send()
  expect(expire).not.toHaveBeenCalled()
  vi.advanceTimersByTime(1)
  expect(expire).toHaveBeenCalledOnce()
  await end()
})

test('an upload may take as long as it comes, and is given up when it rests', async () => {
  const { message, send, end } = await begin()
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const expire = vi.fn<() => void>()
  watchBody(message, true, expire)
  for (let piece = 0; piece < 3; piece++) {
    await send()
    vi.advanceTimersByTime(BODY_WITHIN_MS)
    expect(expire).not.toHaveBeenCalled()
  }
  vi.advanceTimersByTime(BODY_WITHIN_MS)
  expect(expire).toHaveBeenCalledOnce()
  await end()
})
