import { useQuery } from '@tanstack/react-query'
import { History } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useList } from '../../api/list.ts'
import type { Column } from '../../components/data-table-props.ts'
import { DataTable } from '../../components/data-table.tsx'
import { FilterBar } from '../../components/filter-bar.tsx'
import { EmptyState } from '../../components/states.tsx'
import { Moment } from '../../components/time-ago.tsx'
import { oneOf, useUrlState } from '../../components/url-state.ts'
import { useAccess, useOrg } from '../../session/facts.ts'
import { Badge } from '../../ui/badge.tsx'
import { TextLink } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { Select } from '../../ui/select.tsx'
import { type AccessRange, historyQuery, objectNamesQuery, RANGE_KINDS } from './queries.ts'

const ANY = 'any'

/** The end of a day that was typed, as the reader's clock has it; undefined while it is none. */
function endOfDay(day: string | undefined): string | undefined {
  const at = new Date(`${day ?? ''}T23:59:59`)
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString()
}

/** What somebody had, from when to when, and through which act; or what they had on one day. */
export function AccessHistory({ person }: { readonly person: string }) {
  const { t } = useTranslation('people')
  const org = useOrg()
  const url = useUrlState(['what', 'on'])
  const kind = oneOf(url.values.what, RANGE_KINDS)
  const list = useList(historyQuery(org, { member_id: person, kind, at: endOfDay(url.values.on) }))
  return (
    <div className="flex flex-col gap-3">
      <FilterBar isSet={url.isSet} onClear={url.clear}>
        <Select
          isCompact
          label={t('whatKind')}
          value={kind ?? ANY}
          options={[
            { value: ANY, label: t('rangeKind.any') },
            ...RANGE_KINDS.map((value) => ({ value, label: t(`rangeKind.${value}`) })),
          ]}
          onChange={(value) => url.set({ what: value === ANY ? undefined : value })}
        />
        <TextField
          label={t('onDay')}
          type="date"
          className="ms-auto w-fit flex-row items-center gap-2 [&>label]:whitespace-nowrap"
          value={url.values.on ?? ''}
          onChange={(on) => url.set({ on: on || undefined }, true)}
        />
      </FilterBar>
      <DataTable
        label={t('overTime')}
        list={list}
        columns={useColumns(org)}
        rowId={(row) => row.id}
        rowName={(row) => `${row.kind} ${row.value}`}
        isFiltered={url.isSet}
        onClearFilters={url.clear}
        empty={
          <EmptyState icon={History} title={t('noHistory')}>
            {t('noHistoryText')}
          </EmptyState>
        }
      />
    </div>
  )
}

function useColumns(org: string): readonly Column<AccessRange>[] {
  const { t } = useTranslation('people')
  const { can } = useAccess()
  const { data: names } = useQuery(objectNamesQuery(org))
  return [
    {
      id: 'what',
      header: t('what'),
      width: 'minmax(200px, 2fr)',
      cell: ({ kind, value, object_id }) => {
        const said = t(`rangeValue.${value}`, { defaultValue: value })
        const place = object_id === null ? null : (names?.get(object_id) ?? `…${object_id.slice(-8)}`)
        return (
          <span>
            <span className="text-fg3">{t(`rangeKind.${kind}`, { defaultValue: kind })}:</span>{' '}
            <span className="font-medium">{kind === 'custom_role' && place !== null ? place : said}</span>
            {place !== null && kind !== 'custom_role' && <span className="text-fg2"> · {place}</span>}
          </span>
        )
      },
    },
    { id: 'from', header: t('from_'), width: '170px', cell: (row) => <Moment at={row.valid_from} /> },
    {
      id: 'to',
      header: t('to'),
      width: '170px',
      cell: (row) => (row.valid_to === null ? <Badge tone="ok">{t('stillHeld')}</Badge> : <Moment at={row.valid_to} />),
    },
    {
      id: 'act',
      header: t('throughAct'),
      width: '110px',
      isSecondary: true,
      cell: ({ entry_id }) =>
        entry_id === null || !can('audit.view') ? (
          '–'
        ) : (
          <TextLink to="/o/$org/audit" params={{ org }} search={{ entry: entry_id }}>
            {t('logEntry')}
          </TextLink>
        ),
    },
  ]
}
