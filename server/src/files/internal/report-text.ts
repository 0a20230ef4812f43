import type { Block, Report, ReportNote } from '../report.ts'
import { blocksOf, momentOf, NOTE_WORDS } from './report-block.ts'

const underlined = (text: string, line: string): string => `${text}\n${line.repeat(Math.min(text.length, 100))}`

/** A report as plain text, in the order in which the other formats show it. */
export function renderText(report: Report): string {
  const parts = [
    underlined(report.title, '='),
    ...(report.is_final ? [] : ['DRAFT – not final, not charged']),
    report.facts.map(([label, value]) => `${label}: ${value}`).join('\n'),
    ...report.sections.map(({ title, value, notes }) =>
      [underlined(title, '-'), ...blocksOf(value).map(blockText), ...notes.map(noteText)].join('\n'),
    ),
  ]
  if (report.decisions.length > 0) {
    const lines = report.decisions.map(
      ({ act, by, at, comment }) => `${momentOf(at)}  ${act} by ${by}${comment === null ? '' : `: ${comment}`}`,
    )
    parts.push([underlined('Decisions', '-'), ...lines].join('\n'))
  }
  return `${parts.join('\n\n')}\n`
}

function blockText(block: Block): string {
  if (block.kind === 'table') {
    return [block.columns, ...block.rows]
      .map((row) => row.map((cell) => cell.replaceAll('\n', ' ')).join(' | '))
      .join('\n')
  }
  const margin = '  '.repeat(block.depth)
  return block.kind === 'item'
    ? `${margin}- ${block.text}`
    : `${margin}${block.text}${block.kind === 'label' ? ':' : ''}`
}

function noteText({ kind, by, at, text, before }: ReportNote): string {
  const replaced = before === null ? '' : ` (the machine wrote: ${before})`
  return `  >> ${NOTE_WORDS[kind]} by ${by}, ${momentOf(at)}: ${text}${replaced}`
}
