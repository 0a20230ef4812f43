import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../../api/client.ts'
import { FormDialog } from '../../components/form-dialog.tsx'
import { useForm } from '../../components/form.tsx'
import { oneOf } from '../../components/url-state.ts'
import { useOrg } from '../../session/facts.ts'
import { TextField } from '../../ui/field.tsx'
import { NumberField } from '../../ui/number-field.tsx'
import { toastDone } from '../../ui/toast.tsx'
import { useScopeName } from './limit-columns.tsx'
import { type Limit, QUOTA_PERIODS, QUOTA_SCOPES } from './queries.ts'

type Values = { readonly amount_tokens: number | null; readonly reason: string }
const EMPTY: Values = { amount_tokens: null, reason: '' }

/** More tokens for the window that runs now; they end with it. */
export function TopUpForm({ limit, onClose }: { readonly limit: Limit | null; readonly onClose: () => void }) {
  const { t } = useTranslation('quotas')
  const org = useOrg()
  const client = useQueryClient()
  const nameOf = useScopeName()
  const form = useForm({
    initial: EMPTY,
    check: ({ amount_tokens, reason }) => ({
      ...((amount_tokens ?? 0) <= 0 && { amount_tokens: t('amountMissing') }),
      ...(reason.trim() === '' && { reason: t('reasonMissing') }),
    }),
    send: ({ amount_tokens, reason }) =>
      answerOf(
        api.POST('/api/orgs/{org}/quota-top-ups', {
          params: { path: { org } },
          body: {
            scope_kind: oneOf(limit?.scope_kind, QUOTA_SCOPES) ?? 'user',
            scope_id: limit?.scope_id ?? null,
            period: oneOf(limit?.period, QUOTA_PERIODS) ?? 'month',
            amount_tokens: amount_tokens ?? 0,
            reason,
          },
        }),
      ),
    onDone() {
      toastDone(t('toppedUp'))
      onClose()
      void client.invalidateQueries({ queryKey: ['org', org, 'quotas'] })
    },
  })
  return (
    <FormDialog
      form={form}
      isOpen={limit !== null}
      onClose={onClose}
      title={t('topUp')}
      description={limit === null ? '' : t('topUpText', { name: nameOf(limit) })}
      submitLabel={t('topUp')}
    >
      <NumberField
        label={t('more')}
        unit={t('tokensUnit')}
        min={1}
        step={1}
        value={form.values.amount_tokens}
        onChange={(amount) => form.set('amount_tokens', amount)}
        error={form.errorOf('amount_tokens')}
      />
      <TextField
        label={t('reason')}
        value={form.values.reason}
        maxLength={500}
        onChange={(reason) => form.set('reason', reason)}
        error={form.errorOf('reason')}
      />
    </FormDialog>
  )
}
