// One text for one JSON value (RFC 8785, JSON Canonicalization Scheme), so that what is signed or hashed can be made again
// by anybody: members sorted by UTF-16 code units, no spaces, numbers and strings as ECMAScript writes them.

/** The canonical text of a JSON value. Throws for what JSON cannot say: undefined, functions, NaN, lone surrogates. */
export function canonicalJson(value: unknown): string {
  switch (typeof value) {
    case 'string':
      if (!value.isWellFormed()) throw new TypeError('A text with a lone surrogate has no canonical JSON')
      return JSON.stringify(value)
    case 'number':
      if (!Number.isFinite(value)) throw new TypeError(`${value} is no number in JSON`)
      return JSON.stringify(value)
    case 'boolean':
      return String(value)
    case 'object':
      if (value === null) return 'null'
      if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
      if (value instanceof Date) return JSON.stringify(value)
      return `{${Object.entries(value).toSorted(byName).map(memberText).join(',')}}`
    default:
      throw new TypeError(`A ${typeof value} is no JSON`)
  }
}

const byName = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number =>
  a < b ? -1 : a > b ? 1 : 0

const memberText = ([name, value]: readonly [string, unknown]): string =>
  `${canonicalJson(name)}:${canonicalJson(value)}`
