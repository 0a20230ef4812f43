import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Download, FileSpreadsheet } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { type List, useList } from '../../api/list.ts'
import { toProblem } from '../../api/problem.ts'
import type { Column } from '../../components/data-table-props.ts'
import { DataTable } from '../../components/data-table.tsx'
import { Kpi, KpiRow } from '../../components/figures.tsx'
import { useFormat } from '../../components/format.ts'
import { ProblemBanner } from '../../components/problem-banner.tsx'
import { saveFile } from '../../components/save-file.ts'
import { EmptyState } from '../../components/states.tsx'
import { oneOf, useUrlState } from '../../components/url-state.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { ToggleGroup } from '../../ui/toggle-group.tsx'
import { type Import, type ImportDesk, type ImportRow, importQuery, outcomeQuery } from './desk.ts'

const PARTS = ['created', 'added', 'errors'] as const
type Part = (typeof PARTS)[number]

/** The last step: who was created, added, or left out and why, and the workbook that says so. */
export function Result({ desk, found }: { readonly desk: ImportDesk; readonly found: Import }) {
  const { t } = useTranslation('imports')
  const format = useFormat()
  const url = useUrlState(['part'])
  const isOwn = desk.org !== null
  const parts = PARTS.filter((part) => part !== 'added' || !isOwn)
  const part = oneOf(url.values.part, parts) ?? 'created'
  const { created, added, error, failed } = found.counts
  const counts: Readonly<Record<Part, number>> = { created, added, errors: error + failed }
  const nameOf = (each: Part) => t(each === 'created' && isOwn ? 'part.invited' : `part.${each}`)
  return (
    <>
      <KpiRow>
        {parts.map((each) => (
          <Kpi key={each} label={nameOf(each)} value={format.number(counts[each])} />
        ))}
      </KpiRow>
      <Workbook desk={desk} found={found} />
      <ToggleGroup
        label={t('part.label')}
        value={part}
        options={parts.map((value) => ({ value, label: nameOf(value) }))}
        onChange={(value) => url.set({ part: value === 'created' ? undefined : value })}
      />
      {part === 'errors' ? (
        <Errors desk={desk} id={found.id} />
      ) : (
        <People desk={desk} id={found.id} state={part} name={nameOf(part)} />
      )}
    </>
  )
}

/** The workbook. One-time passwords stand in the first that is taken, and nowhere afterwards. */
function Workbook({ desk, found }: { readonly desk: ImportDesk; readonly found: Import }) {
  const { t } = useTranslation('imports')
  const client = useQueryClient()
  const take = useMutation({
    mutationFn: () => desk.result(found.id),
    onSuccess(workbook) {
      saveFile(workbook, t('resultName', { file: found.file_name.replace(/\.\w+$/, '') }))
      void client.invalidateQueries({ ...importQuery(desk, found.id), exact: true })
    },
  })
  const holdsPasswords = desk.org === null && found.counts.created > 0
  const isTaken = found.result_taken_at !== null
  const button = (
    <Button variant={isTaken ? 'secondary' : 'primary'} isBusy={take.isPending} onClick={() => take.mutate()}>
      <Download size={15} aria-hidden />
      {t('takeResult')}
    </Button>
  )
  const problem = take.error !== null && <ProblemBanner problem={toProblem(take.error)} />
  if (!holdsPasswords) {
    return (
      <div className="flex flex-col items-start gap-2">
        {button}
        {problem}
      </div>
    )
  }
  return (
    <>
      <Banner tone={isTaken ? 'info' : 'warn'} title={t(isTaken ? 'passwordsTaken' : 'passwordsOnce')} action={button}>
        {t(isTaken ? 'passwordsTakenText' : 'passwordsOnceText')}
      </Banner>
      {problem}
    </>
  )
}

function People(props: {
  readonly desk: ImportDesk
  readonly id: string
  readonly state: 'created' | 'added'
  readonly name: string
}) {
  const { t } = useTranslation('imports')
  const list = useList(outcomeQuery(props.desk, props.id, props.state))
  return <Rows desk={props.desk} list={list} name={props.name} empty={t('nobody')} />
}

function Errors({ desk, id }: { readonly desk: ImportDesk; readonly id: string }) {
  const { t } = useTranslation('imports')
  const refused = useList(outcomeQuery(desk, id, 'failed'))
  const left = useList(outcomeQuery(desk, id, 'error'))
  const list: List<ImportRow> = {
    rows: refused.rows === null || left.rows === null ? null : [...refused.rows, ...left.rows],
    error: refused.error ?? left.error,
    moreError: refused.moreError ?? left.moreError,
    hasMore: refused.hasMore || left.hasMore,
    isLoadingMore: refused.isLoadingMore || left.isLoadingMore,
    isStale: false,
    loadMore: () => (refused.hasMore ? refused : left).loadMore(),
    reload() {
      refused.reload()
      left.reload()
    },
  }
  const reason: Column<ImportRow> = {
    id: 'reason',
    header: t('reason'),
    width: 'minmax(220px, 2fr)',
    cell: (row) => row.errors.map(({ cell, code }) => t(`error.${code}`, { cell: t(`cell.${cell}`) })).join(' '),
  }
  return <Rows desk={desk} list={list} name={t('part.errors')} empty={t('noErrorsLeft')} last={reason} />
}

function Rows(props: {
  readonly desk: ImportDesk
  readonly list: List<ImportRow>
  readonly name: string
  readonly empty: string
  readonly last?: Column<ImportRow>
}) {
  const { t } = useTranslation('imports')
  const columns: readonly Column<ImportRow>[] = [
    { id: 'email', header: t('cell.email'), width: 'minmax(180px, 2fr)', cell: (row) => row.email },
    {
      id: 'name',
      header: t('cell.display_name'),
      width: 'minmax(140px, 1fr)',
      isSecondary: true,
      cell: (row) => row.display_name,
    },
    { id: 'role', header: t('cell.role'), width: '100px', cell: (row) => row.role || 'member' },
    ...(props.desk.org === null
      ? [
          {
            id: 'org',
            header: t('cell.org_id'),
            width: 'minmax(120px, 1fr)',
            isSecondary: true,
            cell: (row: ImportRow) => <code className="font-mono text-[12px]">{row.org_id}</code>,
          },
        ]
      : []),
    ...(props.last === undefined ? [] : [props.last]),
    { id: 'row', header: t('row'), width: '70px', isNumber: true, cell: (row) => row.row_number },
  ]
  return (
    <DataTable
      label={props.name}
      list={props.list}
      columns={columns}
      rowId={(row) => String(row.row_number)}
      rowName={(row) => row.email}
      empty={<EmptyState icon={FileSpreadsheet} title={props.empty} />}
    />
  )
}
