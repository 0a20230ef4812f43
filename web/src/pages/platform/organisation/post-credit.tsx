import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../../../api/client.ts'
import type { PlatformOrganisation } from '../../../api/platform.ts'
import { FormDialog } from '../../../components/form-dialog.tsx'
import { useForm } from '../../../components/form.tsx'
import { useFormat } from '../../../components/format.ts'
import { TextField } from '../../../ui/field.tsx'
import { MoneyField } from '../../../ui/number-field.tsx'
import { toastDone } from '../../../ui/toast.tsx'
import { ToggleGroup } from '../../../ui/toggle-group.tsx'
import { keyOf, type PlatformWallet } from './queries.ts'

type Values = {
  readonly amount_micros: number | null
  readonly direction: 'add' | 'take'
  readonly reason: string
  readonly expires_on: string
}
const EMPTY: Values = { amount_micros: null, direction: 'add', reason: '', expires_on: '' }

/** Posts credit to a wallet, or adjusts it either way; the balance after it is shown before and after. */
export function PostCredit(props: {
  readonly kind: 'credit' | 'adjustment'
  readonly organisation: PlatformOrganisation
  readonly wallet: PlatformWallet
  readonly onClose: () => void
}) {
  const { t } = useTranslation('platform')
  const format = useFormat()
  const client = useQueryClient()
  const { kind, organisation, wallet } = props
  const signed = ({ amount_micros, direction }: Values) => (amount_micros ?? 0) * (direction === 'take' ? -1 : 1)
  const form = useForm({
    initial: EMPTY,
    check: ({ amount_micros, reason }) => ({
      ...((amount_micros ?? 0) <= 0 && { amount_micros: t('money.amountMissing') }),
      ...(reason.trim() === '' && { reason: t('money.reasonMissing') }),
    }),
    send: (values) => post(kind, organisation.id, { ...values, amount_micros: signed(values) }),
    onDone({ balance_micros }) {
      props.onClose()
      toastDone(t('money.posted', { balance: format.money(balance_micros, wallet.currency) }))
      void client.invalidateQueries({ queryKey: keyOf(organisation.id) })
    },
  })
  const { values } = form
  return (
    <FormDialog
      form={form}
      isOpen
      onClose={props.onClose}
      title={t(kind === 'credit' ? 'money.creditTitle' : 'money.adjustTitle', { name: organisation.name })}
      description={t(kind === 'credit' ? 'money.creditText' : 'money.adjustText')}
      submitLabel={t(kind === 'credit' ? 'money.credit' : 'money.adjust')}
    >
      {kind === 'adjustment' && (
        <ToggleGroup
          label={t('money.direction')}
          value={values.direction}
          options={(['add', 'take'] as const).map((value) => ({ value, label: t(`money.directions.${value}`) }))}
          onChange={(direction) => form.set('direction', direction)}
        />
      )}
      <MoneyField
        label={t('money.amount')}
        currency={wallet.currency}
        value_micros={values.amount_micros}
        onChange={(amount) => form.set('amount_micros', amount)}
        error={form.errorOf('amount_micros')}
      />
      <TextField
        label={t('reason')}
        hint={t('money.reasonHint')}
        maxLength={500}
        value={values.reason}
        onChange={(reason) => form.set('reason', reason)}
        error={form.errorOf('reason')}
      />
      {values.direction === 'add' && (
        <TextField
          label={t('money.expires')}
          note={t('money.expiresNote')}
          type="date"
          value={values.expires_on}
          onChange={(day) => form.set('expires_on', day)}
        />
      )}
      <p className="flex justify-between rounded-lg bg-sunken px-3 py-2" aria-live="polite">
        <span className="text-fg2">{t('money.after')}</span>
        <span className="font-medium tabular-nums">
          {format.money(wallet.balance_micros + signed(values), wallet.currency)}
        </span>
      </p>
    </FormDialog>
  )
}

function post(
  kind: 'credit' | 'adjustment',
  organisation: string,
  values: Values & { readonly amount_micros: number },
) {
  const { amount_micros, expires_on, reason } = values
  const expiry = expires_on === '' || amount_micros < 0 ? {} : { expires_at: new Date(expires_on).toISOString() }
  const body = { amount_micros, reason: reason.trim(), ...expiry }
  const params = { path: { organisation } }
  return kind === 'credit'
    ? answerOf(api.POST('/api/platform/organisations/{organisation}/wallet/top-ups', { params, body }))
    : answerOf(api.POST('/api/platform/organisations/{organisation}/wallet/adjustments', { params, body }))
}
