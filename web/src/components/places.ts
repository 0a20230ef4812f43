// The places of a JSON value that people can point at (RFC 6901), and how what stands there is written and read again.

const MOST_PLACES = 300
const SHOWN_CHARS = 60

export type Place = { readonly pointer: string; readonly label: string; readonly value: unknown }

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value)
const isMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !isList(value)

const stepOf = (name: string): string => `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`

/** What a place is called: the names on the way to it, positions counted from 1, and how its text begins. */
function named(words: readonly string[], value: unknown): string {
  const path = words.join(' › ')
  if (typeof value !== 'string' && typeof value !== 'number') return path
  const text = String(value)
  return `${path}: ${text.length > SHOWN_CHARS ? `${text.slice(0, SHOWN_CHARS)}…` : text}`
}

/** A part and all that lies in it, from above; at most 300 places. */
export function placesIn(part: { readonly pointer: string; readonly label: string }, value: unknown): readonly Place[] {
  const found: Place[] = []
  const visit = (pointer: string, words: readonly string[], at: unknown): void => {
    if (found.length >= MOST_PLACES) return
    found.push({ pointer, label: named(words, at), value: at })
    if (isList(at)) {
      at.forEach((each, index) => visit(`${pointer}/${index}`, [...words, String(index + 1)], each))
    } else if (isMap(at)) {
      for (const [name, each] of Object.entries(at)) {
        visit(pointer + stepOf(name), [...words, name.replaceAll('_', ' ')], each)
      }
    }
  }
  visit(part.pointer, [part.label], value)
  return found
}

/** How a value is typed: text as it is, everything else as JSON. */
export const writeValue = (value: unknown): string =>
  typeof value === 'string' ? value : JSON.stringify(value ?? null, null, 2)

/** What was typed, of the kind that stood there: text stays text, everything else is JSON. Undefined when it is none. */
export function readValue(text: string, before: unknown): unknown {
  if (typeof before === 'string') return text
  try {
    const value: unknown = JSON.parse(text)
    return value
  } catch {
    return undefined
  }
}
