import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../../api/client.ts'
import { type PlatformSettings, settingsQuery } from '../../api/platform.ts'
import { CopyAsCurl } from '../../components/copy-as-curl.tsx'
import { Form, type FormState, SaveBar, useForm, useLeaveGuard } from '../../components/form.tsx'
import { Card, Page, PageHeader } from '../../components/page.tsx'
import { NumberField } from '../../ui/number-field.tsx'
import { RadioCards } from '../../ui/radio-cards.tsx'
import { SwitchField } from '../../ui/switch.tsx'
import { toastDone } from '../../ui/toast.tsx'
import { SETTING_BOUNDS, type SettingNumber, type SettingsDraft, settingsOf, valuesOf } from './settings.ts'

/** How people come in and how long they stay, when runs are archived, and how far super-admins may look. */
export function PlatformSettingsPage() {
  const { t } = useTranslation('platform')
  const { data: settings } = useSuspenseQuery(settingsQuery)
  return (
    <Page kind="form">
      <PageHeader
        title={t('settings.title')}
        purpose={t('settings.purpose')}
        actions={<CopyAsCurl path="/api/platform/settings" />}
      />
      <SettingsForm key={JSON.stringify(settings)} settings={settings} />
    </Page>
  )
}

function SettingsForm({ settings }: { readonly settings: PlatformSettings }) {
  const { t } = useTranslation('platform')
  const client = useQueryClient()
  const initial = valuesOf(settings)
  const form = useForm({
    initial,
    send: (values) => answerOf(api.PATCH('/api/platform/settings', { body: settingsOf(values, initial) })),
    onDone() {
      toastDone(t('settings.saved'))
      for (const topic of ['settings', 'overview']) void client.invalidateQueries({ queryKey: ['platform', topic] })
      void client.invalidateQueries({ queryKey: ['deployment'] })
    },
  })
  const guard = useLeaveGuard(form.isDirty)
  return (
    <Form form={form} className="gap-5">
      <ComingIn form={form} />
      <Staying form={form} />
      <Keeping form={form} />
      <Superadmins form={form} />
      <SaveBar form={form} />
      {guard.question}
    </Form>
  )
}

type Props = { readonly form: FormState<SettingsDraft> }

function ComingIn({ form }: Props) {
  const { t } = useTranslation('platform')
  return (
    <Card title={t('settings.comingIn')}>
      <div className="flex flex-col gap-4">
        <Toggle form={form} name="registration_is_open" />
        {form.values.registration_is_open && <Amount form={form} name="registrations_per_hour" />}
        <Toggle form={form} name="email_verification_is_required" />
        <Amount form={form} name="invitation_days" />
        <Amount form={form} name="one_time_password_days" />
        <p className="meta text-fg3">{t('settings.passwordRule')}</p>
      </div>
    </Card>
  )
}

function Staying({ form }: Props) {
  const { t } = useTranslation('platform')
  return (
    <Card title={t('settings.staying')} purpose={t('settings.stayingText')}>
      <div className="grid gap-4 sm:grid-cols-2">
        <Amount form={form} name="session_idle_minutes" />
        <Amount form={form} name="session_absolute_hours" />
      </div>
    </Card>
  )
}

function Keeping({ form }: Props) {
  const { t } = useTranslation('platform')
  return (
    <Card title={t('settings.keeping')} purpose={t('settings.keepingText')}>
      <Amount form={form} name="archive_after_days" />
    </Card>
  )
}

function Superadmins({ form }: Props) {
  const { t } = useTranslation('platform')
  return (
    <Card title={t('settings.superadmins')}>
      <div className="flex flex-col gap-4">
        <Toggle form={form} name="superadmin_factor_is_required" />
        <RadioCards
          label={t('settings.content_access')}
          columns={2}
          value={form.values.content_access}
          options={(['open', 'reason_required'] as const).map((value) => ({
            value,
            label: t(`settings.access.${value}`),
            hint: t(`settings.accessHint.${value}`),
          }))}
          onChange={(value) => form.set('content_access', value)}
        />
      </div>
    </Card>
  )
}

type Switched = 'registration_is_open' | 'email_verification_is_required' | 'superadmin_factor_is_required'

function Toggle({ form, name }: Props & { readonly name: Switched }) {
  const { t } = useTranslation('platform')
  return (
    <SwitchField
      label={t(`settings.${name}`)}
      hint={t(`settings.${name}Hint`)}
      isOn={form.values[name]}
      onChange={(isOn) => form.set(name, isOn)}
    />
  )
}

function Amount({ form, name }: Props & { readonly name: SettingNumber }) {
  const { t } = useTranslation('platform')
  const [min, max] = SETTING_BOUNDS[name]
  return (
    <NumberField
      label={t(`settings.${name}`)}
      unit={t(`settings.unit.${name}`)}
      min={min}
      max={max}
      step={1}
      value={form.values[name]}
      onChange={(value) => form.set(name, value ?? min)}
      error={form.errorOf(name)}
    />
  )
}
