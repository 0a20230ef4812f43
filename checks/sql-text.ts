// How the schema dump writes SQL: as people write it here, in lower case and in lines that fit.

/** No line is longer, unless a word is. */
export const LINE = 120

/** Quoted text alternates with the rest: literals and quoted names at the odd places. */
const parts = (sql: string): readonly string[] => sql.split(/('(?:[^']|'')*'|"(?:[^"]|"")*")/)

/**
 * An expression or definition as PostgreSQL prints it, in the words of our migrations. Outside of quotes PostgreSQL's names
 * are lower case already, so lower case changes nothing; a literal is text unless something else is said.
 */
export function formatExpression(sql: string): string {
  return parts(sql)
    .map((part, index) => {
      if (index % 2 === 1) return part
      return part
        .toLowerCase()
        .replaceAll('timestamp with time zone', 'timestamptz')
        .replace(index === 0 ? /$^/ : /^::text(?![[\w])/, '')
        .replace(/\s+/g, ' ')
        .replace(/\( /g, '(')
    })
    .join('')
}

/**
 * One statement in as many lines as it needs, the first indented by `indent`, the others by two more. A line ends after a
 * comma where that does not leave it half empty; quoted text is never broken.
 */
export function formatStatement(sql: string, indent = 0): string {
  const lines: string[] = []
  let words: string[] = []
  for (const word of sql.match(/(?:'(?:[^']|'')*'|"(?:[^"]|"")*"|[^\s'"])+/g) ?? []) {
    const room = LINE - indent - (lines.length === 0 ? 0 : 2)
    if (words.length > 0 && [...words, word].join(' ').length > room) {
      const [full, rest] = splitLine(words, room)
      lines.push(full.join(' '))
      words = rest
    }
    words.push(word)
  }
  return [...lines, words.join(' ')].map((line, index) => ' '.repeat(indent + (index === 0 ? 0 : 2)) + line).join('\n')
}

function splitLine(words: string[], room: number): [full: string[], rest: string[]] {
  const count = words.findLastIndex((word) => word.endsWith(',')) + 1
  const is_half_full = words.slice(0, count).join(' ').length > room / 2
  return is_half_full ? [words.slice(0, count), words.slice(count)] : [words, []]
}
