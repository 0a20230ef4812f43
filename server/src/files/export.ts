// Reports as files: JSON, text, Word or PDF.

import { renderDocx } from './internal/report-docx.ts'
import { renderPdf } from './internal/report-pdf.ts'
import { renderText } from './internal/report-text.ts'
import type { Report, ReportFormat } from './report.ts'

const CONTENT_TYPES: Readonly<Record<ReportFormat, string>> = {
  json: 'application/json',
  txt: 'text/plain; charset=utf-8',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  pdf: 'application/pdf',
}

/** Writes a report in a format; never refuses one, whatever its values are. */
export async function renderReport(
  report: Report,
  format: ReportFormat,
): Promise<{ readonly bytes: Buffer; readonly content_type: string }> {
  return { bytes: await render(report, format), content_type: CONTENT_TYPES[format] }
}

async function render(report: Report, format: ReportFormat): Promise<Buffer> {
  switch (format) {
    case 'json':
      return Buffer.from(`${JSON.stringify(report, null, 2)}\n`)
    case 'txt':
      return Buffer.from(renderText(report))
    case 'docx':
      return renderDocx(report)
    case 'pdf':
      return renderPdf(report)
  }
}
