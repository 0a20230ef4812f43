import {
  AlignmentType,
  Document,
  Footer,
  HeadingLevel,
  Packer,
  PageNumber,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
} from 'docx'
import type { Block, Report, ReportNote } from '../report.ts'
import { blocksOf, momentOf, NOTE_WORDS } from './report-block.ts'

const GREY = '5A6070'
const DRAFT = 'DRAFT – not final, not charged'

/** A report as a Word document. */
export async function renderDocx(given: Report): Promise<Buffer> {
  const report = withoutControls(given)
  const heading = (text: string, level: (typeof HeadingLevel)[keyof typeof HeadingLevel]) =>
    new Paragraph({ text, heading: level })
  const children = [
    heading(report.title, HeadingLevel.TITLE),
    ...(report.is_final
      ? []
      : [new Paragraph({ children: [new TextRun({ text: DRAFT, bold: true, color: 'A03020' })] })]),
    ...report.facts.map(factParagraph),
    ...report.sections.flatMap(({ title, value, notes }) => [
      heading(title, HeadingLevel.HEADING_1),
      ...blocksOf(value).map(blockElement),
      ...notes.map(noteParagraph),
    ]),
    ...decisionElements(report, heading),
  ]
  const footer = new Footer({
    children: [
      new Paragraph({
        alignment: AlignmentType.CENTER,
        children: [
          new TextRun({ text: report.is_final ? '' : `${DRAFT} · `, color: GREY, size: 16 }),
          new TextRun({ children: [PageNumber.CURRENT, ' / ', PageNumber.TOTAL_PAGES], color: GREY, size: 16 }),
        ],
      }),
    ],
  })
  const document = new Document({
    title: report.title,
    creator: 'Reeve',
    styles: { default: { document: { run: { font: 'Calibri', size: 22 }, paragraph: { spacing: { after: 100 } } } } },
    sections: [{ footers: { default: footer }, children }],
  })
  return Packer.toBuffer(document)
}

const factParagraph = ([label, value]: Report['facts'][number]): Paragraph =>
  new Paragraph({ children: [new TextRun({ text: `${label}: `, color: GREY }), new TextRun(value)] })

function blockElement(block: Block): Paragraph | Table {
  if (block.kind === 'table') return tableOf(block)
  if (block.kind === 'item') return new Paragraph({ text: block.text, bullet: { level: Math.min(block.depth, 8) } })
  return new Paragraph({
    indent: { left: 360 * block.depth },
    children: [new TextRun({ text: block.text, bold: block.kind === 'label' })],
  })
}

function tableOf({ columns, rows }: Extract<Block, { kind: 'table' }>): Table {
  const cell = (text: string, bold: boolean) =>
    new TableCell({ children: [new Paragraph({ children: [new TextRun({ text, bold })] })] })
  return new Table({
    width: { size: 100, type: WidthType.PERCENTAGE },
    rows: [
      new TableRow({ tableHeader: true, children: columns.map((text) => cell(text, true)) }),
      ...rows.map((row) => new TableRow({ children: row.map((text) => cell(text, false)) })),
    ],
  })
}

/** Set apart, and what it replaced struck through. */
function noteParagraph({ kind, by, at, text, before }: ReportNote): Paragraph {
  return new Paragraph({
    indent: { left: 360 },
    shading: { fill: 'FFF4D6' },
    children: [
      new TextRun({ text: `${NOTE_WORDS[kind]} by ${by}, ${momentOf(at)}: `, bold: true }),
      ...(before === null ? [] : [new TextRun({ text: before, strike: true, color: GREY }), new TextRun(' → ')]),
      new TextRun(text),
    ],
  })
}

function decisionElements(
  { decisions }: Report,
  heading: (text: string, level: (typeof HeadingLevel)[keyof typeof HeadingLevel]) => Paragraph,
): readonly Paragraph[] {
  if (decisions.length === 0) return []
  const lines = decisions.map(
    ({ act, by, at, comment }) =>
      new Paragraph(`${momentOf(at)} – ${act} by ${by}${comment === null ? '' : `: ${comment}`}`),
  )
  return [heading('Decisions', HeadingLevel.HEADING_1), ...lines]
}

/** A report without the characters that XML 1.0 (section 2.2) lets no document hold: Word would not open it. */
function withoutControls(report: Report): Report {
  const note = (each: ReportNote) => ({
    ...each,
    by: clean(each.by),
    text: clean(each.text),
    before: cleanOrNull(each.before),
  })
  return {
    ...report,
    title: clean(report.title),
    facts: report.facts.map(([label, value]) => [clean(label), clean(value)]),
    sections: report.sections.map((each) => ({
      ...each,
      title: clean(each.title),
      value: cleanValue(each.value),
      notes: each.notes.map(note),
    })),
    decisions: report.decisions.map((each) => ({
      ...each,
      act: clean(each.act),
      by: clean(each.by),
      comment: cleanOrNull(each.comment),
    })),
  }
}

// oxlint-disable-next-line no-control-regex -- these are what is taken out
const clean = (text: string): string => text.toWellFormed().replaceAll(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, '')
const cleanOrNull = (text: string | null): string | null => (text === null ? null : clean(text))
const cleanValue = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value ?? null), (_name, part: unknown) => (typeof part === 'string' ? clean(part) : part))
