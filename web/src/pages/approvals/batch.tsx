import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../../api/client.ts'
import { inboxKey, runsKey } from '../../api/runs.ts'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { Statements } from '../../components/statements.tsx'
import { type WhyAct, WhyDialog } from '../../components/why-dialog.tsx'
import { useAccess, useOrg } from '../../session/facts.ts'
import { Button } from '../../ui/button.tsx'
import { toastDone } from '../../ui/toast.tsx'
import { clearMarks, type Leftover, setLeftover } from './marks.ts'
import type { Waiting } from './queries.ts'

const ACTS = { 1: 'acknowledge', 2: 'approve', 3: 'sign_off' } as const
type GivingAct = (typeof ACTS)[keyof typeof ACTS]
type BatchAct = GivingAct | WhyAct

const actOf = ({ level }: Waiting): GivingAct => (level === 1 ? ACTS[1] : level === 2 ? ACTS[2] : ACTS[3])

/** The ids by which keys of the inbox find what to press. */
export const BATCH_BUTTON = 'give-marked'
export const BATCH_RETURN_BUTTON = 'return-marked'
export const BATCH_REJECT_BUTTON = 'reject-marked'

/** Decides alike about what is marked, of one app, one risk and one level; each draft is a decision of its own. */
export function Batch({ marked, onDone }: { readonly marked: readonly Waiting[]; readonly onDone: () => void }) {
  const { t } = useTranslation('approvals')
  const [asked, setAsked] = useState<BatchAct | null>(null)
  const { organisation } = useAccess()
  const [first] = marked
  if (first === undefined) return null
  const act = actOf(first)
  const count = marked.length
  const isMixed = marked.some(
    ({ app_id, risk, level }) => app_id !== first.app_id || risk !== first.risk || level !== first.level,
  )
  const isOwn = marked.every(({ requester_id }) => requester_id === organisation.membership?.member_id)
  const mixed = isMixed ? t('batch.mixed') : null
  const close = () => setAsked(null)
  return (
    <div className="flex flex-wrap items-center gap-2 rounded-xl border bg-raised px-3 py-2">
      <p className="flex-1 whitespace-nowrap" aria-live="polite">
        {t('batch.marked', { count })}
      </p>
      <Button variant="ghost" onClick={clearMarks}>
        {t('batch.clear')}
      </Button>
      <Button id={BATCH_BUTTON} disabledReason={mixed} onClick={() => setAsked(act)}>
        {t(`batch.give.${act}`, { count })}
      </Button>
      <Button
        id={BATCH_RETURN_BUTTON}
        disabledReason={mixed ?? (isOwn ? t('batch.ownReturn') : null)}
        onClick={() => setAsked('return')}
      >
        {t('batch.return')}
      </Button>
      <Button id={BATCH_REJECT_BUTTON} variant="ghost" disabledReason={mixed} onClick={() => setAsked('reject')}>
        {t('batch.reject')}
      </Button>
      {(asked === 'return' || asked === 'reject') && (
        <Refusing marked={marked} app={first.app_name} act={asked} onDone={onDone} onClose={close} />
      )}
      {asked === act && <Giving marked={marked} app={first.app_name} act={act} onDone={onDone} onClose={close} />}
    </div>
  )
}

type AskingProps<Act> = {
  readonly marked: readonly Waiting[]
  readonly app: string
  readonly act: Act
  readonly onDone: () => void
  readonly onClose: () => void
}

function Giving(props: AskingProps<GivingAct>) {
  const { t } = useTranslation('approvals')
  const { marked, act, app } = props
  const [ticked, setTicked] = useState<readonly string[]>([])
  const org = useOrg()
  const { decide, tell } = useBatch(props)
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
      onConfirm={async () => tell(await decide(() => giveAll(org, act, marked, ticked)))}
    >
      <div className="flex flex-col gap-4">
        <p>{t('batch.text')}</p>
        <Statements statements={statements} ticked={ticked} onChange={setTicked} />
        {act === 'sign_off' && <p className="meta text-fg3">{t('batch.provesAgain')}</p>}
      </div>
    </ConfirmDialog>
  )
}

function Refusing(props: AskingProps<WhyAct>) {
  const { t } = useTranslation('approvals')
  const { marked, act, app } = props
  const org = useOrg()
  const { decide, tell } = useBatch(props)
  const count = marked.length
  return (
    <WhyDialog
      act={act}
      isOpen
      onClose={props.onClose}
      title={t(`batch.title.${act}`, { count, app })}
      text={t(`batch.why.${act}`, { count })}
      submitLabel={t(`batch.submit.${act}`, { count })}
      send={(why) => decide(() => refuseAll(org, act, marked, why))}
      onDone={tell}
    />
  )
}

type Answers = { readonly items: Leftover['items'][number]['answer'][] }

/** Decides, reads anew what waits, and says what became of each draft. */
function useBatch({ marked, act, onDone }: AskingProps<BatchAct>) {
  const { t } = useTranslation('approvals')
  const org = useOrg()
  const client = useQueryClient()
  const reread = () => {
    void client.invalidateQueries({ queryKey: inboxKey(org) })
    void client.invalidateQueries({ queryKey: runsKey(org) })
  }
  return {
    // Also where no answer came: some may have been decided, and the list says which.
    decide: (send: () => Promise<Answers>) => send().finally(reread),
    tell: ({ items }: Answers) => {
      const left = items.filter(({ is_decided }) => !is_decided)
      const count = items.length - left.length
      const done = count > 0 ? t(`batch.done.${act}`, { count }) : null
      if (left.length > 0) {
        const draftOf = (run_id: string) => marked.find((each) => each.run_id === run_id)
        const told = left.flatMap((answer) => {
          const draft = draftOf(answer.run_id)
          return draft === undefined ? [] : [{ draft, answer }]
        })
        setLeftover({ done, items: told })
      } else if (done !== null) toastDone(done)
      onDone()
    },
  }
}

const itemsOf = (marked: readonly Waiting[]) => marked.map(({ run_id, draft }) => ({ run_id, draft }))

function giveAll(org: string, act: GivingAct, marked: readonly Waiting[], statements: readonly string[]) {
  const params = { path: { org } }
  const items = itemsOf(marked)
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

function refuseAll(org: string, act: WhyAct, marked: readonly Waiting[], why: string) {
  const params = { path: { org } }
  const items = itemsOf(marked)
  return act === 'return'
    ? answerOf(api.POST('/api/orgs/{org}/approvals/batch/return', { params, body: { items, comments: why } }))
    : answerOf(api.POST('/api/orgs/{org}/approvals/batch/reject', { params, body: { items, reason: why } }))
}
