import { createRequire } from 'node:module'
import Pdf from 'pdfkit'
import type { Block, Report, ReportNote } from '../report.ts'
import { blocksOf, momentOf, NOTE_WORDS } from './report-block.ts'

const MARGIN = 56
const GREY = '#5a6070'
const RED = '#a03020'
const MARKED = '#fff4d6'
const DRAFT = 'DRAFT – not final, not charged'

const font = createRequire(import.meta.url)
const REGULAR = font.resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf')
const BOLD = font.resolve('dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf')

type Page = PDFKit.PDFDocument

/** A report as a PDF. Characters that its typeface lacks, such as Chinese, show as boxes; the other formats have them all. */
export async function renderPdf(report: Report): Promise<Buffer> {
  const page = new Pdf({
    size: 'A4',
    margin: MARGIN,
    bufferPages: true,
    info: { Title: report.title, Creator: 'Reeve' },
  })
  const parts: Buffer[] = []
  page.on('data', (part: Buffer) => parts.push(part))
  const ended = new Promise((resolve) => page.once('end', resolve))
  page.registerFont('regular', REGULAR).registerFont('bold', BOLD)
  page.font('bold').fontSize(18).text(report.title).moveDown(0.4)
  if (!report.is_final) page.fontSize(10).fillColor(RED).text(DRAFT).fillColor('black').moveDown(0.4)
  for (const [label, value] of report.facts) {
    page
      .font('regular')
      .fontSize(9)
      .fillColor(GREY)
      .text(`${label}: `, { continued: true })
      .fillColor('black')
      .text(value)
  }
  for (const { title, value, notes } of report.sections) {
    writeHeading(page, title)
    for (const block of blocksOf(value)) writeBlock(page, block)
    for (const note of notes) writeNote(page, note)
  }
  writeDecisions(page, report)
  writeFooters(page, report.is_final)
  page.end()
  await ended
  return Buffer.concat(parts)
}

function writeHeading(page: Page, title: string): void {
  page.moveDown(1).font('bold').fontSize(12).fillColor('black').text(title).moveDown(0.3)
}

function writeBlock(page: Page, block: Block): void {
  if (block.kind === 'table') return writeTable(page, block)
  const indent = 14 * block.depth
  const text = block.kind === 'item' ? `•  ${block.text}` : block.text
  page.font(block.kind === 'label' ? 'bold' : 'regular').fontSize(10)
  page.text(text, MARGIN + indent, undefined, { width: widthOf(page) - indent, paragraphGap: 3 })
}

const widthOf = (page: Page): number => page.page.width - 2 * MARGIN

function writeTable(page: Page, { columns, rows }: Extract<Block, { kind: 'table' }>): void {
  page.font('regular').fontSize(9)
  const table = page.table({
    position: { x: MARGIN, y: page.y },
    maxWidth: widthOf(page),
    defaultStyle: { padding: 4, border: 0.5, borderColor: '#c8ccd4' },
  })
  table.row(columns.map((text) => ({ text, font: { src: 'bold' }, backgroundColor: '#f2f4f7' })))
  for (const row of rows) table.row([...row])
  table.end()
  page.x = MARGIN
  page.moveDown(0.5)
}

/** What a person added, on a ground of its own. */
function writeNote(page: Page, { kind, by, at, text, before }: ReportNote): void {
  const head = `${NOTE_WORDS[kind]} by ${by}, ${momentOf(at)}: `
  const said = `${head}${before === null ? '' : `${before} → `}${text}`
  const width = widthOf(page) - 28
  page.font('regular').fontSize(9)
  const height = page.heightOfString(said, { width })
  if (page.y + height + 8 > page.page.height - MARGIN) page.addPage()
  const top = page.y
  if (height + 8 < page.page.height - 2 * MARGIN) {
    page
      .rect(MARGIN + 10, top, widthOf(page) - 10, height + 8)
      .fill(MARKED)
      .fillColor('black')
  }
  page.text(said, MARGIN + 18, top + 4, { width }).moveDown(0.6)
  page.x = MARGIN
}

function writeDecisions(page: Page, { decisions }: Report): void {
  if (decisions.length === 0) return
  writeHeading(page, 'Decisions')
  page.font('regular').fontSize(9)
  for (const { act, by, at, comment } of decisions) {
    page.text(`${momentOf(at)} – ${act} by ${by}${comment === null ? '' : `: ${comment}`}`, MARGIN)
  }
}

function writeFooters(page: Page, is_final: boolean): void {
  const { start, count } = page.bufferedPageRange()
  for (let index = start; index < start + count; index += 1) {
    page.switchToPage(index)
    // Below the margin a line would begin a new page.
    page.page.margins.bottom = 0
    const text = `${is_final ? '' : `${DRAFT} · `}${index + 1} / ${count}`
    page.font('regular').fontSize(8).fillColor(GREY)
    page.text(text, MARGIN, page.page.height - 36, { width: widthOf(page), align: 'center', lineBreak: false })
  }
}
