// Regular expressions inside contracts. JavaScript's engine backtracks, and nothing can interrupt it, so only expressions
// whose worst case is bounded are taken: no repetition inside a repetition, no alternatives inside one, no look-around, no
// back-references. What is left costs at most (ways to choose) × length^(unbounded repetitions).

const MAX_CHARS = 300
const MAX_REPETITIONS = 1000
/** Steps that a match may take at worst; about a second. */
const MAX_STEPS = 100_000_000
/** What a subject is taken to be where nothing bounds it. */
export const UNBOUNDED_SUBJECT_CHARS = 1_000_000

type Group = { holds_repetition: boolean; holds_choice: boolean; repetitions: number }
type Scan = { unbounded: number; ways: number; readonly open: Group[]; readonly faults: string[] }

const newGroup = (): Group => ({ holds_repetition: false, holds_choice: false, repetitions: 1 })

/** Why a pattern is refused for subjects of up to `subject_chars` characters, in a sentence; null if it may be used. */
export function findPatternFault(pattern: string, subject_chars: number): string | null {
  if (pattern.length > MAX_CHARS) return `is longer than ${MAX_CHARS} characters`
  try {
    new RegExp(pattern, 'u')
  } catch {
    return 'is no regular expression'
  }
  const scan = scanPattern(pattern)
  const [fault] = scan.faults
  if (fault !== undefined) return fault
  const is_anchored = pattern.startsWith('^') && scan.open[0]?.holds_choice === false
  const steps = scan.ways * Math.max(2, subject_chars) ** (scan.unbounded + (is_anchored ? 0 : 1))
  if (steps <= MAX_STEPS) return null
  return `could take too long on ${subject_chars} characters; anchor it with ^, use fewer * and +, or bound the length`
}

function scanPattern(pattern: string): Scan {
  const scan: Scan = { unbounded: 0, ways: 1, open: [newGroup()], faults: [] }
  let closed: Group | null = null
  for (let at = 0; at < pattern.length; at++) {
    const quantifier = readQuantifier(pattern, at)
    if (quantifier !== null) {
      repeat(scan, closed, quantifier)
      at += quantifier.length - 1
      closed = null
    } else if (pattern[at] === ')') {
      closed = closeGroup(scan)
    } else {
      at = readAtom(pattern, at, scan)
      closed = null
    }
  }
  return scan
}

/** Reads what is no repetition and no end of a group; gives the place of its last character. */
function readAtom(pattern: string, at: number, scan: Scan): number {
  switch (pattern[at]) {
    case '\\':
      return skipEscape(pattern, at, scan)
    case '[':
      return endOfClass(pattern, at)
    case '(':
      return openGroup(pattern, at, scan)
    case '|':
      scan.ways *= 2
      markTop(scan, 'holds_choice')
      return at
    default:
      return at
  }
}

function skipEscape(pattern: string, at: number, scan: Scan): number {
  const next = pattern[at + 1] ?? ''
  if (/[1-9]/.test(next) || next === 'k') scan.faults.push('must not refer back to a group')
  const braced = /^\\[pPu]\{[^}]*\}/.exec(pattern.slice(at, at + 60))
  return braced === null ? at + 1 : at + braced[0].length - 1
}

function endOfClass(pattern: string, from: number): number {
  for (let at = from + 1; at < pattern.length; at++) {
    if (pattern[at] === '\\') at++
    else if (pattern[at] === ']') return at
  }
  return pattern.length
}

function openGroup(pattern: string, at: number, scan: Scan): number {
  scan.open.push(newGroup())
  const kind = /^\(\?(<?[=!]|:|<[A-Za-z]\w*>)?/.exec(pattern.slice(at, at + 60))
  if (kind === null) return at
  const word = kind[1] ?? ''
  if (word.endsWith('=') || word.endsWith('!')) scan.faults.push('must not look ahead or behind')
  else if (word === '') scan.faults.push('must not change flags inside')
  return at + kind[0].length - 1
}

/** What a group held is held by the group around it as well. */
function closeGroup(scan: Scan): Group | null {
  const group = scan.open.pop()
  if (group === undefined) return null
  if (group.holds_repetition) markTop(scan, 'holds_repetition')
  if (group.holds_choice) markTop(scan, 'holds_choice')
  countTop(scan, group.repetitions)
  return group
}

function markTop(scan: Scan, mark: 'holds_repetition' | 'holds_choice'): void {
  const top = scan.open.at(-1)
  if (top !== undefined) top[mark] = true
}

function countTop(scan: Scan, repetitions: number): void {
  const top = scan.open.at(-1)
  if (top !== undefined) top.repetitions = Math.max(top.repetitions, repetitions)
}

type Quantifier = { readonly length: number; readonly least: number; readonly most: number }

/** A repetition, with the `?` that makes it lazy. */
function readQuantifier(pattern: string, at: number): Quantifier | null {
  const [text, counted, least = '0', range, most = ''] =
    /^(?:[*+?]|(\{(\d+)(,(\d*))?\}))\??/.exec(pattern.slice(at, at + 30)) ?? []
  if (text === undefined) return null
  const { length } = text
  if (counted === undefined) {
    return { length, least: text.startsWith('+') ? 1 : 0, most: text.startsWith('?') ? 1 : Infinity }
  }
  if (range === undefined) return { length, least: Number(least), most: Number(least) }
  return { length, least: Number(least), most: most === '' ? Infinity : Number(most) }
}

function repeat(scan: Scan, group: Group | null, { least, most }: Quantifier): void {
  const repetitions = (group?.repetitions ?? 1) * Math.max(1, most === Infinity ? least : most)
  if (repetitions > MAX_REPETITIONS) scan.faults.push(`must not repeat more than ${MAX_REPETITIONS} times`)
  countTop(scan, repetitions)
  if (most === Infinity) scan.unbounded++
  else scan.ways *= most - least + 1
  if (group !== null && most > 1) {
    if (group.holds_repetition) scan.faults.push('must not repeat a group that repeats something itself')
    if (group.holds_choice) scan.faults.push('must not repeat a group with alternatives; use a character class')
  }
  if (most !== least) markTop(scan, 'holds_repetition')
}
