// What a process that serves says when it is ready, to the operator or to the process that keeps it.

import { type Static, Type } from 'typebox'

export const Ready = Type.Object({ url: Type.String(), setup_token: Type.Union([Type.String(), Type.Null()]) })
export type Ready = Static<typeof Ready>

/** The argument of the one of several processes that does the common work as well. */
export const FIRST = '--first'

/** The argument of a process that serves and leaves runs and common work to others (`reeve work`). */
export const NO_WORK = '--no-work'

/** Tells the operator where Reeve serves, and how to set it up while that is open. */
export function printReady({ url, setup_token }: Ready): void {
  process.stdout.write(`Reeve serves at ${url}\n`)
  if (setup_token !== null) {
    process.stdout.write(`No super-admin exists yet. Set up with this one-time token: ${setup_token}\n`)
  }
}
