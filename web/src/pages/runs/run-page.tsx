import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useMemberName } from '../../api/directory.ts'
import { isEnded, outcomeOf, type RunDetail, type Supervision, supervisionQuery } from '../../api/runs.ts'
import { waitingTasksQuery } from '../../api/tasks.ts'
import { walletQuery } from '../../api/wallet.ts'
import { CopyAsCurl } from '../../components/copy-as-curl.tsx'
import { CopyId } from '../../components/copy-id.tsx'
import { DecidedSoFar } from '../../components/decided-so-far.tsx'
import { Decision } from '../../components/decision.tsx'
import { Draft } from '../../components/draft.tsx'
import { Money } from '../../components/figures.tsx'
import { Card, Columns, type Fact, Facts, Page, PageHeader } from '../../components/page.tsx'
import { usePlaceFacts } from '../../components/run-place.tsx'
import { RiskBadge, StateBadge } from '../../components/state-badge.tsx'
import { Stepper } from '../../components/stepper.tsx'
import { Moment, TimeAgo } from '../../components/time-ago.tsx'
import { useAccess, useOrg } from '../../session/facts.ts'
import { usePageName } from '../../shell/page-name.ts'
import { Banner } from '../../ui/banner.tsx'
import { TextLink } from '../../ui/button.tsx'
import { CancelRun } from './cancel-run.tsx'
import { ExportMenu } from './export-menu.tsx'
import { Feedback } from './feedback.tsx'
import { useLiveRun } from './live-run.ts'
import { isTested, stepsOf } from './progress.ts'
import { Receipts } from './receipts.tsx'
import { RunSteps } from './run-steps.tsx'

/** One run: how far it is, what it produced, what is asked of whom, and what becomes of its money. */
export function RunPage() {
  const { t } = useTranslation('runs')
  const org = useOrg()
  const { run: id = '' } = useParams({ strict: false })
  const run = useLiveRun(org, id)
  usePageName(run.app_name)
  const { data: supervision } = useQuery({ ...supervisionQuery(org, id), enabled: run.draft_at !== null })
  return (
    <Page kind="detail">
      <PageHeader
        title={run.app_name}
        badge={<StateBadge state={isTested(run) ? 'tested' : run.state} />}
        purpose={<Ending run={run} />}
        actions={
          <>
            <CopyAsCurl path={`/api/orgs/${org}/runs/${id}`} />
            {run.draft_at !== null && <ExportMenu org={org} run_id={id} />}
            {!isEnded(run.state) && <CancelRun org={org} run={run} />}
          </>
        }
      />
      <Card>
        <Stepper label={t('progress')} steps={stepsOf(run, (mark) => t(`marks.${mark}`))} />
      </Card>
      {run.trigger_source === 'test' && (
        <Banner tone="info" title={t('testTitle')}>
          {t('testText')}
        </Banner>
      )}
      {run.failure !== null && (
        <Banner tone="bad" title={t('failed')}>
          {run.failure}
        </Banner>
      )}
      {run.pause_reason !== null && run.state === 'paused' && <Paused run={run} reason={run.pause_reason} />}
      <Columns side={<Side run={run} supervision={supervision} />}>
        {supervision !== undefined && !isEnded(run.state) && (
          <Decision run={run} supervision={supervision} onDecided={() => undefined} />
        )}
        {supervision !== undefined && <Draft run={run} supervision={supervision} />}
        {run.draft_at !== null && run.trigger_source !== 'test' && <Feedback run={run} />}
        <RunSteps run={run} />
      </Columns>
    </Page>
  )
}

/** Where it stands, in a sentence that says what becomes of the money. */
function Ending({ run }: { readonly run: RunDetail }) {
  const { t } = useTranslation('runs')
  if (isTested(run)) return t('says.tested')
  if (!isEnded(run.state)) return t(`says.${run.state}`, { defaultValue: '' })
  const reason = t(`reasons.${run.reason_code ?? ''}`, { defaultValue: run.reason_code ?? '' })
  return outcomeOf(run) === 'finalised' ? t('says.finalised') : `${reason} ${t('notCharged')}.`
}

function Side({ run, supervision }: { readonly run: RunDetail; readonly supervision: Supervision | undefined }) {
  const { t } = useTranslation('runs')
  const org = useOrg()
  const nameOf = useMemberName()
  const place = usePlaceFacts(org, run)
  const { can } = useAccess()
  const { data: wallet } = useQuery({ ...walletQuery(org), enabled: can('billing.view') })
  const money = (micros: number | null | undefined) =>
    micros == null || wallet === undefined ? '–' : <Money micros={micros} currency={wallet.currency} />
  const facts: readonly Fact[] = [
    {
      label: t('app'),
      value:
        run.trigger_source === 'test' ? (
          `${run.app_name} ${run.app_version}`
        ) : (
          <TextLink to="/o/$org/apps/$app" params={{ org, app: run.app_id }}>
            {run.app_name} {run.app_version}
          </TextLink>
        ),
    },
    { label: t('who'), value: nameOf(run.requester_id) },
    { label: t('trigger'), value: t(`triggers.${run.trigger_source}`, { defaultValue: run.trigger_source }) },
    { label: t('risk'), value: <RiskBadge risk={run.risk} /> },
    ...place,
    { label: t('at'), value: <Moment at={run.admitted_at} /> },
    ...(run.settled_at === null ? [] : [{ label: t('ended'), value: <Moment at={run.settled_at} /> }]),
    ...(run.archived_at === null ? [] : [{ label: t('archived'), value: <Moment at={run.archived_at} /> }]),
    ...(run.runs_until === null || isEnded(run.state)
      ? []
      : [{ label: t('runsUntil'), value: <TimeAgo at={run.runs_until} /> }]),
    { label: t('id'), value: <CopyId id={run.id} /> },
  ]
  const isHeld = !isEnded(run.state)
  return (
    <>
      <Card title={t('properties')}>
        <Facts facts={facts} />
      </Card>
      <Card title={t('money')} purpose={isHeld ? t('heldText') : undefined}>
        <Facts
          facts={[
            { label: t(isHeld ? 'held' : 'quoted'), value: money(run.quote_micros) },
            { label: t('charged'), value: run.is_charged === true ? money(run.charge_micros) : t('notCharged') },
            ...(run.trigger_source === 'test' ? [{ label: t('calls'), value: money(run.calls_micros) }] : []),
          ]}
        />
      </Card>
      {supervision !== undefined && <DecidedSoFar supervision={supervision} />}
      {run.draft_at !== null && <Receipts run={run} />}
      <Limits run={run} />
    </>
  )
}

/** Under which rules it runs: frozen when it was created, whatever has changed since. */
function Limits({ run }: { readonly run: RunDetail }) {
  const { t } = useTranslation('runs')
  return (
    <p className="meta px-1 text-fg3">
      {t('versions', {
        policy: run.policy_version,
        platform: run.platform_version,
        seconds: run.max_seconds,
        steps: run.max_steps,
      })}
      {run.tier !== null && ` ${t('tier', { tier: run.tier })}`}
    </p>
  )
}

/** What it waits for; whose answer it needs gets the way to it. */
function Paused({ run, reason }: { readonly run: RunDetail; readonly reason: string }) {
  const { t } = useTranslation('runs')
  const org = useOrg()
  const { data: tasks } = useQuery(waitingTasksQuery(org))
  const task = tasks?.find(({ execution_id }) => execution_id === run.id)
  return (
    <Banner tone="info" title={t(`paused.${reason}`, { defaultValue: t('pausedTitle') })}>
      {task !== undefined && (
        <TextLink to="/o/$org/tasks/$task" params={{ org, task: task.id }}>
          {t('answerTask', { title: task.title })}
        </TextLink>
      )}
    </Banner>
  )
}
