import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { toProblem } from '../../api/problem.ts'
import { CopyLine } from '../../components/copy-line.tsx'
import { Form, useForm, useLeaveGuard } from '../../components/form.tsx'
import { Card, Facts } from '../../components/page.tsx'
import { ProblemBanner } from '../../components/problem-banner.tsx'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { toastDone } from '../../ui/toast.tsx'
import { type Connection, PRESETS } from './desk.ts'
import { draftOf, ProviderFields, providerMistakes, type ProviderValues } from './provider-fields.tsx'
import { type StepProps, useReread } from './step.ts'

/** Entra's issuer is made of its tenant. */
const TENANT = /^https:\/\/login\.microsoftonline\.com\/([^/]+)\//

function valuesOf({ name, client_id, preset, issuer, domain_url }: Connection): ProviderValues {
  return {
    name,
    client_id,
    preset: PRESETS.find((each) => each === preset) ?? 'other',
    tenant: TENANT.exec(issuer)?.[1] ?? '',
    domain_url: domain_url ?? '',
    issuer: preset === 'other' ? issuer : '',
  }
}

/** Which provider it is, and what has to be registered there. */
export function ProviderStep({ desk, connection, onNext }: StepProps) {
  const { t } = useTranslation('sso')
  const reread = useReread(desk)
  const initial = valuesOf(connection)
  const form = useForm({
    initial,
    check: (values) => providerMistakes(t, values),
    send(values) {
      const { name, client_id, ...place } = draftOf(values)
      const isMoved = (['tenant', 'issuer', 'domain_url'] as const).some((each) => values[each] !== initial[each])
      return desk.change(connection.id, { name, client_id, ...(isMoved && place) })
    },
    onDone() {
      toastDone(t('saved'))
      void reread()
    },
  })
  const guard = useLeaveGuard(form.isDirty)
  return (
    <>
      <Card title={t('step.provider')} purpose={t(`preset.${connection.preset}`)}>
        <Form form={form}>
          <ProviderFields form={form} />
          <div className="flex justify-end gap-2">
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
      <Card title={t('register')} purpose={t('registerText')}>
        <div className="flex flex-col gap-3">
          <CopyLine label={t('redirectUri')} text={connection.redirect_uri} />
          <CopyLine label={t('logoutUri')} text={connection.back_channel_logout_uri} />
        </div>
      </Card>
      <AskProvider desk={desk} connection={connection} />
    </>
  )
}

/** Whether the provider can be reached and is who it should be. */
function AskProvider({ desk, connection }: Pick<StepProps, 'desk' | 'connection'>) {
  const { t } = useTranslation('sso')
  const ask = useMutation({ mutationFn: () => desk.check(connection.id) })
  return (
    <Card
      title={t('discovery')}
      purpose={t('discoveryText')}
      actions={
        <Button isBusy={ask.isPending} onClick={() => ask.mutate()}>
          {t('askProvider')}
        </Button>
      }
    >
      {ask.error !== null && <ProblemBanner problem={toProblem(ask.error)} />}
      {ask.data !== undefined && (
        <div className="flex flex-col gap-3">
          <Banner tone="info" title={t('answered')} />
          <Facts
            facts={[
              { label: t('issuer'), value: <span className="font-mono text-[12px]">{ask.data.issuer}</span> },
              {
                label: t('authorization'),
                value: <span className="font-mono text-[12px]">{ask.data.authorization_endpoint}</span>,
              },
              {
                label: t('tokenEndpoint'),
                value: <span className="font-mono text-[12px]">{ask.data.token_endpoint}</span>,
              },
              { label: t('algorithms'), value: ask.data.signing_algorithms.join(', ') },
            ]}
          />
        </div>
      )}
    </Card>
  )
}
