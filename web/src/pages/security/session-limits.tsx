import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../../api/client.ts'
import { Form, SaveBar, useForm, useLeaveGuard } from '../../components/form.tsx'
import { Card } from '../../components/page.tsx'
import { useOrg } from '../../session/facts.ts'
import { NumberField } from '../../ui/number-field.tsx'
import { toastDone } from '../../ui/toast.tsx'
import { securityKey, type SecurityRules } from './queries.ts'

const MINUTE_S = 60
const HOUR_S = 3600

const inUnits = (seconds: number | null, unit_s: number) => (seconds === null ? null : Math.round(seconds / unit_s))
const inSeconds = (count: number | null, unit_s: number) => (count === null ? null : count * unit_s)

/** How long a session lasts here; empty is as long as the platform allows. */
export function SessionLimits({ rules }: { readonly rules: SecurityRules }) {
  const { t } = useTranslation('security')
  const org = useOrg()
  const client = useQueryClient()
  const form = useForm({
    version: rules.version,
    initial: {
      idle_timeout_s: inUnits(rules.idle_timeout_s, MINUTE_S),
      absolute_timeout_s: inUnits(rules.absolute_timeout_s, HOUR_S),
    },
    send: ({ idle_timeout_s, absolute_timeout_s }) =>
      answerOf(
        api.PUT('/api/orgs/{org}/security/sessions', {
          params: { path: { org } },
          body: {
            idle_timeout_s: inSeconds(idle_timeout_s, MINUTE_S),
            absolute_timeout_s: inSeconds(absolute_timeout_s, HOUR_S),
          },
        }),
      ),
    onDone() {
      toastDone(t('sessionsSaved'))
      void client.invalidateQueries({ queryKey: securityKey(org) })
    },
  })
  const guard = useLeaveGuard(form.isDirty)
  const idleMost = Math.floor(rules.platform.idle_timeout_s / MINUTE_S)
  const absoluteMost = Math.floor(rules.platform.absolute_timeout_s / HOUR_S)
  return (
    <Form form={form}>
      <Card title={t('sessions')} purpose={t('sessionsPurpose')}>
        <div className="grid gap-4 sm:grid-cols-2">
          <NumberField
            label={t('idle')}
            hint={t('platformMost', { count: idleMost, unit: t('minutes') })}
            unit={t('minutes')}
            min={1}
            max={idleMost}
            value={form.values.idle_timeout_s}
            onChange={(value) => form.set('idle_timeout_s', value)}
            error={form.errorOf('idle_timeout_s')}
          />
          <NumberField
            label={t('absolute')}
            hint={t('platformMost', { count: absoluteMost, unit: t('hours') })}
            unit={t('hours')}
            min={1}
            max={absoluteMost}
            value={form.values.absolute_timeout_s}
            onChange={(value) => form.set('absolute_timeout_s', value)}
            error={form.errorOf('absolute_timeout_s')}
          />
        </div>
      </Card>
      <SaveBar form={form} />
      {guard.question}
    </Form>
  )
}
