import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../../api/client.ts'
import { Form, SaveBar, useForm, useLeaveGuard } from '../../components/form.tsx'
import { Card } from '../../components/page.tsx'
import { meQuery, useMe } from '../../session/facts.ts'
import { Button } from '../../ui/button.tsx'
import { ComboboxField } from '../../ui/combobox.tsx'
import { TextField } from '../../ui/field.tsx'
import { toastDone } from '../../ui/toast.tsx'
import { ChangeEmail } from './change-email.tsx'

/** Name and time zone, as others and the log see them. */
export function Profile() {
  const { t } = useTranslation('me')
  const me = useMe()
  const client = useQueryClient()
  const [isChanging, setChanging] = useState(false)
  const form = useForm({
    initial: { display_name: me.display_name, time_zone: me.time_zone },
    check: ({ display_name }) => (display_name.trim() === '' ? { display_name: t('nameMissing') } : {}),
    send: (body) => answerOf(api.PATCH('/api/me', { body })),
    onDone(next) {
      client.setQueryData(meQuery.queryKey, next)
      toastDone(t('profileSaved'))
    },
  })
  const guard = useLeaveGuard(form.isDirty)
  const zones = [...new Set(['UTC', me.time_zone, ...Intl.supportedValuesOf('timeZone')])]
  return (
    <Form form={form}>
      <Card title={t('profile')} purpose={t('profilePurpose')}>
        <div className="flex flex-col gap-4">
          <TextField
            label={t('name')}
            autoComplete="name"
            value={form.values.display_name}
            onChange={(value) => form.set('display_name', value)}
            error={form.errorOf('display_name')}
          />
          <div className="flex flex-wrap items-start gap-2">
            <TextField
              label={t('email')}
              hint={t('emailHint')}
              value={me.email}
              onChange={() => undefined}
              isReadOnly
              className="min-w-0 flex-1 basis-60"
            />
            <Button size="large" className="mt-[26px]" onClick={() => setChanging(true)}>
              {t('changeEmail')}
            </Button>
          </div>
          <ComboboxField
            label={t('timeZone')}
            hint={t('timeZoneHint')}
            value={form.values.time_zone}
            options={zones.map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }))}
            onChange={(zone) => form.set('time_zone', zone ?? 'UTC')}
            error={form.errorOf('time_zone')}
          />
        </div>
      </Card>
      <SaveBar form={form} />
      {guard.question}
      <ChangeEmail isOpen={isChanging} onClose={() => setChanging(false)} />
    </Form>
  )
}
