// `g` and the key after it, which says where to.

/** How long `g` waits. */
const SEQUENCE_MS = 1200

export type KeySequence = {
  /** A key began the sequence. */
  readonly begin: (at_ms: number) => void
  /** Whether a key of this moment ends a sequence that was begun. It does so once. */
  readonly end: (at_ms: number) => boolean
}

/**
 * Moments are those of events (`timeStamp`), which begin with the page: none is a moment before the first key, or the first
 * second of every page would look like one in which `g` was just pressed.
 */
export function createKeySequence(): KeySequence {
  let begun_ms: number | null = null
  return {
    begin(at_ms) {
      begun_ms = at_ms
    },
    end(at_ms) {
      const is_second = begun_ms !== null && at_ms - begun_ms < SEQUENCE_MS
      begun_ms = null
      return is_second
    },
  }
}
