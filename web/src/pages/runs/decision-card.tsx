import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../../api/client.ts'
import { useMemberName } from '../../api/directory.ts'
import { toProblem } from '../../api/problem.ts'
import { Card } from '../../components/page.tsx'
import { ProblemBanner } from '../../components/problem-banner.tsx'
import { ErrorState, Skeleton } from '../../components/states.tsx'
import { Moment, TimeAgo } from '../../components/time-ago.tsx'
import { Button } from '../../ui/button.tsx'
import { CheckboxField } from '../../ui/checkbox.tsx'
import { TextAreaField } from '../../ui/field.tsx'
import { toastDone } from '../../ui/toast.tsx'
import { type RunDetail, type Supervision, supervisionQuery } from './queries.ts'

type Act = 'acknowledge' | 'approve' | 'sign_off' | 'return' | 'reject'
type Said = { readonly draft: string; readonly statements: readonly string[]; readonly words: string }

const ACTS: readonly Act[] = ['acknowledge', 'approve', 'sign_off', 'return', 'reject']

/** Gives a decision about the draft that was seen; another draft refuses it. */
function giveDecision(org: string, run: string, act: Act, { draft, statements, words }: Said) {
  const params = { path: { org, run } }
  const comment = words.trim() === '' ? {} : { comment: words }
  switch (act) {
    case 'acknowledge':
      return answerOf(
        api.POST('/api/orgs/{org}/runs/{run}/acknowledge', {
          params,
          body: { draft, statements: [...statements], ...comment },
        }),
      )
    case 'approve':
      return answerOf(api.POST('/api/orgs/{org}/runs/{run}/approve', { params, body: { draft, ...comment } }))
    case 'sign_off':
      return answerOf(api.POST('/api/orgs/{org}/runs/{run}/sign-off', { params, body: { draft, ...comment } }))
    case 'return':
      return answerOf(api.POST('/api/orgs/{org}/runs/{run}/return', { params, body: { draft, comments: words } }))
    case 'reject':
      return answerOf(api.POST('/api/orgs/{org}/runs/{run}/reject', { params, body: { draft, reason: words } }))
  }
}

/** What is asked before the draft can be final, who gave what, and what the reader may do. */
export function DecisionCard({ org, run }: { readonly org: string; readonly run: RunDetail }) {
  const { t } = useTranslation('runs')
  const { data, error, refetch } = useQuery(supervisionQuery(org, run.id))
  if (error !== null) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (data === undefined) return <Skeleton />
  return (
    <Card title={t('asked')} purpose={data.open === null ? undefined : <Open open={data.open} />}>
      <div className="flex flex-col gap-4">
        <Given decisions={data.decisions} />
        {data.mine.acts.length === 0 ? (
          <p className="text-fg2">{data.mine.refusal ?? t('waitsForOthers')}</p>
        ) : (
          // Another draft is another decision: what was ticked for the old one does not count.
          <Decide key={data.draft} org={org} run={run} panel={data} />
        )}
      </div>
    </Card>
  )
}

function Open({ open }: { readonly open: NonNullable<Supervision['open']> }) {
  const { t } = useTranslation('runs')
  const until = open.deadline_at ?? open.expires_at
  return (
    <>
      {t(`waits.${open.level}`, { defaultValue: '' })}
      {open.quorum > 1 && ` · ${t('ofQuorum', { given: open.given, quorum: open.quorum })}`}
      {until !== null && (
        <>
          {' · '}
          {t('until')} <TimeAgo at={until} />
        </>
      )}
    </>
  )
}

function Given({ decisions }: Pick<Supervision, 'decisions'>) {
  const { t } = useTranslation('runs')
  const nameOf = useMemberName()
  if (decisions.length === 0) return null
  return (
    <ol className="flex flex-col divide-y">
      {decisions.map((decision) => (
        <li key={decision.id} className={decision.counts ? 'py-2' : 'py-2 text-fg3'}>
          <p>
            <span className="font-medium">{t(`did.${decision.act}`, { defaultValue: decision.act })}</span>{' '}
            {nameOf(decision.member_id) ?? t('platform')}
            {decision.on_behalf_of !== null && ` ${t('for', { name: nameOf(decision.on_behalf_of) })}`}
            {!decision.counts && ` · ${t('void')}`}
          </p>
          {decision.comment !== null && <p className="break-words whitespace-pre-line">{decision.comment}</p>}
          <p className="meta text-fg3">
            <Moment at={decision.decided_at} />
          </p>
        </li>
      ))}
    </ol>
  )
}

function Decide({ org, run, panel }: { readonly org: string; readonly run: RunDetail; readonly panel: Supervision }) {
  const { t } = useTranslation('runs')
  const client = useQueryClient()
  const [ticked, setTicked] = useState<readonly string[]>([])
  const [words, setWords] = useState('')
  const acts = ACTS.filter((act) => panel.mine.acts.includes(act))
  const decide = useMutation({
    mutationFn: (act: Act) => giveDecision(org, run.id, act, { draft: panel.draft ?? '', statements: ticked, words }),
    onSuccess(_done, act) {
      toastDone(t(`done.${act}`))
      setWords('')
      void client.invalidateQueries({ queryKey: ['org', org, 'runs'] })
      void client.invalidateQueries({ queryKey: ['org', org, 'approvals'] })
    },
  })
  const asksStatements = acts.includes('acknowledge') ? panel.statements : []
  const isUnticked = asksStatements.some((statement) => !ticked.includes(statement))
  const reasonFor = (act: Act): string | null => {
    if (act === 'acknowledge' && isUnticked) return t('tickAll')
    return (act === 'return' || act === 'reject') && words.trim() === '' ? t('sayWhy') : null
  }
  return (
    <div className="flex flex-col gap-4">
      {asksStatements.length > 0 && (
        <fieldset className="flex flex-col gap-2">
          <legend className="mb-1 font-medium">{t('statements')}</legend>
          {asksStatements.map((statement) => (
            <CheckboxField
              key={statement}
              label={statement}
              isChecked={ticked.includes(statement)}
              onChange={(isOn) =>
                setTicked(isOn ? [...ticked, statement] : ticked.filter((each) => each !== statement))
              }
            />
          ))}
        </fieldset>
      )}
      <TextAreaField label={t('comment')} rows={2} value={words} onChange={setWords} hint={t('commentHint')} />
      {decide.error !== null && <ProblemBanner problem={toProblem(decide.error)} />}
      <div className="flex flex-wrap gap-2">
        {acts.map((act, index) => (
          <Button
            key={act}
            variant={index === 0 ? 'primary' : act === 'reject' ? 'danger' : 'secondary'}
            isBusy={decide.isPending && decide.variables === act}
            disabledReason={reasonFor(act)}
            onClick={() => decide.mutate(act)}
          >
            {t(`acts.${act}`)}
          </Button>
        ))}
      </div>
    </div>
  )
}
