import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { toProblem } from '../../api/problem.ts'
import { useFormat } from '../../components/format.ts'
import { Card } from '../../components/page.tsx'
import { ProblemBanner } from '../../components/problem-banner.tsx'
import { Button } from '../../ui/button.tsx'
import { SelectField } from '../../ui/select.tsx'
import type { Cell, ImportDesk } from './desk.ts'
import { guessMapping, hasHead, type Mapping, sheetOf, workbookOf } from './table-text.ts'

const NONE = 'none'
const SHOWN = 5

/** Which column of pasted rows is what, with the first of them as they would be read. */
export function MapColumns(props: {
  readonly desk: ImportDesk
  readonly rows: readonly (readonly string[])[]
  readonly isBusy: boolean
  readonly onBack: () => void
  readonly onFile: (file: Blob) => void
}) {
  const { t } = useTranslation('imports')
  const format = useFormat()
  const { desk, rows } = props
  const [mapping, setMapping] = useState<Mapping>(() => guessMapping(rows))
  const asked = desk.cells.filter((cell) => cell !== 'org_id' || desk.org === null)
  const sheet = sheetOf(rows, mapping, desk.org)
  const make = useMutation({ mutationFn: () => workbookOf(sheet, desk.cells), onSuccess: props.onFile })
  return (
    <Card title={t('mapTitle')} purpose={t('mapText', { count: sheet.length, shown: format.number(sheet.length) })}>
      <div className="flex flex-col gap-5">
        <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-4">
          {asked.map((cell) => (
            <ColumnField
              key={cell}
              cell={cell}
              rows={rows}
              value={mapping[cell]}
              onChange={(at) => setMapping({ ...mapping, [cell]: at })}
            />
          ))}
        </div>
        <Preview cells={asked} rows={sheet.slice(0, SHOWN)} />
        {make.error !== null && <ProblemBanner problem={toProblem(make.error)} />}
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={props.onBack}>{t('back')}</Button>
          <Button
            variant="primary"
            isBusy={props.isBusy || make.isPending}
            disabledReason={mapping.email === null ? t('emailColumnFirst') : null}
            onClick={() => make.mutate()}
          >
            {t('checkRows', { count: sheet.length })}
          </Button>
        </div>
      </div>
    </Card>
  )
}

function ColumnField(props: {
  readonly cell: Cell
  readonly rows: readonly (readonly string[])[]
  readonly value: number | null
  readonly onChange: (at: number | null) => void
}) {
  const { t } = useTranslation('imports')
  const [first = []] = props.rows
  const width = Math.max(...props.rows.slice(0, SHOWN).map((row) => row.length), 1)
  const nameOf = (at: number) =>
    hasHead(props.rows)
      ? first[at] || t('column', { number: at + 1 })
      : t('columnWith', { number: at + 1, text: first[at] ?? '' })
  const columns = Array.from({ length: width }, (_, at) => ({ value: String(at), label: nameOf(at) }))
  return (
    <SelectField
      label={t(`cell.${props.cell}`)}
      value={props.value === null ? NONE : String(props.value)}
      options={[{ value: NONE, label: t('noColumn') }, ...columns]}
      onChange={(value) => props.onChange(value === NONE ? null : Number(value))}
    />
  )
}

const ORDER: readonly Cell[] = ['org_id', 'email', 'display_name', 'role', 'password']

function Preview(props: { readonly cells: readonly Cell[]; readonly rows: readonly (readonly string[])[] }) {
  const { t } = useTranslation('imports')
  return (
    <div className="overflow-x-auto rounded-lg border" tabIndex={0} role="region" aria-label={t('preview')}>
      <table className="w-max min-w-full text-start">
        <thead className="bg-sunken">
          <tr>
            {props.cells.map((cell) => (
              <th key={cell} scope="col" className="meta px-3 py-2 text-start font-medium whitespace-nowrap text-fg2">
                {t(`cell.${cell}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y">
          {props.rows.map((row, index) => (
            <tr key={index}>
              {props.cells.map((cell) => (
                <td key={cell} className="max-w-60 truncate px-3 py-2">
                  {row[ORDER.indexOf(cell)] || <span className="text-fg3">–</span>}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
