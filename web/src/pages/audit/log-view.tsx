import { useQuery, useQueryClient } from '@tanstack/react-query'
import { ScrollText, X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { OUTCOMES } from '../../api/audit.ts'
import { given } from '../../api/given.ts'
import { useList } from '../../api/list.ts'
import { CopyAsCurl } from '../../components/copy-as-curl.tsx'
import { DataTable } from '../../components/data-table.tsx'
import { ExportButton } from '../../components/export-button.tsx'
import { FilterBar, SearchBox } from '../../components/filter-bar.tsx'
import { useFormat } from '../../components/format.ts'
import { Card, Page, PageHeader } from '../../components/page.tsx'
import { SavedViews } from '../../components/saved-views.tsx'
import { StackedBars } from '../../components/stacked-bars.tsx'
import { EmptyState, failureOf, PartError } from '../../components/states.tsx'
import { TimeRangePicker, useTimeRange } from '../../components/time-range.tsx'
import { oneOf, useUrlState } from '../../components/url-state.ts'
import { Button } from '../../ui/button.tsx'
import { Select } from '../../ui/select.tsx'
import { ToggleGroup } from '../../ui/toggle-group.tsx'
import { csvOf, useAuditColumns } from './audit-columns.tsx'
import { EntrySheet } from './entry-sheet.tsx'
import {
  type AuditFilter,
  type AuditLog,
  entriesQuery,
  facetsQuery,
  histogramQuery,
  type Histogram,
  namedTargetOf,
} from './queries.ts'

const ANY = 'any'
/** What a saved view keeps. */
const NAMES = ['range', 'from', 'to', 'event', 'outcome', 'actor', 'find'] as const
const BUCKET_MS = { hour: 3_600_000, day: 86_400_000, week: 604_800_000 } as const

/** Everything that was done or refused: facets, course over time, the entries, and each in full beside them. */
export function LogView({
  log,
  exportRefusal,
}: {
  readonly log: AuditLog
  /** Why what is seen may not be taken along. */
  readonly exportRefusal: string | null
}) {
  const { t } = useTranslation('audit')
  const client = useQueryClient()
  const isPlatform = log.org === null
  const url = useUrlState([...NAMES, 'entry', 'view', 'organisation'])
  const range = useTimeRange(url, '7d')
  const filter: AuditFilter = {
    from: range.from,
    to: range.to,
    event: url.values.event,
    outcome: oneOf(url.values.outcome, OUTCOMES),
    actor_id: url.values.actor,
    ...(isPlatform && { organisation_id: url.values.organisation }),
    ...foundBy(url.values.find),
  }
  const list = useList(entriesQuery(log, filter))
  const histogram = useQuery(histogramQuery(log, filter, range.bucket))
  const bars = failureOf(histogram)
  const nameOf = log.useNames(
    list.rows?.flatMap((entry) => [entry.actor_id, entry.organisation_id, namedTargetOf(log, entry)]) ?? [],
  )
  const columns = useAuditColumns(log, nameOf, (entry) => url.set({ entry: entry.id }))
  return (
    <Page kind="list">
      <PageHeader
        title={t(isPlatform ? 'platformTitle' : 'title')}
        purpose={t(isPlatform ? 'platformPurpose' : 'purpose')}
        actions={
          <>
            <CopyAsCurl path={log.path} query={filter} />
            <ExportButton
              name={isPlatform ? 'platform-log' : 'audit-log'}
              columns={csvOf(isPlatform)}
              read={(page) => log.entries(filter, page)}
              announce={async () => {
                await log.announceExport(filter)
                // The log tells of it from now on.
                void client.invalidateQueries({ queryKey: log.key })
              }}
              disabledReason={exportRefusal}
            />
          </>
        }
      />
      <Card>
        {bars === null ? (
          <HistogramBars
            histogram={histogram.data}
            onChoose={(from, to) => url.set({ range: undefined, from, to })}
            bucket_ms={BUCKET_MS[range.bucket]}
          />
        ) : (
          <PartError failure={bars} what={t('overTime')} />
        )}
      </Card>
      <FilterBar
        isSet={url.isSet}
        onClear={url.clear}
        views={
          <>
            {!isPlatform && <SavedViews screen="audit" url={url} names={NAMES} />}
            <TimeRangePicker url={url} range={range} />
          </>
        }
      >
        <Facets log={log} filter={filter} url={url} />
        <ToggleGroup
          label={t('outcome')}
          value={filter.outcome ?? ANY}
          options={[
            { value: ANY, label: t('anyOutcome') },
            ...OUTCOMES.map((value) => ({ value, label: t(`outcomes.${value}`) })),
          ]}
          onChange={(outcome) => url.set({ outcome: outcome === ANY ? undefined : outcome })}
        />
        <SearchBox
          label={t(isPlatform ? 'findOnPlatform' : 'find')}
          value={url.values.find}
          onChange={(find) => url.set({ find }, true)}
        />
      </FilterBar>
      <DataTable
        label={t(isPlatform ? 'platformTitle' : 'title')}
        list={list}
        columns={columns}
        rowId={(entry) => entry.id}
        rowName={(entry) => entry.event}
        rowMenu={(entry) => [
          { id: 'see', label: t('open'), icon: ScrollText, onSelect: () => url.set({ entry: entry.id }) },
        ]}
        isFiltered={url.isSet}
        onClearFilters={url.clear}
        searched={url.values.find}
        empty={
          <EmptyState icon={ScrollText} title={t('emptyTitle')}>
            {t('emptyText')}
          </EmptyState>
        }
      />
      <EntrySheet
        log={log}
        id={url.values.entry ?? null}
        onClose={() => url.set({ entry: undefined })}
        onRelated={(find) => url.set({ entry: undefined, find })}
      />
    </Page>
  )
}

const MOST_CHARACTERS = 100
const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** What is looked for: an object by its id, `request:` or `run:` before one, or words of which an entry has a part each. */
function foundBy(find: string | undefined): Pick<AuditFilter, 'target_id' | 'request_id' | 'execution_id' | 'search'> {
  const text = find?.trim() ?? ''
  const [, kind, id = ''] = /^(?:(request|run):)?\s*(\S+)$/.exec(text) ?? []
  if (!ID.test(id)) return text === '' ? {} : { search: text.slice(0, MOST_CHARACTERS) }
  if (kind === 'request') return { request_id: id }
  return kind === 'run' ? { execution_id: id } : { target_id: id }
}

function HistogramBars(props: {
  readonly histogram: Histogram | undefined
  readonly bucket_ms: number
  readonly onChoose: (from: string, to: string) => void
}) {
  const { t } = useTranslation('audit')
  const format = useFormat()
  const items = props.histogram?.items ?? []
  const isHourly = props.histogram?.bucket === 'hour'
  return (
    <StackedBars
      label={t('overTime')}
      note={t('overTimeHint')}
      height_px={110}
      write={format.compact}
      series={[
        { id: 'succeeded', label: t('outcomes.succeeded'), colour: 'var(--chart-1)' },
        { id: 'refused', label: t('outcomes.refused'), colour: 'var(--chart-3)' },
        { id: 'failed', label: t('outcomes.failed'), colour: 'var(--chart-4)' },
      ]}
      bars={items.map(({ starts_at, succeeded, refused, failed }) => ({
        id: starts_at,
        label: isHourly ? format.moment(starts_at) : format.day(starts_at),
        tick: format.tick(starts_at, isHourly),
        values: [succeeded, refused, failed],
      }))}
      onChoose={({ id }) => props.onChoose(id, new Date(Date.parse(id) + props.bucket_ms).toISOString())}
    />
  )
}

type FacetUrl = {
  readonly set: (patch: {
    readonly event?: string | undefined
    readonly actor?: string | undefined
    readonly organisation?: string | undefined
  }) => void
}

type Choice = { readonly value: string; readonly label: string }

const withChosen = (options: readonly Choice[], chosen: string | undefined, label: string | null) =>
  chosen === undefined || options.some(({ value }) => value === chosen)
    ? options
    : [...options, { value: chosen, label: label ?? chosen }]

/** The events and actors that occur, with how often; on the platform, the organisation that is looked at. */
function Facets({
  log,
  filter,
  url,
}: {
  readonly log: AuditLog
  readonly filter: AuditFilter
  readonly url: FacetUrl
}) {
  const { t } = useTranslation('audit')
  const { event, actor_id, organisation_id } = filter
  const facets = useQuery(facetsQuery(log, given({ from: filter.from, to: filter.to, organisation_id })))
  const failure = failureOf(facets)
  const actors = facets.data?.actors ?? []
  const nameOf = log.useNames([...actors.map((each) => each.actor_id), actor_id ?? null, organisation_id ?? null])
  const events = (facets.data?.events ?? []).map((each) => ({
    value: each.event,
    label: `${each.event} (${each.count})`,
  }))
  const people = actors.flatMap((each): readonly Choice[] => {
    if (each.actor_id === null) return []
    const name = each.actor_type === 'user' ? nameOf(each.actor_id) : t('key', { id: each.actor_id.slice(-8) })
    return [{ value: each.actor_id, label: `${name} (${each.count})` }]
  })
  return (
    <>
      <Select
        isCompact
        label={t('event')}
        value={event ?? ANY}
        options={[{ value: ANY, label: t('anyEvent') }, ...withChosen(events, event, null)]}
        onChange={(next) => url.set({ event: next === ANY ? undefined : next })}
      />
      <Select
        isCompact
        label={t('actor')}
        value={actor_id ?? ANY}
        options={[{ value: ANY, label: t('anyActor') }, ...withChosen(people, actor_id, nameOf(actor_id ?? null))]}
        onChange={(next) => url.set({ actor: next === ANY ? undefined : next })}
      />
      {failure !== null && (
        <div className="order-last basis-full">
          <PartError failure={failure} what={t('facets')} />
        </div>
      )}
      {organisation_id !== undefined && (
        <Button onClick={() => url.set({ organisation: undefined })}>
          {t('onlyOf', { name: nameOf(organisation_id) })}
          <X size={14} aria-hidden />
          <span className="sr-only">{t('everyOrganisation')}</span>
        </Button>
      )}
    </>
  )
}
