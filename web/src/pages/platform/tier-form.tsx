import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../../api/client.ts'
import type { Tier } from '../../api/platform.ts'
import { FormDialog } from '../../components/form-dialog.tsx'
import { useForm } from '../../components/form.tsx'
import { TextField } from '../../ui/field.tsx'
import { NumberField } from '../../ui/number-field.tsx'
import { toastDone } from '../../ui/toast.tsx'

const MEGABYTE = 1_000_000
const NAME = /^[a-z][a-z0-9_-]{0,39}$/

type Values = {
  readonly name: string
  readonly position: number | null
  readonly max_execution_seconds: number | null
  readonly max_input_megabytes: number | null
  readonly max_steps: number | null
}

const valuesOf = (tier: Tier | null): Values => ({
  name: tier?.name ?? '',
  position: tier?.position ?? 0,
  max_execution_seconds: tier?.max_execution_seconds ?? null,
  max_input_megabytes: tier?.max_input_bytes == null ? null : tier.max_input_bytes / MEGABYTE,
  max_steps: tier?.max_steps ?? null,
})

/** Makes a tier, or changes its maxima; an empty field is no limit by the tier. */
export function TierForm({ tier, onClose }: { readonly tier: Tier | null; readonly onClose: () => void }) {
  const { t } = useTranslation('platform')
  const client = useQueryClient()
  const form = useForm({
    initial: valuesOf(tier),
    check: ({ name }) => (NAME.test(name.trim()) ? {} : { name: t('tiers.nameWrong') }),
    send: ({ name, position, max_execution_seconds, max_input_megabytes, max_steps }) =>
      answerOf(
        api.PUT('/api/platform/tiers/{tier}', {
          params: { path: { tier: name.trim() } },
          body: {
            position: position ?? 0,
            max_execution_seconds,
            max_input_bytes: max_input_megabytes === null ? null : Math.round(max_input_megabytes * MEGABYTE),
            max_steps,
          },
        }),
      ),
    onDone({ name }) {
      onClose()
      toastDone(t('tiers.saved', { name }))
      void client.invalidateQueries({ queryKey: ['platform', 'tiers'] })
    },
  })
  const number = (name: Exclude<keyof Values, 'name'>) => ({
    value: form.values[name],
    onChange: (value: number | null) => form.set(name, value),
    error: form.errorOf(name),
  })
  return (
    <FormDialog
      form={form}
      isOpen
      onClose={onClose}
      title={tier === null ? t('tiers.add') : t('tiers.editTitle', { name: tier.name })}
      description={t('tiers.formText')}
      submitLabel={t(tier === null ? 'tiers.add' : 'tiers.save')}
    >
      {tier === null && (
        <TextField
          label={t('name')}
          hint={t('tiers.nameHint')}
          isMono
          value={form.values.name}
          onChange={(name) => form.set('name', name)}
          error={form.errorOf('name')}
        />
      )}
      <NumberField label={t('tiers.seconds')} min={1} step={1} unit="s" {...number('max_execution_seconds')} />
      <NumberField label={t('tiers.input')} min={1} unit="MB" {...number('max_input_megabytes')} />
      <NumberField label={t('tiers.steps')} min={1} step={1} {...number('max_steps')} />
      <NumberField
        label={t('tiers.position')}
        hint={t('tiers.positionHint')}
        min={0}
        max={1000}
        {...number('position')}
      />
    </FormDialog>
  )
}
