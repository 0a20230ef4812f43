// How long a request body may take to arrive. Node's own limit is one for all requests, and a file over a slow line needs
// longer than a document ever does: so every body has its time, and an upload has it anew with each piece.

import type { IncomingMessage } from 'node:http'

/** As long as a body of JSON may take, and as long as an upload may rest. */
export const BODY_WITHIN_MS = 30_000

/** Calls `expire` once if the body has not arrived in time; `isUpload` asks again at every piece whether it still comes. */
export function watchBody(message: IncomingMessage, isUpload: boolean, expire: () => void): void {
  let received_bytes = 0
  const look = () => {
    if (message.complete || message.destroyed) return
    const { bytesRead } = message.socket
    if (isUpload && bytesRead > received_bytes) {
      received_bytes = bytesRead
      timer.refresh()
    } else expire()
  }
  const timer = setTimeout(look, BODY_WITHIN_MS)
  timer.unref()
  message.once('close', () => clearTimeout(timer))
}
