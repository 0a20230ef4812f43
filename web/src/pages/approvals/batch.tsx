import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../../api/client.ts'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { Statements } from '../../components/statements.tsx'
import { useOrg } from '../../session/facts.ts'
import { Button } from '../../ui/button.tsx'
import { toastDone, toastProblem } from '../../ui/toast.tsx'
import { inboxKey, runsKey } from '../../api/runs.ts'
import { clearMarks } from './marks.ts'
import type { Waiting } from './queries.ts'

const ACTS = { 1: 'acknowledge', 2: 'approve', 3: 'sign_off' } as const
type GivingAct = (typeof ACTS)[keyof typeof ACTS]

const actOf = ({ level }: Waiting): GivingAct => (level === 1 ? ACTS[1] : level === 2 ? ACTS[2] : ACTS[3])

/** The id by which a key of the inbox finds what to press. */
export const BATCH_BUTTON = 'give-marked'

/** Gives one level to what is marked, of one app and one risk; each draft is a decision of its own. */
export function Batch(props: { readonly marked: readonly Waiting[]; readonly onDone: () => void }) {
  const { t } = useTranslation('approvals')
  const [isAsking, setAsking] = useState(false)
  const { marked } = props
  const [first] = marked
  if (first === undefined) return null
  const act = actOf(first)
  const count = marked.length
  const isMixed = marked.some(
    ({ app_id, risk, level }) => app_id !== first.app_id || risk !== first.risk || level !== first.level,
  )
  return (
    <div className="flex flex-wrap items-center gap-2 rounded-xl border bg-raised px-3 py-2">
      <p className="flex-1" aria-live="polite">
        {t('batch.marked', { count })}
      </p>
      <Button variant="ghost" onClick={clearMarks}>
        {t('batch.clear')}
      </Button>
      <Button id={BATCH_BUTTON} disabledReason={isMixed ? t('batch.mixed') : null} onClick={() => setAsking(true)}>
        {t(`batch.give.${act}`, { count })}
      </Button>
      {isAsking && <Asking {...props} app={first.app_name} act={act} onClose={() => setAsking(false)} />}
    </div>
  )
}

function Asking(props: {
  readonly marked: readonly Waiting[]
  readonly app: string
  readonly act: GivingAct
  readonly onDone: () => void
  readonly onClose: () => void
}) {
  const { t } = useTranslation('approvals')
  const { marked, act, app } = props
  const [ticked, setTicked] = useState<readonly string[]>([])
  const give = useGiving(marked, act, ticked, props.onDone)
  const statements = act === 'acknowledge' ? [...new Set(marked.flatMap((each) => each.statements))] : []
  const isTicked = statements.every((statement) => ticked.includes(statement))
  const count = marked.length
  return (
    <ConfirmDialog
      isOpen
      onClose={props.onClose}
      title={t(`batch.title.${act}`, { count, app })}
      confirmLabel={t(`batch.give.${act}`, { count })}
      isDangerous={false}
      disabledReason={isTicked ? null : t('tickFirst')}
      onConfirm={give}
    >
      <div className="flex flex-col gap-4">
        <p>{t('batch.text')}</p>
        <Statements statements={statements} ticked={ticked} onChange={setTicked} />
        {act === 'sign_off' && <p className="meta text-fg3">{t('batch.provesAgain')}</p>}
      </div>
    </ConfirmDialog>
  )
}

/** Decides, says how many were decided and why the first of the others was not, and reads anew what waits. */
function useGiving(marked: readonly Waiting[], act: GivingAct, statements: readonly string[], onDone: () => void) {
  const { t } = useTranslation('approvals')
  const org = useOrg()
  const client = useQueryClient()
  return async () => {
    const { items } = await giveAll(org, act, marked, statements)
    const refused = items.filter(({ is_decided }) => !is_decided)
    const count = items.length - refused.length
    if (count > 0) toastDone(t(`batch.done.${act}`, { count }))
    if (refused.length > 0) {
      toastProblem(t('batch.refused', { count: refused.length }), refused[0]?.detail ?? refused[0]?.code ?? undefined)
    }
    onDone()
    await Promise.all([
      client.invalidateQueries({ queryKey: inboxKey(org) }),
      client.invalidateQueries({ queryKey: runsKey(org) }),
    ])
  }
}

function giveAll(org: string, act: GivingAct, marked: readonly Waiting[], statements: readonly string[]) {
  const params = { path: { org } }
  const items = marked.map(({ run_id, draft }) => ({ run_id, draft }))
  switch (act) {
    case 'acknowledge':
      return answerOf(
        api.POST('/api/orgs/{org}/approvals/batch/acknowledge', {
          params,
          body: { items, statements: [...statements] },
        }),
      )
    case 'approve':
      return answerOf(api.POST('/api/orgs/{org}/approvals/batch/approve', { params, body: { items } }))
    case 'sign_off':
      return answerOf(api.POST('/api/orgs/{org}/approvals/batch/sign-off', { params, body: { items } }))
  }
}
