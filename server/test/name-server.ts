// A real little name server on loopback (RFC 1035, over UDP): it answers TXT questions from a table and nothing else.

import { createSocket } from 'node:dgram'

export type NameServer = {
  /** `address:port`, as the configuration takes it. */
  readonly address: string
  readonly setText: (name: string, text: string) => void
  readonly close: () => Promise<void>
}

const NAME_ERROR = 3

/** The name in a question, and where the question ends. */
function readQuestion(message: Buffer): { readonly name: string; readonly end: number } {
  const labels: string[] = []
  let at = 12
  for (let length = message.readUInt8(at); length > 0; length = message.readUInt8(at)) {
    labels.push(message.toString('latin1', at + 1, at + 1 + length))
    at += 1 + length
  }
  return { name: labels.join('.').toLowerCase(), end: at + 5 }
}

function answer(message: Buffer, text: string | undefined, end: number): Buffer {
  const head = Buffer.alloc(12)
  message.copy(head, 0, 0, 2)
  // An authoritative answer, recursion asked and available.
  head.writeUInt16BE(0x8580 | (text === undefined ? NAME_ERROR : 0), 2)
  head.writeUInt16BE(1, 4)
  head.writeUInt16BE(text === undefined ? 0 : 1, 6)
  const question = message.subarray(12, end)
  if (text === undefined) return Buffer.concat([head, question])
  const data = Buffer.concat([Buffer.from([text.length]), Buffer.from(text, 'latin1')])
  const record = Buffer.alloc(12)
  // The name is that of the question; TXT, IN, no time to live.
  record.writeUInt16BE(0xc00c, 0)
  record.writeUInt16BE(16, 2)
  record.writeUInt16BE(1, 4)
  record.writeUInt16BE(data.length, 10)
  return Buffer.concat([head, question, record, data])
}

/** Starts it on a free port. */
export async function startNameServer(): Promise<NameServer> {
  const texts = new Map<string, string>()
  const socket = createSocket('udp4')
  socket.on('message', (message, sender) => {
    const { name, end } = readQuestion(message)
    socket.send(answer(message, texts.get(name), end), sender.port, sender.address)
  })
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve))
  return {
    address: `127.0.0.1:${socket.address().port}`,
    setText: (name, text) => void texts.set(name.toLowerCase(), text),
    close: () => new Promise((resolve) => socket.close(() => resolve())),
  }
}
