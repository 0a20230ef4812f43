// Where the members of a JSON text's outermost object lie, found in one pass over its bytes. The text need not be JSON: the
// scan ends whatever the bytes are, and what it makes of others than JSON means nothing.

const QUOTE = 0x22
const COMMA = 0x2c
const COLON = 0x3a
const OPEN_BRACKET = 0x5b
const BACKSLASH = 0x5c
const CLOSE_BRACKET = 0x5d
const OPEN_BRACE = 0x7b
const CLOSE_BRACE = 0x7d

export type JsonMembers = {
  readonly count: number
  readonly is_too_deep: boolean
  /** At any depth. */
  readonly has_escaped_key: boolean
  /** Pairs of offsets: the runs of neighbouring members that are not cut. */
  readonly kept: readonly number[]
  /** Offset just behind the opening brace, and of the end of the last member. */
  readonly head_end: number
  readonly tail_start: number
}

/** Told every member: its key as it is meant, and where its value lies, colon included. */
type MemberListener = (key: string, keyEnd: number, valueEnd: number) => void

/** Scans until the end or until `maxDepth` is exceeded. Strings are skipped: braces and commas inside them mean nothing. */
export function scanMembers(
  bytes: Buffer,
  maxDepth: number,
  isCut: (key: string) => boolean,
  onMember?: MemberListener,
): JsonMembers {
  const length = bytes.length
  const kept: number[] = []
  const found = { count: 0, is_too_deep: false, has_escaped_key: false, kept, head_end: 0, tail_start: 0 }
  let depth = 0
  let key: string | null = null
  let keyStart = 0
  let keyEnd = 0
  let valueEnd = 0
  let keptBefore = false
  for (let at = 0; at < length; at++) {
    const byte = bytes[at]
    if (byte === QUOTE) {
      const end = endOfString(bytes, at + 1)
      if (depth === 1 && key === null) {
        keyStart = at
        keyEnd = end
        const raw = bytes.toString('utf8', at + 1, end - 1)
        const isEscaped = raw.includes('\\')
        key = isEscaped ? unescapeKey(raw) : raw
        found.has_escaped_key ||= isEscaped
        found.count++
      } else if (!found.has_escaped_key && byteAfterSpace(bytes, end) === COLON) {
        found.has_escaped_key = bytes.subarray(at, end).includes(BACKSLASH)
      }
      at = end - 1
      valueEnd = end
    } else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
      found.is_too_deep = ++depth > maxDepth
      if (found.is_too_deep) return found
      if (depth === 1) found.head_end = at + 1
    } else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET || (byte === COMMA && depth === 1)) {
      if (depth === 1 && key !== null) {
        const isKept = !isCut(key)
        if (isKept && keptBefore) kept[kept.length - 1] = valueEnd
        else if (isKept) kept.push(keyStart, valueEnd)
        onMember?.(key, keyEnd, valueEnd)
        keptBefore = isKept
        key = null
      }
      if (byte !== COMMA && --depth === 0) found.tail_start = found.count === 0 ? at : valueEnd
      valueEnd = at + 1
    } else if (!isSpace(byte)) {
      valueEnd = at + 1
    }
  }
  return found
}

/** The offset behind the closing quote; the end of the bytes when there is none. Linear whatever the string holds. */
function endOfString(bytes: Buffer, start: number): number {
  const length = bytes.length
  let at = start
  for (;;) {
    // Short strings end here; for long ones memchr is fifty times faster than a loop, but costs as much as fifty bytes.
    const near = Math.min(at + 48, length)
    while (at < near) {
      const byte = bytes[at]
      if (byte === QUOTE) return at + 1
      at += byte === BACKSLASH ? 2 : 1
    }
    if (at >= length) return length
    const quote = bytes.indexOf(QUOTE, at)
    if (quote === -1) return length
    let slashes = quote
    while (slashes > at && bytes[slashes - 1] === BACKSLASH) slashes--
    if ((quote - slashes) % 2 === 0) return quote + 1
    at = quote + 1
  }
}

function byteAfterSpace(bytes: Buffer, start: number): number | undefined {
  let at = start
  while (isSpace(bytes[at])) at++
  return bytes[at]
}

function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09
}

function unescapeKey(raw: string): string {
  try {
    const key: unknown = JSON.parse(`"${raw}"`)
    return typeof key === 'string' ? key : raw
  } catch {
    return raw
  }
}
