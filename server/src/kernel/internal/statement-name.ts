// Which statements a connection prepares: those that are asked again and again right now. Planning one costs PostgreSQL more
// than most of them do; a prepared one weighs some 20 KB in each backend, so a node that is idle prepares none.

const OFTEN = 20
const WINDOW_MS = 1000
const MOST_NAMES = 250

/** A plan is bound to the columns it was made with, and those of a star may be more after the next migration. */
const NAMES_EVERY_COLUMN = /[.\s]\*/

const names = new Map<string, string>()
let asked = new Map<string, number>()
let since_ms = 0

/** The name under which a statement is prepared, the same for the same text; null for one that is not worth it. */
export function statementNameOf(text: string): string | null {
  const known = names.get(text)
  if (known !== undefined) return known
  const now_ms = performance.now()
  if (now_ms - since_ms > WINDOW_MS) {
    since_ms = now_ms
    asked = new Map()
  }
  const times = (asked.get(text) ?? 0) + 1
  asked.set(text, times)
  if (times < OFTEN || names.size >= MOST_NAMES || NAMES_EVERY_COLUMN.test(text)) return null
  const name = `s${names.size}`
  names.set(text, name)
  return name
}
