import { Boxes } from 'lucide-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useList } from '../../api/list.ts'
import type { Column } from '../../components/data-table-props.ts'
import { DataTable } from '../../components/data-table.tsx'
import { FilterBar, SearchBox } from '../../components/filter-bar.tsx'
import { EmptyState } from '../../components/states.tsx'
import { oneOf, useUrlState } from '../../components/url-state.ts'
import { useOrg } from '../../session/facts.ts'
import { Badge } from '../../ui/badge.tsx'
import { Select } from '../../ui/select.tsx'
import { useModelColumns } from './model-columns.tsx'
import { useCurrency } from './price-cell.tsx'
import { type CallableModel, callableModelsQuery } from './queries.ts'

const SOURCES = ['platform', 'organisation'] as const
const ANY = 'any'

/** The models that the organisation may call, of the platform's providers (read only here) and of its own. */
export function Models() {
  const { t } = useTranslation('providers')
  const org = useOrg()
  const url = useUrlState(['q', 'source'])
  const list = useList(callableModelsQuery(org))
  const columns = useColumns()
  const source = oneOf(url.values.source, SOURCES)
  const needle = url.values.q?.toLowerCase() ?? ''
  const rows =
    list.rows?.filter(
      (model) =>
        (source === undefined || model.source === source) &&
        `${model.name} ${model.provider_name}`.toLowerCase().includes(needle),
    ) ?? null
  return (
    <div className="flex flex-col gap-3">
      <FilterBar isSet={url.isSet} onClear={url.clear}>
        <SearchBox label={t('findModel')} value={url.values.q} onChange={(q) => url.set({ q }, true)} />
        <Select
          isCompact
          label={t('source')}
          value={source ?? ANY}
          options={[
            { value: ANY, label: t('anySource') },
            ...SOURCES.map((value) => ({ value, label: t(`sources.${value}`) })),
          ]}
          onChange={(value) => url.set({ source: value === ANY ? undefined : value })}
        />
      </FilterBar>
      <DataTable
        label={t('tabs.models')}
        list={{ ...list, rows }}
        columns={columns}
        rowId={(model) => model.id}
        rowName={(model) => model.name}
        isFiltered={url.isSet}
        onClearFilters={url.clear}
        searched={url.values.q}
        empty={
          <EmptyState icon={Boxes} title={t('noModels')}>
            {t('noModelsText')}
          </EmptyState>
        }
      />
    </div>
  )
}

/** In one word: whether calls reach it. */
function ModelStatus({ model }: { readonly model: Pick<CallableModel, 'status' | 'provider_status'> }) {
  const { t } = useTranslation('providers')
  if (model.provider_status === 'disabled') return <Badge tone="warn">{t('providerOff')}</Badge>
  return <Badge tone={model.status === 'enabled' ? 'ok' : 'warn'}>{t(`statuses.${model.status}`)}</Badge>
}

function useColumns(): readonly Column<CallableModel>[] {
  const { t } = useTranslation('providers')
  const { first, last } = useModelColumns(useCurrency())
  return useMemo<readonly Column<CallableModel>[]>(
    () => [
      ...first,
      {
        id: 'source',
        header: t('source'),
        width: 'minmax(110px, 1fr)',
        cell: (model) => (
          <Badge tone={model.source === 'platform' ? 'neutral' : 'info'}>{t(`sources.${model.source}`)}</Badge>
        ),
      },
      {
        id: 'status',
        header: t('status'),
        width: 'minmax(100px, 1fr)',
        cell: (model) => <ModelStatus model={model} />,
      },
      ...last,
    ],
    [t, first, last],
  )
}
