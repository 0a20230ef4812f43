// Bodies of our own API: UTF-8 JSON, at most 64 levels deep, no key that could reach a prototype, no NUL, which PostgreSQL
// cannot store.

import { malformedRequest } from './problems.ts'

const MAX_DEPTH = 64
const QUOTE = 0x22
const BACKSLASH = 0x5c

/** Whether brackets nest deeper than allowed; strings are skipped. Linear, so hostile bodies cost no more than others. */
function isTooDeep(body: Buffer): boolean {
  let depth = 0
  for (let index = 0; index < body.length; index++) {
    const byte = body[index]
    if (byte === QUOTE) {
      for (index++; index < body.length && body[index] !== QUOTE; index++) if (body[index] === BACKSLASH) index++
    } else if (byte === 0x7b || byte === 0x5b) {
      if (++depth > MAX_DEPTH) return true
    } else if (byte === 0x7d || byte === 0x5d) depth--
  }
  return false
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Parses a body; an empty one is an empty object. Refuses with `malformed_request`, saying what is wrong. */
export function parseJsonBody(body: Buffer): unknown {
  if (body.length === 0) return {}
  if (isTooDeep(body)) throw malformedRequest({}, { detail: `The body nests deeper than ${MAX_DEPTH} levels.` })
  let text: string
  try {
    text = decoder.decode(body)
  } catch (cause) {
    throw malformedRequest({}, { detail: 'The body is not valid UTF-8.', cause })
  }
  try {
    return JSON.parse(text, (key, value: unknown) => {
      if (key === '__proto__') throw new SyntaxError('A key named __proto__ is not allowed')
      if (typeof value === 'string' && value.includes('\0')) throw new SyntaxError('No text of ours holds a NUL')
      return value
    })
  } catch (cause) {
    throw malformedRequest({}, { detail: 'The body is not valid JSON.', cause })
  }
}
