import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { appQuery } from '../../api/apps.ts'
import { contentQuery, isEnded, type RunDetail, runQuery, supervisionQuery } from '../../api/runs.ts'
import { Decision } from '../../components/decision.tsx'
import { DraftView } from '../../components/draft-view.tsx'
import { StateBadge } from '../../components/state-badge.tsx'
import { Skeleton } from '../../components/states.tsx'
import { TimeAgo } from '../../components/time-ago.tsx'
import { useWriter } from '../../components/write-over.tsx'
import { useAccess, useOrg } from '../../session/facts.ts'
import { usePageName } from '../../shell/page-name.ts'
import { Banner } from '../../ui/banner.tsx'
import { TextLink } from '../../ui/button.tsx'
import { Composer } from './composer.tsx'
import { type Message, threadQuery } from './queries.ts'

/** One thread: what was written, what apps made of it, and where to go on. */
export function ThreadView({ id }: { readonly id: string }) {
  const { t } = useTranslation('chat')
  const org = useOrg()
  const { can } = useAccess()
  const { data: thread } = useSuspenseQuery(threadQuery(org, id))
  const end = useRef<HTMLDivElement>(null)
  usePageName(thread.title)
  const { length } = thread.messages
  useEffect(() => {
    // Newer browsers answer with a promise, which is no clean-up.
    end.current?.scrollIntoView({ block: 'nearest' })
  }, [length])
  return (
    <div className="flex min-w-0 flex-col gap-4 rounded-xl border bg-surface p-4">
      <h2 className="text-sm font-medium">{thread.title}</h2>
      <ol aria-label={t('messages')} className="flex flex-col gap-5">
        {thread.messages.map((message) => (
          <li key={message.id} className="flex flex-col gap-3">
            <div className="max-w-[85%] self-end rounded-xl bg-accent-soft px-3 py-2">
              <p className="break-words whitespace-pre-line">{message.content}</p>
              <p className="meta mt-1 text-end text-fg2">
                <TimeAgo at={message.created_at} />
              </p>
            </div>
            {message.run !== null && <Reply run={message.run} />}
          </li>
        ))}
      </ol>
      <div ref={end} />
      {can('run.execute') && (
        <div className="border-t pt-4">
          <Composer thread={thread} />
        </div>
      )}
    </div>
  )
}

/** What an app made of a message. */
function Reply({ run: said }: { readonly run: NonNullable<Message['run']> }) {
  const { t } = useTranslation('chat')
  const org = useOrg()
  const { data: run } = useQuery(runQuery(org, said.id))
  const state = run?.state ?? said.state
  return (
    <section aria-label={said.app_name} className="flex flex-col gap-3 rounded-xl border p-4">
      <header className="flex flex-wrap items-center gap-2">
        <h3 className="min-w-0 flex-1 font-medium">{said.app_name}</h3>
        <StateBadge state={state} />
        <TextLink to="/o/$org/runs/$run" params={{ org, run: said.id }}>
          {t('openRun')}
        </TextLink>
      </header>
      {run === undefined ? <Skeleton lines={4} /> : <Made run={run} />}
    </section>
  )
}

function Made({ run }: { readonly run: RunDetail }) {
  const { t } = useTranslation('chat')
  const { t: runs } = useTranslation('runs')
  if (run.failure !== null) {
    return (
      <Banner tone="bad" title={runs('failed')}>
        {run.failure} {runs('notCharged')}.
      </Banner>
    )
  }
  if (run.draft_at !== null) return <DraftOf run={run} />
  if (isEnded(run.state)) return <p className="text-fg2">{runs('notCharged')}</p>
  const done = run.steps.filter(({ ended_at }) => ended_at !== null).length
  const now = run.pipeline.find(({ id }) => run.steps.some((step) => step.node_id === id && step.ended_at === null))
  return (
    <div role="status" className="flex flex-col gap-2">
      <p className="text-fg2">
        {t('working', { done, of: run.pipeline.length })}
        {now !== undefined && ` · ${now.title}`}
      </p>
      <Skeleton lines={3} />
    </div>
  )
}

function DraftOf({ run }: { readonly run: RunDetail }) {
  const { t } = useTranslation('chat')
  const org = useOrg()
  const { data: content } = useQuery(contentQuery(org, run.id, run.revision))
  const { data: supervision } = useQuery(supervisionQuery(org, run.id))
  const { data: app } = useQuery({ ...appQuery(org, run.app_id), retry: false })
  if (content === undefined || supervision === undefined) return <Skeleton lines={6} />
  const contract = app?.version === run.app_version ? app.contract : null
  return (
    <>
      <Written run={run} supervision={supervision} contract={contract} output={content.output} label={t('draft')} />
      {supervision.open !== null && <Decision run={run} supervision={supervision} onDecided={() => undefined} />}
    </>
  )
}

function Written(props: {
  readonly run: RunDetail
  readonly supervision: NonNullable<Parameters<typeof useWriter>[1]>
  readonly contract: unknown
  readonly output: unknown
  readonly label: string
}) {
  const { run, supervision, output } = props
  const writer = useWriter(run, supervision, output)
  return (
    <DraftView
      contract={props.contract}
      output={output}
      records={supervision.human_layer}
      writer={writer}
      label={props.label}
    />
  )
}
