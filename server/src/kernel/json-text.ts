// JSON as it is written. JSON.parse of V8 can take a key with an escape for another one whose raw characters it has seen in
// its place: after enough objects with a key `\\u00` it reads `"\u0074ype"` as `\u00` (nodejs/node#63785). Whatever is
// judged, hashed or given back by names that people choose is therefore read here.

import { parse } from 'lossless-json'

const OPTIONS = { parseNumber: Number, onDuplicateKey: ({ newValue }: { newValue: unknown }): unknown => newValue }

/** The value of a JSON text (RFC 8259), with the keys that it has; of repeated keys the last counts. Throws SyntaxError. */
export function readJson(text: string): unknown {
  const value: unknown = JSON.parse(text)
  return hasEscapedKey(text) ? parse(text, undefined, OPTIONS) : value
}

/** Of a text that is JSON. Linear, whatever its strings hold. */
function hasEscapedKey(text: string): boolean {
  let slash = text.indexOf('\\')
  let open = slash === -1 ? -1 : text.indexOf('"')
  while (open !== -1 && slash !== -1) {
    let close = text.indexOf('"', open + 1)
    const isEscaped = slash < close
    while (slash !== -1 && slash < close) {
      if (slash + 1 === close) close = text.indexOf('"', slash + 2)
      slash = text.indexOf('\\', slash + 2)
    }
    if (isEscaped && isColonNext(text, close + 1)) return true
    open = text.indexOf('"', close + 1)
  }
  return false
}

function isColonNext(text: string, start: number): boolean {
  let at = start
  while (' \t\r\n'.includes(text.charAt(at)) && at < text.length) at++
  return text[at] === ':'
}
