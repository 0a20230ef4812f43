import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../../api/client.ts'
import { useMemberOptions } from '../../api/directory.ts'
import { walletQuery } from '../../api/wallet.ts'
import { FormDialog } from '../../components/form-dialog.tsx'
import { type FormState, useForm } from '../../components/form.tsx'
import { oneOf } from '../../components/url-state.ts'
import { useAccess, useOrg } from '../../session/facts.ts'
import { ComboboxField } from '../../ui/combobox.tsx'
import { MoneyField, NumberField } from '../../ui/number-field.tsx'
import { SelectField } from '../../ui/select.tsx'
import { toastDone } from '../../ui/toast.tsx'
import {
  type Limit,
  QUOTA_PERIODS,
  QUOTA_SCOPES,
  scopesQuery,
  SPEND_PERIODS,
  SPEND_SCOPES,
  useCasesQuery,
} from './queries.ts'

type Scope = (typeof QUOTA_SCOPES)[number] | (typeof SPEND_SCOPES)[number]
type Values = {
  readonly scope_kind: Scope
  readonly project_id: string | null
  readonly scope_id: string | null
  readonly period: (typeof SPEND_PERIODS)[number]
  readonly amount: number | null
}

const ALL_SCOPES = ['organisation', 'team', 'project', 'use_case', 'user'] as const

const initialOf = (limit: Limit | null): Values => ({
  scope_kind: oneOf(limit?.scope_kind, ALL_SCOPES) ?? 'user',
  project_id: null,
  scope_id: limit?.scope_id ?? null,
  period: oneOf(limit?.period, SPEND_PERIODS) ?? 'month',
  amount: limit?.amount ?? null,
})

/** Sets a quota or spend limit; setting one that exists replaces it. */
export function LimitForm(props: {
  readonly unit: 'tokens' | 'micros'
  readonly limit: Limit | null
  readonly isOpen: boolean
  readonly onClose: () => void
}) {
  const { unit, limit } = props
  const { t } = useTranslation('quotas')
  const org = useOrg()
  const client = useQueryClient()
  const { can } = useAccess()
  const { data: wallet } = useQuery({ ...walletQuery(org), enabled: can('billing.view') })
  const form = useForm({
    initial: initialOf(limit),
    check: ({ amount, scope_kind, project_id, scope_id }) => ({
      ...(amount === null && { amount: t('amountMissing') }),
      ...(scope_kind === 'use_case' && project_id !== null && scope_id === null && { scope_id: t('useCaseMissing') }),
    }),
    send: (values) => send(org, unit, values),
    onDone() {
      toastDone(t('saved'))
      props.onClose()
      void client.invalidateQueries({ queryKey: ['org', org, unit === 'tokens' ? 'quotas' : 'spend-limits'] })
    },
  })
  const { values } = form
  // The organisation's own quota is the super-admin's to set.
  const scopes = unit === 'tokens' ? QUOTA_SCOPES.filter((scope) => scope !== 'organisation') : SPEND_SCOPES
  const periods = unit === 'tokens' ? QUOTA_PERIODS : SPEND_PERIODS
  return (
    <FormDialog
      form={form}
      isOpen={props.isOpen}
      onClose={props.onClose}
      title={t(unit === 'tokens' ? 'setQuota' : 'setSpendLimit')}
      description={t(`formText.${unit}`)}
      submitLabel={t(unit === 'tokens' ? 'setQuota' : 'setSpendLimit')}
    >
      {limit === null && (
        <>
          <SelectField
            label={t('scope')}
            value={values.scope_kind}
            options={scopes.map((value) => ({ value, label: t(`scopes.${value}`) }))}
            onChange={(scope_kind) => {
              form.set('scope_kind', scope_kind)
              form.set('scope_id', null)
            }}
          />
          <ScopeField org={org} form={form} />
          <SelectField
            label={t('period')}
            value={values.period}
            options={periods.map((value) => ({ value, label: t(`periods.${value}`) }))}
            onChange={(period) => form.set('period', period)}
          />
        </>
      )}
      {unit === 'micros' ? (
        <MoneyField
          label={t('limit')}
          currency={wallet?.currency ?? ''}
          value_micros={values.amount}
          onChange={(amount) => form.set('amount', amount)}
          error={form.errorOf('amount')}
        />
      ) : (
        <NumberField
          label={t('limit')}
          unit={t('tokensUnit')}
          min={0}
          step={1}
          value={values.amount}
          onChange={(amount) => form.set('amount', amount)}
          error={form.errorOf('amount')}
        />
      )}
    </FormDialog>
  )
}

/** Which one of its kind; none means the default for all of them. */
function ScopeField({ org, form }: { readonly org: string; readonly form: FormState<Values> }) {
  const { t } = useTranslation('quotas')
  const { scope_kind, project_id, scope_id } = form.values
  const members = useMemberOptions()
  const isListed = scope_kind === 'team' || scope_kind === 'project' || scope_kind === 'use_case'
  const { data: listed = [] } = useQuery({
    ...scopesQuery(org, scope_kind === 'team' ? 'team' : 'project'),
    enabled: isListed,
  })
  const { data: useCases = [] } = useQuery({ ...useCasesQuery(org, project_id ?? ''), enabled: project_id !== null })
  if (scope_kind === 'organisation') return null
  const choice = (options: readonly { value: string; label: string }[]) => (
    <ComboboxField
      label={t(`scopes.${scope_kind}`)}
      hint={t('everyHint')}
      value={scope_id}
      options={options}
      error={form.errorOf('scope_id')}
      onChange={(id) => form.set('scope_id', id)}
    />
  )
  if (scope_kind === 'user') return choice(members)
  if (scope_kind !== 'use_case') return choice(listed)
  return (
    <>
      <ComboboxField
        label={t('scopes.project')}
        value={project_id}
        options={listed}
        onChange={(id) => form.set('project_id', id)}
      />
      {project_id !== null && choice(useCases)}
    </>
  )
}

async function send(org: string, unit: 'tokens' | 'micros', values: Values) {
  const { scope_id, amount } = values
  const params = { path: { org } }
  if (unit === 'micros') {
    const scope_kind = oneOf(values.scope_kind, SPEND_SCOPES) ?? 'user'
    const body = { scope_kind, scope_id, period: values.period, limit_micros: amount ?? 0 }
    return answerOf(api.PUT('/api/orgs/{org}/spend-limits', { params, body }))
  }
  const scope_kind = oneOf(values.scope_kind, QUOTA_SCOPES) ?? 'user'
  const period = oneOf(values.period, QUOTA_PERIODS) ?? 'month'
  const body = { scope_kind, scope_id, period, limit_tokens: amount ?? 0 }
  return answerOf(api.PUT('/api/orgs/{org}/quotas', { params, body }))
}
