// How much of a password an attacker would have to guess: what is left when common passwords, the person's own words,
// runs on the keyboard and repetitions are taken out. Pure.

const SHORTEST_WORD = 4
const LONGEST_WORD = 24
const SHORTEST_RUN = 3

const WORD_WEIGHT = 2
const SINGLE_WEIGHT = 1

const ROWS = [
  'abcdefghijklmnopqrstuvwxyz',
  '01234567890',
  'qwertyuiop',
  'qwertzuiop',
  'azertyuiop',
  'asdfghjkl',
  'qsdfghjklm',
  'zxcvbnm',
  'yxcvbnm',
]
const RUNS = ROWS.flatMap((row) => [row, row.split('').reverse().join('')])

const LOOKALIKES: Readonly<Record<string, string>> = {
  '@': 'a',
  '4': 'a',
  '8': 'b',
  '3': 'e',
  '9': 'g',
  '!': 'i',
  '1': 'i',
  '|': 'l',
  '0': 'o',
  $: 's',
  '5': 's',
  '7': 't',
  '2': 'z',
}

/** The text with its look-alike characters written as letters; position by position, so that both can be compared. */
const spellOut = (text: string, one: string): string =>
  [...Array(text.length).keys()]
    .map((index) => (text.charAt(index) === '1' ? one : (LOOKALIKES[text.charAt(index)] ?? text.charAt(index))))
    .join('')

/** Where the longest run that starts at `start` ends: one character repeated, or neighbours of a row. */
function endOfRun(text: string, start: number): number {
  const first = text.charAt(start)
  let end = start + 1
  while (end < text.length && text.charAt(end) === first) end += 1
  for (const row of RUNS) {
    const place = row.indexOf(first)
    if (place < 0) continue
    let length = 1
    while (
      start + length < text.length &&
      place + length < row.length &&
      text[start + length] === row[place + length]
    ) {
      length += 1
    }
    end = Math.max(end, start + length)
  }
  return end
}

type Piece = { readonly end: number; readonly weight: number }

/** The text as typed, and as it reads with its look-alikes spelled out. */
const spellingsOf = (text: string): readonly string[] => [text, spellOut(text, 'i'), spellOut(text, 'l')]

function piecesAt(
  [text = '', ...spelledOut]: readonly string[],
  start: number,
  common: ReadonlySet<string>,
  own: ReadonlySet<string>,
): Piece[] {
  const pieces: Piece[] = [{ end: start + 1, weight: SINGLE_WEIGHT }]
  const run_end = endOfRun(text, start)
  for (let end = start + SHORTEST_RUN; end <= run_end; end++) pieces.push({ end, weight: SINGLE_WEIGHT })
  if (/^(?:19|20)\d\d/.test(text.slice(start, start + 4))) pieces.push({ end: start + 4, weight: SINGLE_WEIGHT })
  const longest = Math.min(text.length, start + LONGEST_WORD)
  for (let end = start + SHORTEST_RUN; end <= longest; end++) {
    const spellings = [text, ...spelledOut].map((each) => each.slice(start, end))
    if (spellings.some((each) => own.has(each))) pieces.push({ end, weight: 0 })
    else if (end - start >= SHORTEST_WORD && spellings.some((each) => common.has(each))) {
      pieces.push({ end, weight: WORD_WEIGHT })
    }
  }
  return pieces
}

/**
 * The weight of what must be guessed: 2 for a common password inside, 1 for a run, a year or a character of its own, 0
 * for the person's own words; a piece that comes again is free. The split into pieces is the lightest. Linear in the
 * length.
 */
export function guessWeight(password: string, common: ReadonlySet<string>, own: ReadonlySet<string>): number {
  const text = password.toLowerCase()
  const spellings = spellingsOf(text)
  type Step = { readonly weight: number; readonly from: number; readonly piece_weight: number }
  const best: (Step | undefined)[] = [{ weight: 0, from: 0, piece_weight: 0 }]
  for (let start = 0; start < text.length; start++) {
    const reached = best[start]?.weight ?? Infinity
    for (const { end, weight } of piecesAt(spellings, start, common, own)) {
      if (reached + weight < (best[end]?.weight ?? Infinity)) {
        best[end] = { weight: reached + weight, from: start, piece_weight: weight }
      }
    }
  }
  const distinct = new Map<string, number>()
  for (let end = text.length; end > 0; ) {
    const step = best[end]
    if (step === undefined) throw new Error('Every position is reached by single characters')
    distinct.set(text.slice(step.from, end), step.piece_weight)
    end = step.from
  }
  return [...distinct.values()].reduce((sum, weight) => sum + weight, 0)
}
