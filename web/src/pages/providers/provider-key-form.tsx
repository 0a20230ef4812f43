import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../../api/client.ts'
import { FormDialog } from '../../components/form-dialog.tsx'
import { useForm } from '../../components/form.tsx'
import { useOrg } from '../../session/facts.ts'
import { TextField } from '../../ui/field.tsx'
import { toastDone } from '../../ui/toast.tsx'
import { type Provider, STALE } from './queries.ts'

const EMPTY = { key: '' }

/** Sets the key of a provider, or replaces it: calls use the new one from then on. */
export function ProviderKeyForm({ provider, onClose }: { readonly provider: Provider; readonly onClose: () => void }) {
  const { t } = useTranslation('providers')
  const org = useOrg()
  const client = useQueryClient()
  const form = useForm({
    initial: EMPTY,
    check: ({ key }) => (key.trim() === '' ? { key: t('keyMissing') } : {}),
    send: ({ key }) => {
      const params = { path: { org, provider: provider.id } }
      return answerOf(api.PUT('/api/orgs/{org}/providers/{provider}/key', { params, body: { key: key.trim() } }))
    },
    onDone() {
      form.reset(EMPTY)
      onClose()
      toastDone(t('keySet_', { name: provider.name }))
      for (const stale of STALE(org)) void client.invalidateQueries(stale)
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
