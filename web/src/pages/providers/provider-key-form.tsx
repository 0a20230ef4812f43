import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { type Provider, type ProviderDesk, staleOf } from '../../api/provider-desk.ts'
import { FormDialog } from '../../components/form-dialog.tsx'
import { useForm } from '../../components/form.tsx'
import { TextField } from '../../ui/field.tsx'
import { toastDone } from '../../ui/toast.tsx'

const EMPTY = { key: '' }

/** Sets the key of a provider, or replaces it: calls use the new one from then on. */
export function ProviderKeyForm(props: {
  readonly desk: ProviderDesk
  readonly provider: Provider
  readonly onClose: () => void
}) {
  const { desk, provider, onClose } = props
  const { t } = useTranslation('providers')
  const client = useQueryClient()
  const form = useForm({
    initial: EMPTY,
    check: ({ key }) => (key.trim() === '' ? { key: t('keyMissing') } : {}),
    send: ({ key }) => desk.setKey(provider.id, key.trim()),
    onDone() {
      form.reset(EMPTY)
      onClose()
      toastDone(t('keySet_', { name: provider.name }))
      for (const stale of staleOf(desk)) void client.invalidateQueries(stale)
    },
  })
  return (
    <FormDialog
      form={form}
      isOpen
      onClose={onClose}
      title={t('setKeyTitle', { name: provider.name })}
      description={provider.key_mask === null ? t('setKeyText') : t('replaceKeyText', { mask: provider.key_mask })}
      submitLabel={t('setKey')}
    >
      <TextField
        label={t('key')}
        hint={t('keyHint')}
        type="password"
        autoComplete="new-password"
        isMono
        value={form.values.key}
        onChange={(key) => form.set('key', key)}
        error={form.errorOf('key')}
      />
    </FormDialog>
  )
}
