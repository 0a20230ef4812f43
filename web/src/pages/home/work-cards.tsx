import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Activity } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useMemberName } from '../../api/directory.ts'
import { FailedCard } from '../../components/failed-card.tsx'
import { Card } from '../../components/page.tsx'
import { RiskBadge, StateBadge } from '../../components/state-badge.tsx'
import { EmptyState, ErrorState, failureOf, PartError, Skeleton } from '../../components/states.tsx'
import { TimeAgo } from '../../components/time-ago.tsx'
import { useOrg } from '../../session/facts.ts'
import { TextLink } from '../../ui/button.tsx'
import { availableAppsQuery, recentQuery, waitingQuery } from './queries.ts'

const SHOWN_APPS = 4

/** What others wait for: nothing at all while nobody does. */
export function WaitingForYou() {
  const { t } = useTranslation('home')
  const org = useOrg()
  const nameOf = useMemberName()
  const waiting = useQuery(waitingQuery(org))
  const failure = failureOf(waiting)
  if (failure !== null) return <FailedCard title={t('waiting')} failure={failure} what={t('waiting')} />
  const { data } = waiting
  if (data === undefined || data.items.length === 0) return null
  const all = (
    <TextLink to="/o/$org/approvals" params={{ org }}>
      {t('openInbox')}
    </TextLink>
  )
  return (
    <Card title={t('waiting')} actions={all}>
      <ul className="divide-y">
        {data.items.map(({ id, run_id, app_name, requester_id, risk, opened_at }) => (
          <Line
            key={id}
            name={
              <TextLink to="/o/$org/approvals/$run" params={{ org, run: run_id }} className="font-medium text-fg">
                {app_name}
              </TextLink>
            }
            note={nameOf(requester_id)}
            state={<RiskBadge risk={risk} />}
            at={opened_at}
          />
        ))}
      </ul>
    </Card>
  )
}

/** The first apps of the start menu: what the organisation puts first. */
export function Apps() {
  const { t } = useTranslation('home')
  const org = useOrg()
  const available = useQuery(availableAppsQuery(org))
  const failure = failureOf(available)
  const { data } = available
  if (data?.items.length === 0) return null
  const all = (
    <TextLink to="/o/$org/apps" params={{ org }}>
      {t('allApps')}
    </TextLink>
  )
  return (
    <Card title={t('apps')} actions={all}>
      {failure !== null && <PartError failure={failure} what={t('apps')} />}
      {data === undefined && failure === null && <Skeleton lines={6} />}
      <ul className="grid gap-3 sm:grid-cols-2">
        {data?.items.slice(0, SHOWN_APPS).map(({ app_id, name, description, risk }) => (
          <li
            key={app_id}
            className="relative rounded-lg border p-3 focus-within:border-line2 hover:border-line2 hover:bg-hover"
          >
            <p className="flex items-baseline justify-between gap-2">
              <Link
                to="/o/$org/apps/$app"
                params={{ org, app: app_id }}
                className="min-w-0 truncate rounded-xs font-medium after:absolute after:inset-0 after:rounded-lg"
              >
                {name}
              </Link>
              <span className="meta">
                <RiskBadge risk={risk} />
              </span>
            </p>
            <p className="meta mt-0.5 line-clamp-2 text-fg2">{description}</p>
          </li>
        ))}
      </ul>
    </Card>
  )
}

const hrefOf = (org: string, engine_type: string, id: string): string =>
  engine_type === 'gateway' ? `/o/${org}/executions/${id}` : `/o/${org}/runs/${id}`

/** What the person ran last, and what became of it. */
export function Recent({ member }: { readonly member: string }) {
  const { t } = useTranslation('home')
  const org = useOrg()
  const { data, error, refetch } = useQuery(recentQuery(org, member))
  const all = (
    <TextLink to="/o/$org/executions" params={{ org }} search={{ member }}>
      {t('allExecutions')}
    </TextLink>
  )
  return (
    <Card title={t('recent')} actions={data?.items.length === 0 ? undefined : all}>
      {error !== null && data === undefined && <ErrorState error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null && <Skeleton lines={5} />}
      {data?.items.length === 0 && (
        <EmptyState icon={Activity} title={t('nothingRecent')}>
          {t('nothingRecentText')}
        </EmptyState>
      )}
      <ul className="divide-y">
        {data?.items.map(({ id, model, engine_type, state, admitted_at }) => (
          <Line
            key={id}
            name={
              <TextLink to={hrefOf(org, engine_type, id)} className="font-medium text-fg">
                {model ?? t(`engines.${engine_type}`, { defaultValue: engine_type })}
              </TextLink>
            }
            note={model === null ? null : t(`engines.${engine_type}`, { defaultValue: engine_type })}
            state={<StateBadge state={state} />}
            at={admitted_at}
          />
        ))}
      </ul>
    </Card>
  )
}

function Line(props: {
  readonly name: ReactNode
  readonly note: string | null
  readonly state: ReactNode
  readonly at: string
}) {
  return (
    <li className="flex items-center gap-3 py-2 first:pt-0 last:pb-0">
      <span className="min-w-0 flex-1 truncate">
        {props.name}
        {props.note !== null && <span className="meta ms-2 text-fg3">{props.note}</span>}
      </span>
      {props.state}
      <span className="meta w-24 text-end text-fg3">
        <TimeAgo at={props.at} />
      </span>
    </li>
  )
}
