import type { ReactNode } from 'react'

const PIECES = /(\*\*[^*]+\*\*|`[^`]+`|\*[^*]+\*)/
const ITEM = /^\s*(?:[-*]|\d+\.)\s+/

/** Bold, emphasis and code in a line; everything else is text, links and markup included. */
function inline(line: string): readonly ReactNode[] {
  return line.split(PIECES).map((piece, index) => {
    if (piece.startsWith('**') && piece.length > 4) return <strong key={index}>{piece.slice(2, -2)}</strong>
    if (piece.startsWith('`') && piece.length > 2) {
      return (
        <code key={index} className="rounded bg-sunken px-1 font-mono text-[12px]">
          {piece.slice(1, -1)}
        </code>
      )
    }
    return piece.startsWith('*') && piece.length > 2 ? <em key={index}>{piece.slice(1, -1)}</em> : piece
  })
}

/** What an app says to its users: the little of Markdown that instructions need. It is text, never markup. */
export function Prose({ text }: { readonly text: string }) {
  const blocks = text.trim().split(/\n\s*\n/)
  return (
    <div className="flex flex-col gap-2 text-fg2">
      {blocks.map((block, index) => {
        const lines = block.split('\n')
        return lines.every((line) => ITEM.test(line)) ? (
          <ul key={index} className="list-disc ps-5">
            {lines.map((line, at) => (
              <li key={at}>{inline(line.replace(ITEM, ''))}</li>
            ))}
          </ul>
        ) : (
          <p key={index} className="whitespace-pre-line">
            {inline(block.replace(/^#+\s+/, ''))}
          </p>
        )
      })}
    </div>
  )
}
