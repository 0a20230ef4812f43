import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../../api/client.ts'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { useOrg } from '../../session/facts.ts'
import { Button } from '../../ui/button.tsx'
import { toastDone, toastProblem } from '../../ui/toast.tsx'
import { inboxKey, runsKey } from '../../api/runs.ts'
import type { Waiting } from './queries.ts'

/** Approves what is marked, one app and one risk at a time; each draft is a decision of its own. */
export function Batch(props: { readonly marked: readonly Waiting[]; readonly onDone: () => void }) {
  const { t } = useTranslation('approvals')
  const org = useOrg()
  const client = useQueryClient()
  const [isAsking, setAsking] = useState(false)
  const { marked } = props
  const [first] = marked
  if (first === undefined) return null
  const isMixed = marked.some(({ app_id, risk }) => app_id !== first.app_id || risk !== first.risk)
  const approve = async () => {
    const items = marked.map(({ run_id, draft }) => ({ run_id, draft }))
    const answer = await answerOf(
      api.POST('/api/orgs/{org}/approvals/batch', { params: { path: { org } }, body: { items } }),
    )
    const refused = answer.items.filter(({ is_decided }) => !is_decided)
    const count = answer.items.length - refused.length
    if (count > 0) toastDone(t('batch.done', { count }))
    if (refused.length > 0) {
      toastProblem(t('batch.refused', { count: refused.length }), refused[0]?.detail ?? refused[0]?.code ?? undefined)
    }
    props.onDone()
    await Promise.all([
      client.invalidateQueries({ queryKey: inboxKey(org) }),
      client.invalidateQueries({ queryKey: runsKey(org) }),
    ])
  }
  return (
    <div className="flex flex-wrap items-center gap-2 rounded-xl border bg-raised px-3 py-2">
      <p className="flex-1" aria-live="polite">
        {t('batch.marked', { count: marked.length })}
      </p>
      <Button variant="ghost" onClick={props.onDone}>
        {t('batch.clear')}
      </Button>
      <Button disabledReason={isMixed ? t('batch.mixed') : null} onClick={() => setAsking(true)}>
        {t('batch.approve', { count: marked.length })}
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        title={t('batch.title', { count: marked.length, app: first.app_name })}
        confirmLabel={t('batch.approve', { count: marked.length })}
        isDangerous={false}
        onConfirm={approve}
      >
        {t('batch.text')}
      </ConfirmDialog>
    </div>
  )
}
