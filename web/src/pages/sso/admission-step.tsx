import { useTranslation } from 'react-i18next'
import { Form, useForm, useLeaveGuard } from '../../components/form.tsx'
import { Card } from '../../components/page.tsx'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { RadioCards } from '../../ui/radio-cards.tsx'
import { SwitchField } from '../../ui/switch.tsx'
import { toastDone } from '../../ui/toast.tsx'
import { ADMISSIONS } from './desk.ts'
import { type StepProps, useReread } from './step.ts'

const wordsOf = (text: string): string[] => text.split(/[\s,]+/).filter((word) => word !== '')

/** Who may come in for the first time, whom provisioning may take over, and what of the provider's word counts. */
export function AdmissionStep({ desk, connection, onNext }: StepProps) {
  const { t } = useTranslation('sso')
  const reread = useReread(desk)
  const { admission, trusts_mfa, adopts_members, groups_claim } = connection
  const form = useForm({
    initial: { admission, trusts_mfa, adopts_members, groups_claim, scopes: connection.scopes.join(' ') },
    check: (values) => ({
      ...(values.groups_claim.trim() === '' && { groups_claim: t('claimMissing') }),
      ...(!wordsOf(values.scopes).includes('openid') && { scopes: t('scopesMissing') }),
    }),
    send: ({ scopes, ...values }) => desk.change(connection.id, { ...values, scopes: wordsOf(scopes) }),
    onDone() {
      toastDone(t('saved'))
      void reread()
    },
  })
  const guard = useLeaveGuard(form.isDirty)
  return (
    <Card title={t('step.admission')} purpose={t(desk.org === null ? 'platformAdmissionText' : 'admissionText')}>
      <Form form={form}>
        {desk.org !== null && (
          <RadioCards
            label={t('admissionLabel')}
            value={form.values.admission}
            onChange={(value) => form.set('admission', value)}
            options={ADMISSIONS.map((value) => ({
              value,
              label: t(`admission.${value}`),
              hint: t(`admissionHint.${value}`),
            }))}
          />
        )}
        <SwitchField
          label={t('trustsMfa')}
          hint={t('trustsMfaHint')}
          isOn={form.values.trusts_mfa}
          onChange={(isOn) => form.set('trusts_mfa', isOn)}
        />
        {desk.org !== null && (
          <SwitchField
            label={t('adoptsMembers')}
            hint={t('adoptsMembersHint')}
            isOn={form.values.adopts_members}
            onChange={(isOn) => form.set('adopts_members', isOn)}
          />
        )}
        <div className="grid gap-4 sm:grid-cols-2">
          <TextField
            label={t('groupsClaim')}
            hint={t('groupsClaimHint')}
            isMono
            value={form.values.groups_claim}
            onChange={(value) => form.set('groups_claim', value)}
            error={form.errorOf('groups_claim')}
          />
          <TextField
            label={t('scopes')}
            hint={t('scopesHint')}
            isMono
            value={form.values.scopes}
            onChange={(value) => form.set('scopes', value)}
            error={form.errorOf('scopes')}
          />
        </div>
        <div className="flex justify-end">
          {form.isDirty ? (
            <Button variant="primary" type="submit" isBusy={form.isBusy}>
              {t('save')}
            </Button>
          ) : (
            <Button onClick={onNext}>{t('next')}</Button>
          )}
        </div>
      </Form>
      {guard.question}
    </Card>
  )
}
