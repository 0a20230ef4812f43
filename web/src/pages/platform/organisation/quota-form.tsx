import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../../../api/client.ts'
import { FormDialog } from '../../../components/form-dialog.tsx'
import { useForm } from '../../../components/form.tsx'
import { oneOf } from '../../../components/url-state.ts'
import { TextField } from '../../../ui/field.tsx'
import { NumberField } from '../../../ui/number-field.tsx'
import { SelectField } from '../../../ui/select.tsx'
import { toastDone } from '../../../ui/toast.tsx'
import { keyOf, type Quota } from './queries.ts'

const PERIODS = ['day', 'week', 'month'] as const
type Values = {
  readonly period: (typeof PERIODS)[number]
  readonly amount_tokens: number | null
  readonly reason: string
}

/** Sets the quota of a whole organisation for a period, or adds to it for the window that runs now. */
export function QuotaForm(props: {
  readonly act: 'set' | 'top-up'
  readonly quota: Quota | null
  readonly organisation: string
  readonly onClose: () => void
}) {
  const { t } = useTranslation('quotas')
  const { t: platform } = useTranslation('platform')
  const client = useQueryClient()
  const { act, organisation, quota } = props
  const isTopUp = act === 'top-up'
  const initial: Values = {
    period: oneOf(quota?.period, PERIODS) ?? 'month',
    amount_tokens: isTopUp ? null : (quota?.limit_tokens ?? null),
    reason: '',
  }
  const form = useForm({
    initial,
    check: ({ amount_tokens, reason }) => ({
      ...((amount_tokens ?? 0) <= 0 && { amount_tokens: t('amountMissing') }),
      ...(isTopUp && reason.trim() === '' && { reason: t('reasonMissing') }),
    }),
    send: (values) => send(act, organisation, values),
    onDone() {
      props.onClose()
      toastDone(isTopUp ? t('toppedUp') : platform('limits.set'))
      void client.invalidateQueries({ queryKey: keyOf(organisation) })
    },
  })
  return (
    <FormDialog
      form={form}
      isOpen
      onClose={props.onClose}
      title={t(isTopUp ? 'topUp' : 'setQuota')}
      description={platform(isTopUp ? 'limits.topUpText' : 'limits.setText')}
      submitLabel={t(isTopUp ? 'topUp' : 'setQuota')}
    >
      {quota === null && (
        <SelectField
          label={t('period')}
          value={form.values.period}
          options={PERIODS.map((value) => ({ value, label: t(`periods.${value}`) }))}
          onChange={(period) => form.set('period', period)}
        />
      )}
      <NumberField
        label={t(isTopUp ? 'more' : 'limit')}
        unit={t('tokensUnit')}
        min={1}
        step={1}
        value={form.values.amount_tokens}
        onChange={(amount) => form.set('amount_tokens', amount)}
        error={form.errorOf('amount_tokens')}
      />
      {isTopUp && (
        <TextField
          label={t('reason')}
          maxLength={500}
          value={form.values.reason}
          onChange={(reason) => form.set('reason', reason)}
          error={form.errorOf('reason')}
        />
      )}
    </FormDialog>
  )
}

async function send(act: 'set' | 'top-up', organisation: string, values: Values): Promise<void> {
  const params = { path: { organisation } }
  const { period, reason } = values
  const amount_tokens = values.amount_tokens ?? 0
  if (act === 'set') {
    const body = { period, limit_tokens: amount_tokens }
    await answerOf(api.PUT('/api/platform/organisations/{organisation}/quotas', { params, body }))
  } else {
    const body = { period, amount_tokens, reason: reason.trim() }
    await answerOf(api.POST('/api/platform/organisations/{organisation}/quota-top-ups', { params, body }))
  }
}
