import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Badge } from '../ui/badge.tsx'
import { useFormat } from './format.ts'
import { JsonView } from './json-view.tsx'

export type OutputPart = {
  readonly pointer: string
  readonly label: string
  readonly format: string
  readonly columns: readonly { readonly pointer: string; readonly label: string }[]
  readonly value: unknown
}

/** An output part by part, as its app lays it out. It is text, whatever it holds. */
export function OutputView({
  parts,
  noteOf,
  actsOf,
}: {
  readonly parts: readonly OutputPart[]
  readonly noteOf?: (pointer: string) => ReactNode
  /** What can be done with a part, beside its title. */
  readonly actsOf?: (part: OutputPart) => ReactNode
}) {
  return (
    <div className="flex flex-col gap-5">
      {parts.map((part) => (
        <section key={part.pointer} className="flex flex-col gap-1.5">
          <div className="flex items-center justify-between gap-3">
            <h3 className="min-w-0 font-medium first-letter:uppercase">{part.label}</h3>
            {actsOf?.(part)}
          </div>
          <Part part={part} />
          {noteOf?.(part.pointer)}
        </section>
      ))}
    </div>
  )
}

const isPlain = (value: unknown): value is string | number | boolean | null =>
  value === null || ['string', 'number', 'boolean'].includes(typeof value)

function Part({ part }: { readonly part: OutputPart }) {
  const { value, format } = part
  if (Array.isArray(value)) {
    if (value.length === 0) return <p className="text-fg3">–</p>
    if (value.every(isPlain)) return <Lines words={value} />
    return <Table part={part} rows={value} />
  }
  if (!isPlain(value)) return <JsonView label={part.label} value={value ?? null} />
  if (format === 'badge') {
    return (
      <p>
        <Badge>{String(value)}</Badge>
      </p>
    )
  }
  return <Plain value={value} />
}

function Plain({ value }: { readonly value: string | number | boolean | null }) {
  const format = useFormat()
  const { t } = useTranslation('words')
  if (value === null || value === '') return <p className="text-fg3">–</p>
  if (typeof value === 'boolean') return <p>{t(value ? 'yes' : 'no')}</p>
  return <p className="break-words whitespace-pre-line">{typeof value === 'number' ? format.number(value) : value}</p>
}

function Lines({ words }: { readonly words: readonly (string | number | boolean | null)[] }) {
  return (
    <ul className="list-disc ps-5">
      {words.map((word, index) => (
        <li key={index} className="break-words">
          {String(word)}
        </li>
      ))}
    </ul>
  )
}

const cellOf = (row: unknown, pointer: string): unknown =>
  pointer
    .split('/')
    .filter(Boolean)
    .reduce<unknown>((at, name) => (typeof at === 'object' && at !== null ? Reflect.get(at, name) : undefined), row)

function Cell({ value }: { readonly value: unknown }) {
  const { t } = useTranslation('words')
  if (value === undefined || value === null || value === '') return '–'
  if (typeof value === 'boolean') return t(value ? 'yes' : 'no')
  return isPlain(value) ? String(value) : JSON.stringify(value)
}

function Table({ part, rows }: { readonly part: OutputPart; readonly rows: readonly unknown[] }) {
  const names = [...new Set(rows.flatMap((row) => (typeof row === 'object' && row !== null ? Object.keys(row) : [])))]
  const columns =
    part.columns.length > 0
      ? part.columns
      : names.map((name) => ({ pointer: `/${name}`, label: name.replaceAll('_', ' ') }))
  return (
    <div className="overflow-x-auto rounded-lg border" tabIndex={0} role="region" aria-label={part.label}>
      <table className="w-full text-start">
        <thead className="bg-sunken">
          <tr>
            {columns.map((column) => (
              <th key={column.pointer} scope="col" className="meta px-3 py-1.5 text-start font-medium text-fg2">
                {column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={index} className="border-t align-top">
              {columns.map((column) => {
                const value = cellOf(row, column.pointer)
                return (
                  <td key={column.pointer} className="min-w-24 px-3 py-1.5 break-words whitespace-pre-line">
                    <Cell value={value} />
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
