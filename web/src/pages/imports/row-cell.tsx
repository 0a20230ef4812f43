import { type KeyboardEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { cx } from '../../ui/cx.ts'
import type { Cell, ImportRow } from './desk.ts'
import type { Mending } from './rows.ts'

const MAX_CHARACTERS = 1000

const textOf = (row: ImportRow, cell: Cell): string => (cell === 'password' ? '' : row[cell])

/** One cell, typed into where it stands: Enter or leaving it sends it, Escape brings back what was there. */
export function RowCell(props: {
  readonly row: ImportRow
  readonly cell: Cell
  readonly isLabelled: boolean
  readonly describedBy: string
  readonly onMend: Mending['mend']
}) {
  const { t } = useTranslation('imports')
  const { row, cell } = props
  const given = textOf(row, cell)
  const [typed, setTyped] = useState<string | null>(null)
  const isWrong = row.errors.some((error) => error.cell === cell)
  const send = async () => {
    if (typed === null || typed === given) return setTyped(null)
    if (await props.onMend(row, cell, typed)) setTyped(null)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') void send()
    if (event.key === 'Escape') setTyped(null)
  }
  const name = t('cellOfRow', { cell: t(`cell.${cell}`), number: row.row_number })
  const input = (
    <input
      type={cell === 'password' ? 'password' : 'text'}
      aria-label={name}
      aria-invalid={isWrong || undefined}
      aria-describedby={isWrong ? props.describedBy : undefined}
      autoComplete="off"
      spellCheck={false}
      maxLength={MAX_CHARACTERS}
      disabled={row.state === 'dropped'}
      value={typed ?? given}
      placeholder={cell === 'password' ? t(row.has_password ? 'passwordGiven' : 'passwordMade') : '–'}
      onChange={(event) => setTyped(event.target.value)}
      onBlur={() => void send()}
      onKeyDown={onKeyDown}
      className={cx(
        'h-8 w-full min-w-0 truncate rounded-md border bg-transparent px-1.5 placeholder:text-fg3 hover:border-line2 focus:bg-surface disabled:border-transparent',
        row.state === 'dropped' && 'text-fg3 line-through',
        isWrong ? 'border-bad' : 'border-transparent focus:border-field',
        cell === 'org_id' && 'font-mono text-[12px]',
      )}
    />
  )
  if (!props.isLabelled) return input
  return (
    <label className="grid grid-cols-[96px_1fr] items-center gap-2">
      <span className="meta text-fg3" aria-hidden>
        {t(`cell.${cell}`)}
      </span>
      {input}
    </label>
  )
}
