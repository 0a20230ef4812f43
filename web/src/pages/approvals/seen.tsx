import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useMemberName } from '../../api/directory.ts'
import { answerOf, api } from '../../api/client.ts'
import { Card, type Fact, Facts } from '../../components/page.tsx'
import { RiskBadge, StateBadge } from '../../components/state-badge.tsx'
import { ErrorState, Skeleton } from '../../components/states.tsx'
import { Moment } from '../../components/time-ago.tsx'
import { useOrg } from '../../session/facts.ts'
import { usePageName } from '../../shell/page-name.ts'
import { TextLink } from '../../ui/button.tsx'
import { DecidedSoFar } from '../../components/decided-so-far.tsx'
import { Decision } from '../../components/decision.tsx'
import { Draft } from '../../components/draft.tsx'
import { type RunDetail, runQuery, runsKey, type Supervision, supervisionQuery } from '../../api/runs.ts'

/** One draft, and the decision about it. */
export function Seen({ id, onDecided }: { readonly id: string; readonly onDecided: () => void }) {
  const org = useOrg()
  const run = useQuery(runQuery(org, id))
  const supervision = useQuery(supervisionQuery(org, id))
  useOpenReview(id, supervision.data)
  usePageName(run.data?.app_name ?? null)
  const error = run.error ?? supervision.error
  if (run.data !== undefined && supervision.data !== undefined) {
    return (
      <div className="grid items-start gap-5 xl:grid-cols-[minmax(0,1fr)_320px]">
        <div className="flex min-w-0 flex-col gap-5">
          <Draft run={run.data} supervision={supervision.data} />
        </div>
        <div className="flex min-w-0 flex-col gap-5 xl:sticky xl:top-5">
          <Decision run={run.data} supervision={supervision.data} onDecided={onDecided} />
          <DecidedSoFar supervision={supervision.data} />
          <About run={run.data} />
        </div>
      </div>
    )
  }
  if (error !== null) {
    const again = () => void Promise.all([run.refetch(), supervision.refetch()])
    return <ErrorState error={error} onRetry={again} />
  }
  return <Skeleton lines={12} />
}

/** Whoever may judge a draft and looks at it says so once: supervision counts how long people read. */
function useOpenReview(run: string, supervision: Supervision | undefined): void {
  const org = useOrg()
  const client = useQueryClient()
  const isMine = supervision?.mine.acts.includes('open_review') === true
  useEffect(() => {
    if (!isMine) return
    answerOf(api.POST('/api/orgs/{org}/runs/{run}/review', { params: { path: { org, run } } })).then(
      () => client.invalidateQueries({ queryKey: runsKey(org) }),
      // Somebody was quicker, or it is decided: what is shown is read again by itself.
      () => undefined,
    )
  }, [isMine, org, run, client])
}

function About({ run }: { readonly run: RunDetail }) {
  const { t } = useTranslation('approvals')
  const org = useOrg()
  const nameOf = useMemberName()
  const facts: readonly Fact[] = [
    { label: t('state'), value: <StateBadge state={run.state} /> },
    { label: t('requester'), value: nameOf(run.requester_id) },
    { label: t('risk'), value: <RiskBadge risk={run.risk} /> },
    { label: t('version'), value: run.app_version },
    { label: t('draftAt'), value: run.draft_at === null ? '–' : <Moment at={run.draft_at} /> },
    {
      label: t('run'),
      value: (
        <TextLink to="/o/$org/runs/$run" params={{ org, run: run.id }}>
          {t('openRun')}
        </TextLink>
      ),
    },
  ]
  return (
    <Card title={t('about')}>
      <Facts facts={facts} />
    </Card>
  )
}
