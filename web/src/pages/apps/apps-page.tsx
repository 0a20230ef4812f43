import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { LayoutGrid, Star } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { APP_SOURCES, appsQuery, type ListedApp } from '../../api/apps.ts'
import { walletQuery } from '../../api/wallet.ts'
import { CopyAsCurl } from '../../components/copy-as-curl.tsx'
import { Money } from '../../components/figures.tsx'
import { FilterBar, SearchBox } from '../../components/filter-bar.tsx'
import { Page, PageHeader } from '../../components/page.tsx'
import { RiskBadge } from '../../components/state-badge.tsx'
import { EmptyState, ErrorState, NoResults, Skeleton } from '../../components/states.tsx'
import { oneOf, useUrlState } from '../../components/url-state.ts'
import { useAccess, useOrg } from '../../session/facts.ts'
import { Badge } from '../../ui/badge.tsx'
import { Select } from '../../ui/select.tsx'
import { ToggleGroup } from '../../ui/toggle-group.tsx'

const ANY = 'any'

/** The apps that may be run here: those the organisation puts first, then by name. */
export function AppsPage() {
  const { t } = useTranslation('apps')
  const org = useOrg()
  const url = useUrlState(['q', 'category', 'source'])
  const filter = { search: url.values.q, category: url.values.category, source: oneOf(url.values.source, APP_SOURCES) }
  const { data, error, refetch } = useQuery(appsQuery(org, filter))
  const { data: all } = useQuery(appsQuery(org, {}))
  const categories = [...new Set((all?.items ?? []).map(({ category }) => category))].sort()
  return (
    <Page kind="list">
      <PageHeader
        title={t('title')}
        purpose={t('purpose')}
        actions={<CopyAsCurl path={`/api/orgs/${org}/apps`} query={filter} />}
      />
      <FilterBar
        isSet={url.isSet}
        onClear={url.clear}
        views={
          <ToggleGroup
            label={t('source')}
            value={filter.source ?? ANY}
            options={[
              { value: ANY, label: t('anySource') },
              ...APP_SOURCES.map((value) => ({ value, label: t(`sources.${value}`) })),
            ]}
            onChange={(source) => url.set({ source: source === ANY ? undefined : source })}
          />
        }
      >
        <span className="flex-1" />
        <SearchBox label={t('search')} value={filter.search} onChange={(q) => url.set({ q }, true)} />
        <Select
          isCompact
          label={t('category')}
          value={filter.category ?? ANY}
          options={[
            { value: ANY, label: t('anyCategory') },
            ...categories.map((value) => ({ value, label: categoryText(t, value) })),
          ]}
          onChange={(category) => url.set({ category: category === ANY ? undefined : category })}
        />
      </FilterBar>
      {error !== null && <ErrorState error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null && <Skeleton lines={6} />}
      {data?.items.length === 0 && (url.isSet ? <NoResults onClear={url.clear} asked={filter.search} /> : <NoApps />)}
      {data !== undefined && data.items.length > 0 && (
        <ul className="grid grid-cols-[repeat(auto-fill,minmax(min(300px,100%),1fr))] gap-3">
          {data.items.map((app) => (
            <AppCard key={app.app_id} org={org} app={app} />
          ))}
        </ul>
      )}
    </Page>
  )
}

function NoApps() {
  const { t } = useTranslation('apps')
  return (
    <div className="rounded-xl border bg-surface">
      <EmptyState icon={LayoutGrid} title={t('emptyTitle')}>
        {t('emptyText')}
      </EmptyState>
    </div>
  )
}

type Translate = ReturnType<typeof useTranslation<'apps'>>['t']
const categoryText = (t: Translate, category: string): string =>
  t(`categories.${category}`, { defaultValue: category.replaceAll('_', ' ') })

/** One app: what it does, how risky it is, what it costs from. The whole card leads to it. */
function AppCard({ org, app }: { readonly org: string; readonly app: ListedApp }) {
  const { t } = useTranslation('apps')
  const { can } = useAccess()
  const { data: wallet } = useQuery({ ...walletQuery(org), enabled: can('billing.view') })
  return (
    <li className="relative flex min-h-40 flex-col gap-2 rounded-xl border bg-surface p-4 focus-within:border-line2 hover:border-line2">
      <div className="flex items-start gap-2">
        <h2 className="min-w-0 flex-1 text-sm font-medium">
          <Link
            to="/o/$org/apps/$app"
            params={{ org, app: app.app_id }}
            className="rounded-xs after:absolute after:inset-0 after:rounded-xl"
          >
            {app.name}
          </Link>
        </h2>
        {app.promoted && (
          <Badge tone="accent">
            <Star size={11} aria-hidden />
            {t('promoted')}
          </Badge>
        )}
      </div>
      <p className="line-clamp-3 text-fg2">{app.description}</p>
      <div className="meta mt-auto flex flex-wrap items-center gap-x-3 gap-y-1 text-fg3">
        <span>{categoryText(t, app.category)}</span>
        <RiskBadge risk={app.risk} />
        {app.source === 'internal' && <Badge>{t('sources.internal')}</Badge>}
        {app.supervision_required && <span>{t('supervised')}</span>}
        {wallet !== undefined && (
          <span className="ms-auto text-fg2">
            {t('from')} <Money micros={app.base_micros} currency={wallet.currency} />
          </span>
        )}
      </div>
    </li>
  )
}
