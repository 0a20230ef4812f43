import { Activity } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useMemberName, useMemberOptions } from '../../api/directory.ts'
import { useList } from '../../api/list.ts'
import { CopyAsCurl } from '../../components/copy-as-curl.tsx'
import { DataTable } from '../../components/data-table.tsx'
import { ExportButton } from '../../components/export-button.tsx'
import { FilterBar, SearchBox } from '../../components/filter-bar.tsx'
import { Page, PageHeader } from '../../components/page.tsx'
import { EmptyState } from '../../components/states.tsx'
import { TimeRangePicker, useTimeRange } from '../../components/time-range.tsx'
import { oneOf, useUrlState } from '../../components/url-state.ts'
import { useAccess, useOrg } from '../../session/facts.ts'
import { Select } from '../../ui/select.tsx'
import { ToggleGroup } from '../../ui/toggle-group.tsx'
import { useExecutionColumns, useExecutionCsv } from './execution-columns.tsx'
import { ExecutionFigures } from './execution-figures.tsx'
import { ENGINES, executionsQuery, readExecutions, STATES } from './queries.ts'

const ANY = 'any'

/** What ran and runs, with what it cost. */
export function ExecutionsPage() {
  const { t } = useTranslation('executions')
  const org = useOrg()
  const { can } = useAccess()
  const url = useUrlState(['range', 'from', 'to', 'state', 'engine', 'model', 'member'])
  const range = useTimeRange(url, '7d')
  const filter = {
    from: range.from,
    to: range.to,
    state: oneOf(url.values.state, STATES),
    engine_type: oneOf(url.values.engine, ENGINES),
    model: url.values.model,
    member_id: url.values.member,
  }
  const list = useList(executionsQuery(org, filter))
  const columns = useExecutionColumns()
  const nameOf = useMemberName()
  return (
    <Page kind="list">
      <PageHeader
        title={t('title')}
        purpose={can('run.view_org') ? t('purposeAll') : t('purposeOwn')}
        actions={
          <>
            <CopyAsCurl path={`/api/orgs/${org}/executions`} query={filter} />
            <ExportButton name="executions" columns={useExecutionCsv()} read={readExecutions(org, filter)} />
          </>
        }
      />
      {can('insights.view') && <ExecutionFigures org={org} filter={filter} bucket={range.bucket} />}
      <FilterBar
        isSet={url.isSet}
        onClear={url.clear}
        views={
          <ToggleGroup
            label={t('state')}
            value={filter.state ?? ANY}
            options={[
              { value: ANY, label: t('all') },
              ...STATES.map((value) => ({ value, label: t(`states.${value}`) })),
            ]}
            onChange={(state) => url.set({ state: state === ANY ? undefined : state })}
          />
        }
      >
        <TimeRangePicker url={url} range={range} />
        <Select
          isCompact
          label={t('engine')}
          value={filter.engine_type ?? ANY}
          options={[
            { value: ANY, label: t('anyEngine') },
            ...ENGINES.map((value) => ({ value, label: t(`engines.${value}`) })),
          ]}
          onChange={(engine) => url.set({ engine: engine === ANY ? undefined : engine })}
        />
        {can('run.view_org') && <MemberFilter value={filter.member_id} onChange={(member) => url.set({ member })} />}
        <SearchBox label={t('model')} value={filter.model} onChange={(model) => url.set({ model }, true)} />
      </FilterBar>
      <DataTable
        label={t('title')}
        list={list}
        columns={columns}
        rowId={(execution) => execution.id}
        rowName={(execution) => `${execution.model ?? ''} ${nameOf(execution.member_id) ?? ''}`}
        rowHref={(execution) => `/o/${org}/executions/${execution.id}`}
        isFiltered={url.isSet}
        onClearFilters={url.clear}
        searched={filter.model}
        empty={
          <EmptyState icon={Activity} title={t('emptyTitle')}>
            {t('emptyText')}
          </EmptyState>
        }
      />
    </Page>
  )
}

function MemberFilter(props: {
  readonly value: string | undefined
  readonly onChange: (id: string | undefined) => void
}) {
  const { t } = useTranslation('executions')
  const options = useMemberOptions()
  return (
    <Select
      isCompact
      label={t('member')}
      value={props.value ?? ANY}
      options={[{ value: ANY, label: t('anybody') }, ...options]}
      onChange={(next) => props.onChange(next === ANY ? undefined : next)}
    />
  )
}
