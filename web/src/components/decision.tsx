import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../api/client.ts'
import { toProblem } from '../api/problem.ts'
import { Card } from './page.tsx'
import { ProblemBanner } from './problem-banner.tsx'
import { TimeAgo } from './time-ago.tsx'
import { useAccess, useOrg } from '../session/facts.ts'
import { Banner } from '../ui/banner.tsx'
import { Button } from '../ui/button.tsx'
import { TextAreaField } from '../ui/field.tsx'
import { toastDone } from '../ui/toast.tsx'
import { inboxKey, type RunDetail, runsKey, type Supervision } from '../api/runs.ts'
import { SayWhy } from './say-why.tsx'
import { Statements } from './statements.tsx'
import type { WhyAct } from './why-dialog.tsx'

const GIVING = ['acknowledge', 'approve', 'sign_off'] as const
type GivingAct = (typeof GIVING)[number]

/** The ids by which the keys of the inbox find what to press. */
export const GIVE_BUTTON = 'give'
export const REJECT_BUTTON = 'reject'

type DecisionProps = { readonly run: RunDetail; readonly supervision: Supervision; readonly onDecided: () => void }

/** What is asked of the reader, and what they answer. */
export function Decision(props: DecisionProps) {
  const { t } = useTranslation('approvals')
  const { supervision, run } = props
  const { open, mine, draft } = supervision
  const giving = GIVING.find((act) => mine.acts.includes(act))
  if (open === null || draft === null) {
    return (
      <Card title={t('decision')}>
        <p className="text-fg2">
          {t('nothingAsked', { state: t(`states.${run.state}`, { defaultValue: run.state }) })}
        </p>
      </Card>
    )
  }
  return (
    <Card title={t('decision')} purpose={t(`asks.${open.level}`, { defaultValue: '' })}>
      <div className="flex flex-col gap-4">
        <p className="meta text-fg2">
          {t('given', { given: open.given, count: open.quorum })}
          {open.deadline_at !== null && (
            <>
              {' · '}
              {t('due')} <TimeAgo at={open.deadline_at} />
            </>
          )}
          {open.expires_at !== null && (
            <>
              {' · '}
              {t('expires')} <TimeAgo at={open.expires_at} />
            </>
          )}
        </p>
        {giving === undefined ? (
          <Banner tone="info" title={t('notYours')}>
            {mine.refusal}
          </Banner>
        ) : (
          <Answer key={`${run.id} ${draft}`} {...props} act={giving} draft={draft} />
        )}
      </div>
    </Card>
  )
}

function useDecide({ run, onDecided }: DecisionProps, act: GivingAct, draft: string) {
  const { t } = useTranslation('approvals')
  const org = useOrg()
  const client = useQueryClient()
  return useMutation({
    mutationFn: (said: { readonly statements: readonly string[]; readonly comment: string }) =>
      give(org, run.id, act, draft, said),
    onSuccess(decided) {
      toastDone(t(decided.state === 'finalised' ? 'done.finalised' : `done.${act}`, { app: run.app_name }))
      onDecided()
    },
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: inboxKey(org) }),
        client.invalidateQueries({ queryKey: runsKey(org) }),
      ]),
  })
}

function give(
  org: string,
  run: string,
  act: GivingAct,
  draft: string,
  said: { readonly statements: readonly string[]; readonly comment: string },
) {
  const params = { path: { org, run } }
  const comment = said.comment.trim()
  const body = { draft, ...(comment !== '' && { comment }) }
  switch (act) {
    case 'acknowledge':
      return answerOf(
        api.POST('/api/orgs/{org}/runs/{run}/acknowledge', {
          params,
          body: { ...body, statements: [...said.statements] },
        }),
      )
    case 'approve':
      return answerOf(api.POST('/api/orgs/{org}/runs/{run}/approve', { params, body }))
    case 'sign_off':
      return answerOf(api.POST('/api/orgs/{org}/runs/{run}/sign-off', { params, body }))
  }
}

function Answer(props: DecisionProps & { readonly act: GivingAct; readonly draft: string }) {
  const { t } = useTranslation('approvals')
  const { organisation } = useAccess()
  const { supervision, act, draft, run } = props
  const [ticked, setTicked] = useState<readonly string[]>([])
  const [comment, setComment] = useState('')
  const [why, setWhy] = useState<WhyAct | null>(null)
  const decide = useDecide(props, act, draft)
  const statements = act === 'acknowledge' ? supervision.statements : []
  const isTicked = statements.every((statement) => ticked.includes(statement))
  const isOwn = run.requester_id === organisation.membership?.member_id
  return (
    <>
      <Statements statements={statements} ticked={ticked} onChange={setTicked} />
      <TextAreaField label={t('comment')} note={t('optional')} rows={3} value={comment} onChange={setComment} />
      {act === 'sign_off' && <p className="meta text-fg3">{t('provesAgain')}</p>}
      {decide.error !== null && <ProblemBanner problem={toProblem(decide.error)} />}
      <div className="flex flex-wrap gap-2">
        <Button
          id={GIVE_BUTTON}
          variant="primary"
          isBusy={decide.isPending}
          disabledReason={isTicked ? null : t('tickFirst')}
          onClick={() => decide.mutate({ statements: ticked, comment })}
        >
          {t(`act.${act}`)}
        </Button>
        {supervision.mine.acts.includes('return') && (
          <Button onClick={() => setWhy('return')}>{t('act.return')}</Button>
        )}
        {supervision.mine.acts.includes('reject') && (
          <Button id={REJECT_BUTTON} variant="ghost" onClick={() => setWhy('reject')}>
            {t('act.reject')}
          </Button>
        )}
      </div>
      <p className="meta text-fg3">{t(isOwn ? 'moneyOwn' : 'moneyOthers')}</p>
      <SayWhy
        key={why ?? 'none'}
        run={run}
        draft={draft}
        act={why}
        onClose={() => setWhy(null)}
        onDecided={props.onDecided}
      />
    </>
  )
}
