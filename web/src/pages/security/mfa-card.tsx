import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../../api/client.ts'
import { FormDialog } from '../../components/form-dialog.tsx'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { useForm } from '../../components/form.tsx'
import { Card } from '../../components/page.tsx'
import { ErrorState, Skeleton } from '../../components/states.tsx'
import { Moment } from '../../components/time-ago.tsx'
import { useOrg } from '../../session/facts.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { NumberField } from '../../ui/number-field.tsx'
import { toastDone } from '../../ui/toast.tsx'
import { coverageQuery, securityKey, type SecurityRules } from './queries.ts'

const MOST_DAYS = 90

/** Whether a second factor is demanded, and who would be asked for one. */
export function MfaCard({ rules }: { readonly rules: SecurityRules }) {
  const { t } = useTranslation('security')
  const org = useOrg()
  const client = useQueryClient()
  const [asked, setAsked] = useState<'on' | 'off' | null>(null)
  const isOn = rules.mfa_required_from !== null
  const change = async (required: boolean, grace_days?: number) => {
    const body = { required, ...(grace_days !== undefined && { grace_days }) }
    await answerOf(api.PUT('/api/orgs/{org}/security/mfa', { params: { path: { org } }, body }))
    await client.invalidateQueries({ queryKey: securityKey(org) })
    toastDone(t(required ? 'mfaOn' : 'mfaOff'))
  }
  return (
    <Card
      title={t('mfa')}
      purpose={t('mfaPurpose')}
      actions={
        <Button onClick={() => setAsked(isOn ? 'off' : 'on')}>{isOn ? t('stopDemanding') : t('demandMore')}</Button>
      }
    >
      <div className="flex flex-col gap-4">
        <p className="flex flex-wrap items-center gap-2">
          <Badge tone={isOn ? 'ok' : 'neutral'}>{isOn ? t('demanded') : t('notDemanded')}</Badge>
          {rules.mfa_required_from !== null && (
            <span className="text-fg2">
              {t('since')} <Moment at={rules.mfa_required_from} />
            </span>
          )}
        </p>
        <Coverage />
      </div>
      {asked === 'on' && <Demand onClose={() => setAsked(null)} onSend={(days) => change(true, days)} />}
      <ConfirmDialog
        isOpen={asked === 'off'}
        onClose={() => setAsked(null)}
        title={t('stopTitle')}
        confirmLabel={t('stopDemanding')}
        onConfirm={() => change(false)}
      >
        {t('stopText')}
      </ConfirmDialog>
    </Card>
  )
}

function Coverage() {
  const { t } = useTranslation('security')
  const { data, error, refetch } = useQuery(coverageQuery(useOrg()))
  if (error !== null) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (data === undefined) return <Skeleton />
  const without = data.items.filter(({ has_factor }) => has_factor !== true)
  return (
    <div className="flex flex-col gap-2">
      <p className="font-medium">{t('coverage', { count: data.with_factor, of: data.members })}</p>
      {data.untold > 0 && <p className="meta text-fg3">{t('untold', { count: data.untold })}</p>}
      {without.length > 0 && (
        <details>
          <summary className="cursor-pointer text-accent-text">{t('whoLacks')}</summary>
          <ul className="mt-1 columns-2 gap-6">
            {without.map(({ id, name }) => (
              <li key={id} className="truncate">
                {name}
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  )
}

function Demand(props: { readonly onClose: () => void; readonly onSend: (grace_days: number) => Promise<void> }) {
  const { t } = useTranslation('security')
  const form = useForm({
    initial: { grace_days: 0 },
    send: ({ grace_days }) => props.onSend(grace_days),
    onDone: props.onClose,
  })
  return (
    <FormDialog
      form={form}
      isOpen
      onClose={props.onClose}
      title={t('demand')}
      description={t('demandText')}
      submitLabel={t('demand')}
    >
      <Coverage />
      <NumberField
        label={t('graceDays')}
        hint={t('graceHint')}
        min={0}
        max={MOST_DAYS}
        value={form.values.grace_days}
        onChange={(days) => form.set('grace_days', days ?? 0)}
        error={form.errorOf('grace_days')}
      />
    </FormDialog>
  )
}
