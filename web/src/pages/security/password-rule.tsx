import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../../api/client.ts'
import { Form, SaveBar, useForm, useLeaveGuard } from '../../components/form.tsx'
import { Card } from '../../components/page.tsx'
import { ErrorState, Skeleton } from '../../components/states.tsx'
import { useOrg } from '../../session/facts.ts'
import { CheckboxField } from '../../ui/checkbox.tsx'
import { NumberField } from '../../ui/number-field.tsx'
import { toastDone } from '../../ui/toast.tsx'
import { type PasswordRule, passwordRuleQuery } from './queries.ts'

const LEAST = 8
const MOST = 64
const KINDS = ['needs_letters', 'needs_digits', 'needs_symbols'] as const

/** What the organisation demands of passwords beyond the platform; it can only be stricter. */
export function PasswordRuleCard() {
  const { t } = useTranslation('security')
  const { data, error, refetch } = useQuery(passwordRuleQuery(useOrg()))
  if (data !== undefined) return <RuleForm rule={data} />
  return (
    <Card title={t('passwords')}>
      {error === null ? <Skeleton /> : <ErrorState error={error} onRetry={() => void refetch()} />}
    </Card>
  )
}

function RuleForm({ rule }: { readonly rule: PasswordRule }) {
  const { t } = useTranslation('security')
  const org = useOrg()
  const client = useQueryClient()
  const form = useForm({
    initial: rule,
    version: JSON.stringify(rule),
    send: (body) => answerOf(api.PUT('/api/orgs/{org}/password-rule', { params: { path: { org } }, body })),
    onDone(saved) {
      toastDone(t('passwordsSaved'))
      client.setQueryData(passwordRuleQuery(org).queryKey, saved)
    },
  })
  const guard = useLeaveGuard(form.isDirty)
  return (
    <Form form={form}>
      <Card title={t('passwords')} purpose={t('passwordsPurpose')}>
        <div className="flex flex-col gap-4">
          <NumberField
            label={t('minLength')}
            hint={t('minLengthHint')}
            unit={t('characters')}
            min={LEAST}
            max={MOST}
            value={form.values.min_length}
            onChange={(value) => form.set('min_length', value)}
            error={form.errorOf('min_length')}
          />
          <fieldset className="flex flex-col gap-2.5">
            <legend className="mb-1.5 font-medium">{t('mustHold')}</legend>
            {KINDS.map((kind) => (
              <CheckboxField
                key={kind}
                label={t(`holds.${kind}`)}
                isChecked={form.values[kind]}
                onChange={(isOn) => form.set(kind, isOn)}
              />
            ))}
          </fieldset>
        </div>
      </Card>
      <SaveBar form={form} />
      {guard.question}
    </Form>
  )
}
