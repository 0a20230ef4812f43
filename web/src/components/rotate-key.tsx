import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../api/client.ts'
import { FormDialog } from './form-dialog.tsx'
import { useForm } from './form.tsx'
import { ShownOnce } from './shown-once.tsx'
import { useOrg } from '../session/facts.ts'
import { SelectField } from '../ui/select.tsx'
import type { ApiKey } from '../api/api-keys.ts'

const OVERLAPS = ['0', '24', '72', '168'] as const
const DAYS = ['30', '90', '180', '365'] as const
type Values = { readonly overlap: (typeof OVERLAPS)[number]; readonly days: (typeof DAYS)[number] }
const USUAL: Values = { overlap: '24', days: '90' }

/** Gives a key a new secret; the one before stays good for a while, so that programs can be changed one by one. */
export function RotateKey(props: { readonly apiKey: ApiKey; readonly isOwn: boolean; readonly onClose: () => void }) {
  const { t } = useTranslation('api-keys')
  const org = useOrg()
  const client = useQueryClient()
  const [secret, setSecret] = useState<string | null>(null)
  const [isAsking, setAsking] = useState(true)
  const form = useForm({
    initial: USUAL,
    send: ({ overlap, days }) => {
      const params = { path: { org, key: props.apiKey.id } }
      const body = { overlap_hours: Number(overlap), expires_in_days: Number(days) }
      return props.isOwn
        ? answerOf(api.POST('/api/orgs/{org}/me/api-keys/{key}/rotate', { params, body }))
        : answerOf(api.POST('/api/orgs/{org}/api-keys/{key}/rotate', { params, body }))
    },
    onDone({ key }) {
      setAsking(false)
      setSecret(key)
      void client.invalidateQueries({ queryKey: ['org', org, 'api-keys'] })
    },
  })
  return (
    <>
      <FormDialog
        form={form}
        isOpen={isAsking}
        onClose={props.onClose}
        title={t('rotateTitle', { name: props.apiKey.name })}
        description={t('rotateText')}
        submitLabel={t('rotate')}
      >
        <SelectField
          label={t('overlap')}
          value={form.values.overlap}
          options={OVERLAPS.map((value) => ({
            value,
            label: value === '0' ? t('noOverlap') : t('overlapHours', { count: Number(value) }),
          }))}
          onChange={(overlap) => form.set('overlap', overlap)}
        />
        <SelectField
          label={t('expires')}
          value={form.values.days}
          options={DAYS.map((value) => ({ value, label: t('inDays', { count: Number(value) }) }))}
          onChange={(days) => form.set('days', days)}
        />
      </FormDialog>
      <ShownOnce
        secret={secret}
        onClose={props.onClose}
        title={t('shownTitle')}
        text={t('shownText')}
        label={t('key')}
      />
    </>
  )
}
