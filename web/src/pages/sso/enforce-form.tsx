import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../../api/client.ts'
import { FormDialog } from '../../components/form-dialog.tsx'
import { useForm } from '../../components/form.tsx'
import { useAccess } from '../../session/facts.ts'
import { Banner } from '../../ui/banner.tsx'
import { CheckboxField } from '../../ui/checkbox.tsx'
import { NumberField } from '../../ui/number-field.tsx'
import { SelectField } from '../../ui/select.tsx'
import { toastDone } from '../../ui/toast.tsx'
import { type Enforcement, enforcementQuery, ownersQuery } from './queries.ts'

const MOST_DAYS = 90
const USUAL_DAYS = 30

/** Enforces single sign-on, with the one owner who may come in without it for a limited time. */
export function EnforceForm(props: {
  readonly org: string
  readonly enforcement: Enforcement
  readonly onClose: () => void
}) {
  const { t } = useTranslation('sso')
  const { org, enforcement } = props
  const { is_enforced, break_glass, impact } = enforcement
  const { organisation } = useAccess()
  const client = useQueryClient()
  const { data: owners = [] } = useQuery(ownersQuery(org))
  const form = useForm({
    initial: {
      member_id: break_glass?.member_id ?? organisation.membership?.member_id ?? '',
      days: USUAL_DAYS,
      confirm_lockout: false,
    },
    send: ({ member_id, days, confirm_lockout }) =>
      answerOf(
        api.PUT('/api/orgs/{org}/sso/enforcement', {
          params: { path: { org } },
          body: { is_enforced: true, break_glass: { member_id, days }, confirm_lockout },
        }),
      ),
    onDone(after) {
      client.setQueryData(enforcementQuery(org).queryKey, after)
      toastDone(t(is_enforced ? 'armed' : 'nowEnforced'))
      props.onClose()
    },
  })
  const left = impact.active_members - impact.linked_members
  const isAsked = form.problem?.code === 'sso_locks_out'
  return (
    <FormDialog
      form={form}
      isOpen
      onClose={props.onClose}
      title={t(is_enforced ? 'arm' : 'enforce')}
      description={t('enforceText')}
      submitLabel={t(is_enforced ? 'arm' : 'enforce')}
      isDangerous={!is_enforced}
    >
      {!is_enforced && left > 0 && (
        <Banner tone="warn" title={t('notLinkedYet', { count: left })}>
          {t('notLinkedText')}
        </Banner>
      )}
      <SelectField
        label={t('breakGlassOwner')}
        hint={t('breakGlassHint')}
        value={form.values.member_id}
        options={owners.map(({ id, display_name, email }) => ({ value: id, label: display_name ?? email ?? id }))}
        onChange={(id) => form.set('member_id', id)}
        error={form.errorOf('member_id')}
      />
      <NumberField
        label={t('armedDays')}
        hint={t('armedDaysHint')}
        min={1}
        max={MOST_DAYS}
        value={form.values.days}
        onChange={(days) => form.set('days', days ?? USUAL_DAYS)}
        error={form.errorOf('days')}
      />
      {isAsked && (
        <CheckboxField
          label={t('confirmLockout')}
          isChecked={form.values.confirm_lockout}
          onChange={(isOn) => form.set('confirm_lockout', isOn)}
        >
          {t('confirmLockoutText')}
        </CheckboxField>
      )}
    </FormDialog>
  )
}
