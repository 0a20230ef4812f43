import { useQuery } from '@tanstack/react-query'
import { CircleCheck, CircleX, Clock } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { walletQuery } from '../../api/wallet.ts'
import { useFormat } from '../../components/format.ts'
import { Card } from '../../components/page.tsx'
import { useAccess, useOrg } from '../../session/facts.ts'
import { TextLink } from '../../ui/button.tsx'
import { type ExecutionDetail, isOpen } from './queries.ts'

type Step = {
  readonly id: string
  readonly tone: 'ok' | 'bad' | 'open'
  readonly text: string
  readonly detail: ReactNode
}

const ICON = {
  ok: <CircleCheck size={16} aria-hidden className="mt-0.5 shrink-0 text-ok" />,
  bad: <CircleX size={16} aria-hidden className="mt-0.5 shrink-0 text-bad" />,
  open: <Clock size={16} aria-hidden className="mt-0.5 shrink-0 text-info" />,
}

/** Why it was allowed, and what then decided how it ended: in the order in which Reeve asks. */
export function DecisionPanel({ execution }: { readonly execution: ExecutionDetail }) {
  const { t } = useTranslation('executions')
  const org = useOrg()
  const format = useFormat()
  const { can } = useAccess()
  const { data: wallet } = useQuery({ ...walletQuery(org), enabled: can('billing.view') })
  const policy = t('decision.versions', { policy: execution.policy_version, platform: execution.platform_version })
  const { model, price_version: version } = execution
  const priced = model === null || version === null ? [] : [t('decision.price', { model, version })]
  const moved = (['held', 'charged'] as const).flatMap((name) => {
    const micros = name === 'held' ? execution.hold_micros : execution.charge_micros
    if (micros == null || wallet === undefined) return []
    return [t(`decision.${name}`, { amount: format.money(micros, wallet.currency) })]
  })
  const steps: readonly Step[] = [
    {
      id: 'identity',
      tone: 'ok',
      text: t('decision.identity'),
      detail: execution.api_key_id === null ? t('decision.bySession') : t('decision.byKey'),
    },
    {
      id: 'policy',
      tone: 'ok',
      text: t('decision.policy'),
      detail: can('policy.view') ? (
        <TextLink to="/o/$org/policies" params={{ org }}>
          {policy}
        </TextLink>
      ) : (
        policy
      ),
    },
    {
      id: 'limits',
      tone: 'ok',
      text: t('decision.limits'),
      detail: t('decision.reserved', { tokens: format.number(execution.hold_tokens) }),
    },
    {
      id: 'money',
      tone: 'ok',
      text: t(`decision.${execution.billing === 'wallet' ? 'wallet' : 'metered'}`),
      detail: [...priced, ...moved].join(' '),
    },
    endOf(execution, t),
  ]
  return (
    <Card title={t('decision.title')} purpose={t('decision.purpose')}>
      <ol className="flex flex-col gap-3">
        {steps.map((step) => (
          <li key={step.id} className="flex gap-2.5">
            {ICON[step.tone]}
            <div className="min-w-0">
              <p className="font-medium">{step.text}</p>
              <p className="text-fg2">{step.detail}</p>
            </div>
          </li>
        ))}
      </ol>
    </Card>
  )
}

type Translate = ReturnType<typeof useTranslation<'executions'>>['t']

function endOf(execution: ExecutionDetail, t: Translate): Step {
  const { state, reason_code, provider_status, late_settled_at } = execution
  if (isOpen(state)) return { id: 'end', tone: 'open', text: t('decision.open'), detail: t('stillOpen') }
  const reason = t(`reasons.${reason_code ?? 'completed'}`, { defaultValue: reason_code ?? '' })
  const status =
    provider_status === null || provider_status === 0 ? '' : ` ${t('decision.status', { status: provider_status })}`
  const late = late_settled_at === null ? '' : ` ${t('decision.late')}`
  return {
    id: 'end',
    tone: state === 'finalised' ? 'ok' : 'bad',
    text: t(`states.${state}`, { defaultValue: state }),
    detail: `${reason}${status}${late}`,
  }
}
