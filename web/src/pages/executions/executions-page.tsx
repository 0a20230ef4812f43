import { useQuery } from '@tanstack/react-query'
import { Activity } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { appsQuery } from '../../api/apps.ts'
import { useMemberName, useMemberOptions } from '../../api/directory.ts'
import { announceExport } from '../../api/list-exports.ts'
import { useList } from '../../api/list.ts'
import { CopyAsCurl } from '../../components/copy-as-curl.tsx'
import { DataTable } from '../../components/data-table.tsx'
import { ExportButton } from '../../components/export-button.tsx'
import { FilterBar, SearchBox } from '../../components/filter-bar.tsx'
import { Page, PageHeader } from '../../components/page.tsx'
import { SavedViews } from '../../components/saved-views.tsx'
import { EmptyState } from '../../components/states.tsx'
import { TimeRangePicker, useTimeRange } from '../../components/time-range.tsx'
import { oneOf, type UrlState, useUrlState } from '../../components/url-state.ts'
import { useAccess, useOrg } from '../../session/facts.ts'
import { Select } from '../../ui/select.tsx'
import { ToggleGroup } from '../../ui/toggle-group.tsx'
import { useExecutionColumns, useExecutionCsv } from './execution-columns.tsx'
import { ExecutionFigures } from './execution-figures.tsx'
import {
  ENGINES,
  type ExecutionFilter,
  executionsQuery,
  KINDS,
  readExecutions,
  RISKS,
  STATES,
  TRIGGERS,
} from './queries.ts'

const ANY = 'any'
const NAMES = ['range', 'from', 'to', 'state', 'kind', 'app', 'engine', 'risk', 'trigger', 'model', 'member'] as const
type Url = UrlState<(typeof NAMES)[number] | 'view'>

/** What ran and runs, with what it cost. */
export function ExecutionsPage() {
  const { t } = useTranslation('executions')
  const org = useOrg()
  const { can } = useAccess()
  const url: Url = useUrlState([...NAMES, 'view'])
  const range = useTimeRange(url, '7d')
  const filter: ExecutionFilter = {
    from: range.from,
    to: range.to,
    state: oneOf(url.values.state, STATES),
    kind: oneOf(url.values.kind, KINDS),
    app_id: url.values.app,
    engine_type: oneOf(url.values.engine, ENGINES),
    risk: oneOf(url.values.risk, RISKS),
    trigger_source: oneOf(url.values.trigger, TRIGGERS),
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
            <ExportButton
              name="executions"
              columns={useExecutionCsv()}
              read={readExecutions(org, filter)}
              announce={() => announceExport(org, 'executions', filter)}
            />
          </>
        }
      />
      {can('insights.view') && <ExecutionFigures org={org} filter={filter} bucket={range.bucket} />}
      <FilterBar
        isSet={url.isSet}
        onClear={url.clear}
        views={
          <>
            <SavedViews screen="executions" url={url} names={NAMES} />
            <ToggleGroup
              label={t('state')}
              value={filter.state ?? ANY}
              options={[
                { value: ANY, label: t('all') },
                ...STATES.map((value) => ({ value, label: t(`states.${value}`) })),
              ]}
              onChange={(state) => url.set({ state: state === ANY ? undefined : state })}
            />
          </>
        }
      >
        <TimeRangePicker url={url} range={range} />
        <Filters url={url} filter={filter} />
      </FilterBar>
      <DataTable
        label={t('title')}
        list={list}
        columns={columns}
        rowId={(execution) => execution.id}
        rowName={(each) => `${each.app_name ?? each.model ?? ''} ${nameOf(each.member_id) ?? ''}`}
        rowHref={(each) => `/o/${org}/${each.is_run ? 'runs' : 'executions'}/${each.id}`}
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

function Filters({ url, filter }: { readonly url: Url; readonly filter: ExecutionFilter }) {
  const { t } = useTranslation('executions')
  const { t: words } = useTranslation('words')
  const org = useOrg()
  const { can } = useAccess()
  const { data: apps } = useQuery({ ...appsQuery(org, {}), enabled: can('app.view') })
  const members = useMemberOptions()
  return (
    <>
      <Choice
        label={t('what_kind')}
        any={t('anyKind')}
        value={filter.kind}
        options={KINDS.map((value) => ({ value, label: t(`kinds.${value}`) }))}
        onChange={(kind) => url.set({ kind })}
      />
      <Choice
        label={t('app')}
        any={t('anyApp')}
        value={filter.app_id}
        options={(apps?.items ?? []).map(({ app_id, name }) => ({ value: app_id, label: name }))}
        onChange={(app) => url.set({ app })}
      />
      <Choice
        label={t('engine')}
        any={t('anyEngine')}
        value={filter.engine_type}
        options={ENGINES.map((value) => ({ value, label: t(`engines.${value}`) }))}
        onChange={(engine) => url.set({ engine })}
      />
      <Choice
        label={t('risk')}
        any={t('anyRisk')}
        value={filter.risk}
        options={RISKS.map((value) => ({ value, label: words(`risk.${value}`) }))}
        onChange={(risk) => url.set({ risk })}
      />
      <Choice
        label={t('trigger')}
        any={t('anyTrigger')}
        value={filter.trigger_source}
        options={TRIGGERS.map((value) => ({ value, label: t(`triggers.${value}`) }))}
        onChange={(trigger) => url.set({ trigger })}
      />
      {can('run.view_org') && (
        <Choice
          label={t('member')}
          any={t('anybody')}
          value={filter.member_id}
          options={members}
          onChange={(member) => url.set({ member })}
        />
      )}
      <SearchBox isNarrow label={t('model')} value={filter.model} onChange={(model) => url.set({ model }, true)} />
    </>
  )
}

/** One of a few, or any. What a link names and the list lacks is still shown as chosen. */
function Choice(props: {
  readonly label: string
  readonly any: string
  readonly value: string | undefined
  readonly options: readonly { readonly value: string; readonly label: string }[]
  readonly onChange: (value: string | undefined) => void
}) {
  const { value, options } = props
  const isMissing = value !== undefined && !options.some((option) => option.value === value)
  return (
    <Select
      isCompact
      label={props.label}
      value={value ?? ANY}
      options={[
        { value: ANY, label: props.any },
        ...options,
        ...(isMissing ? [{ value, label: `…${value.slice(-8)}` }] : []),
      ]}
      onChange={(next) => props.onChange(next === ANY ? undefined : next)}
    />
  )
}
