// A real mail server for tests, which can be told to fail in every way a mail server fails.

import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'

export type MailFault = 'busy' | 'later' | 'hang' | 'drop' | 'unknown_recipient'

export type MailSink = {
  readonly port: number
  /** Every message that arrived in full, as it was sent. */
  readonly received: readonly string[]
  /** What happens to the conversations that begin now; null: all goes well. */
  fault: MailFault | null
  readonly stop: () => Promise<void>
}

class Reply extends Error {
  readonly responseCode: number

  constructor(responseCode: number, message: string) {
    super(message)
    this.responseCode = responseCode
  }
}

/** Starts it on a free port of this machine, without TLS; any user name and password are right. */
export async function startMailSink(): Promise<MailSink> {
  const received: string[] = []
  const state: { fault: MailFault | null } = { fault: null }
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    logger: false,
    onAuth: (_auth, _session, done) => done(null, { user: 'somebody' }),
    onMailFrom: (_address, _session, done) =>
      done(state.fault === 'busy' ? new Reply(421, 'Too many connections, come back later') : null),
    onRcptTo: (_address, _session, done) =>
      done(state.fault === 'unknown_recipient' ? new Reply(550, 'No such mailbox here') : null),
    onData(stream, _session, done) {
      const { fault } = state
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => void chunks.push(chunk))
      stream.on('end', () => {
        if (fault === 'later') return done(new Reply(451, 'Local error, try again'))
        received.push(Buffer.concat(chunks).toString('utf8'))
        if (fault === 'hang') return
        if (fault === 'drop') return server.connections.forEach((connection) => connection._socket.destroy())
        done()
      })
    },
  })
  // A connection that a test cuts is no failure of the server.
  server.on('error', () => undefined)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.server.address()
  if (address === null || typeof address === 'string') throw new Error('The mail server has no port')
  const { port }: AddressInfo = address
  return {
    port,
    received,
    get fault() {
      return state.fault
    },
    set fault(fault) {
      state.fault = fault
    },
    async stop() {
      for (const connection of server.connections) connection._socket.destroy()
      await new Promise<void>((resolve) => server.close(resolve))
    },
  }
}
