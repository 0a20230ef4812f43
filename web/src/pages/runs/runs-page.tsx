import { useQuery } from '@tanstack/react-query'
import { Play } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useMemberName } from '../../api/directory.ts'
import { useList } from '../../api/list.ts'
import { walletQuery } from '../../api/wallet.ts'
import { CopyAsCurl } from '../../components/copy-as-curl.tsx'
import type { Column } from '../../components/data-table-props.ts'
import { DataTable } from '../../components/data-table.tsx'
import { Money } from '../../components/figures.tsx'
import { FilterBar } from '../../components/filter-bar.tsx'
import { Page, PageHeader } from '../../components/page.tsx'
import { SavedViews } from '../../components/saved-views.tsx'
import { RiskBadge, StateBadge } from '../../components/state-badge.tsx'
import { EmptyState } from '../../components/states.tsx'
import { TimeAgo } from '../../components/time-ago.tsx'
import { oneOf, useUrlState } from '../../components/url-state.ts'
import { useAccess, useOrg } from '../../session/facts.ts'
import { ButtonLink, TextLink } from '../../ui/button.tsx'
import { Select } from '../../ui/select.tsx'
import { ToggleGroup } from '../../ui/toggle-group.tsx'
import { isTested } from './progress.ts'
import { type Run, runsQuery, STATES, TRIGGERS } from './queries.ts'

const ANY = 'any'
/** What a saved view keeps. */
const NAMES = ['state', 'app', 'trigger'] as const
const VIEWS = STATES.filter((state) => state !== 'created' && state !== 'review')

/** The runs of apps that the reader may see, newest first. */
export function RunsPage() {
  const { t } = useTranslation('runs')
  const org = useOrg()
  const url = useUrlState([...NAMES, 'view'])
  const filter = {
    state: oneOf(url.values.state, STATES),
    app_id: url.values.app,
    trigger_source: oneOf(url.values.trigger, TRIGGERS),
  }
  const list = useList(runsQuery(org, filter))
  const run = (
    <ButtonLink variant="primary" to="/o/$org/apps" params={{ org }}>
      <Play size={15} aria-hidden />
      {t('runApp')}
    </ButtonLink>
  )
  return (
    <Page kind="list">
      <PageHeader
        title={t('title')}
        purpose={t('purpose')}
        actions={
          <>
            <CopyAsCurl path={`/api/orgs/${org}/runs`} query={filter} />
            {run}
          </>
        }
      />
      <FilterBar
        isSet={url.isSet}
        onClear={url.clear}
        views={
          <>
            <SavedViews screen="runs" url={url} names={NAMES} />
            <ToggleGroup
              label={t('state')}
              value={filter.state ?? ANY}
              options={[
                { value: ANY, label: t('all') },
                ...VIEWS.map((value) => ({ value, label: t(`states.${value}`) })),
              ]}
              onChange={(state) => url.set({ state: state === ANY ? undefined : state })}
            />
          </>
        }
      >
        <Select
          isCompact
          label={t('trigger')}
          value={filter.trigger_source ?? ANY}
          options={[
            { value: ANY, label: t('anyTrigger') },
            ...TRIGGERS.map((value) => ({ value, label: t(`triggers.${value}`) })),
          ]}
          onChange={(trigger) => url.set({ trigger: trigger === ANY ? undefined : trigger })}
        />
      </FilterBar>
      <DataTable
        label={t('title')}
        list={list}
        columns={useRunColumns()}
        rowId={(each) => each.id}
        rowName={(each) => each.app_name}
        rowHref={(each) => `/o/${org}/runs/${each.id}`}
        isFiltered={url.isSet}
        onClearFilters={url.clear}
        empty={
          <EmptyState icon={Play} title={t('emptyTitle')} action={run}>
            {t('emptyText')}
          </EmptyState>
        }
      />
    </Page>
  )
}

function useRunColumns(): readonly Column<Run>[] {
  const { t } = useTranslation('runs')
  const org = useOrg()
  const nameOf = useMemberName()
  const { can } = useAccess()
  const { data: wallet } = useQuery({ ...walletQuery(org), enabled: can('billing.view') })
  return [
    {
      id: 'app',
      header: t('app'),
      width: 'minmax(180px, 3fr)',
      cell: (run) => (
        <TextLink to="/o/$org/runs/$run" params={{ org, run: run.id }} className="truncate font-medium text-fg">
          {run.app_name}
        </TextLink>
      ),
    },
    {
      id: 'state',
      header: t('state'),
      width: 'minmax(140px, 1fr)',
      cell: (run) => <StateBadge state={isTested(run) ? 'tested' : run.state} />,
    },
    { id: 'who', header: t('who'), width: 'minmax(130px, 2fr)', cell: (run) => nameOf(run.requester_id) },
    {
      id: 'risk',
      header: t('risk'),
      width: 'minmax(80px, 1fr)',
      isSecondary: true,
      cell: (run) => <RiskBadge risk={run.risk} />,
    },
    {
      id: 'trigger',
      header: t('trigger'),
      width: 'minmax(90px, 1fr)',
      isSecondary: true,
      cell: (run) => t(`triggers.${run.trigger_source}`, { defaultValue: run.trigger_source }),
    },
    ...(wallet === undefined
      ? []
      : [
          {
            id: 'price',
            header: t('price'),
            width: 'minmax(90px, 1fr)',
            isNumber: true,
            cell: (run: Run) =>
              run.is_charged === false ? (
                <span className="text-fg3">{t('notCharged')}</span>
              ) : run.quote_micros === undefined ? (
                '–'
              ) : (
                <Money micros={run.charge_micros ?? run.quote_micros} currency={wallet.currency} />
              ),
          },
        ]),
    {
      id: 'at',
      header: t('at'),
      width: 'minmax(120px, 1fr)',
      isNumber: true,
      cell: (run) => <TimeAgo at={run.admitted_at} />,
    },
  ]
}
