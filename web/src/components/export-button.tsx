import { Download, X } from 'lucide-react'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PageOf, ReadPage } from '../api/list.ts'
import { toProblem } from '../api/problem.ts'
import { Button } from '../ui/button.tsx'
import { toastNoted, toastProblem } from '../ui/toast.tsx'
import { useFormat } from './format.ts'
import { problemText } from './problem-text.ts'
import { saveFile } from './save-file.ts'

/** The largest page that lists give. */
const PAGE_SIZE = 200

export type CsvColumn<Row> = {
  /** The word of the API: a file is read by programs, in any language. */
  readonly name: string
  readonly value: (row: Row) => string | number | boolean | null | undefined
}

/** A value as RFC 4180 has it. What a spreadsheet would take for a formula stays text. */
function csvCell(value: string | number | boolean | null | undefined): string {
  if (value === null || value === undefined) return ''
  if (typeof value !== 'string') return String(value)
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** Rows as a file of comma-separated values; spreadsheets know by its first character that it is UTF-8. */
const csvOf = <Row,>(columns: readonly CsvColumn<Row>[], rows: readonly Row[]): string =>
  `\uFEFF${[columns.map(({ name }) => name), ...rows.map((row) => columns.map(({ value }) => value(row)))]
    .map((cells) => cells.map(csvCell).join(','))
    .join('\r\n')}\r\n`

/**
 * Everything that the filters leave as a file, not only what has been scrolled to. The server is told first, which asks for a
 * fresh proof and notes it in the log; then it is read page by page with the reader's own rights; pressing again ends it.
 */
export function ExportButton<Row>(props: {
  /** The file is called after it, such as `executions`. */
  readonly name: string
  readonly columns: readonly CsvColumn<Row>[]
  readonly read: ReadPage<Row>
  /** Tells the server that the list is about to be taken. */
  readonly announce: () => Promise<unknown>
  /** Why it cannot be taken. */
  readonly disabledReason?: string | null
}) {
  const { t } = useTranslation('words')
  const format = useFormat()
  const [count, setCount] = useState<number | null>(null)
  const isWanted = useRef(false)
  const run = async () => {
    isWanted.current = true
    setCount(0)
    await props.announce()
    const rows: Row[] = []
    let cursor: string | null = null
    do {
      setCount(rows.length)
      const page: PageOf<Row> = await props.read({ limit: PAGE_SIZE, ...(cursor !== null && { cursor }) })
      rows.push(...page.items)
      cursor = page.next_cursor
    } while (cursor !== null && isWanted.current)
    if (!isWanted.current) return
    const file = new Blob([csvOf(props.columns, rows)], { type: 'text/csv;charset=utf-8' })
    saveFile(file, `${props.name}-${new Date().toISOString().slice(0, 10)}.csv`)
    toastNoted(t('exported', { count: rows.length, shown: format.number(rows.length) }))
  }
  const press = () => {
    if (count !== null) {
      isWanted.current = false
      return
    }
    void run()
      .catch((error: unknown) => toastProblem(problemText(t, toProblem(error))))
      .finally(() => setCount(null))
  }
  return (
    <Button onClick={press} disabledReason={props.disabledReason}>
      {count === null ? <Download size={15} aria-hidden /> : <X size={15} aria-hidden />}
      {count === null ? t('export') : t('stopExport', { shown: format.number(count) })}
    </Button>
  )
}
