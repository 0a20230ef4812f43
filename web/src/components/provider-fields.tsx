import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { type Provider, type ProviderDesk, staleOf } from '../api/provider-desk.ts'
import { TextField } from '../ui/field.tsx'
import { type FormState, useForm } from './form.tsx'

export type ProviderDraft = { readonly name: string; readonly base_url: string; readonly key: string }

const isAddress = (text: string): boolean => URL.canParse(text.trim())

/** The form of a new provider, with its key if it is at hand, or of one that is changed. */
export function useProviderForm(
  desk: ProviderDesk,
  provider: Provider | null,
  onDone: (provider: Provider) => void,
): FormState<ProviderDraft> {
  const { t } = useTranslation('providers')
  const client = useQueryClient()
  const initial = { name: provider?.name ?? '', base_url: provider?.base_url ?? '', key: '' }
  const form = useForm({
    initial,
    check: ({ name, base_url }) => ({
      ...(name.trim() === '' && { name: t('nameMissing') }),
      ...(!isAddress(base_url) && { base_url: t('addressMissing') }),
    }),
    async send({ name, base_url, key }) {
      const body = { name, base_url: base_url.trim() }
      if (provider !== null) return desk.changeProvider(provider.id, body)
      const added = await desk.addProvider(body)
      return key === '' ? added : desk.setKey(added.id, key)
    },
    onDone(saved) {
      form.reset(provider === null ? initial : { ...form.values, key: '' })
      for (const stale of staleOf(desk)) void client.invalidateQueries(stale)
      onDone(saved)
    },
  })
  return form
}

/** Name and address, and for a new one its key, which goes in and never comes out. */
export function ProviderFields({ form, isNew }: { readonly form: FormState<ProviderDraft>; readonly isNew: boolean }) {
  const { t } = useTranslation('providers')
  return (
    <>
      <TextField
        label={t('name')}
        value={form.values.name}
        onChange={(name) => form.set('name', name)}
        error={form.errorOf('name')}
        maxLength={200}
      />
      <TextField
        label={t('address')}
        hint={t('addressHint')}
        placeholder="https://api.example.com/v1"
        inputMode="url"
        isMono
        value={form.values.base_url}
        onChange={(base_url) => form.set('base_url', base_url)}
        error={form.errorOf('base_url')}
      />
      {isNew && (
        <TextField
          label={t('key')}
          note={t('later')}
          hint={t('keyHint')}
          type="password"
          autoComplete="new-password"
          isMono
          value={form.values.key}
          onChange={(key) => form.set('key', key)}
          error={form.errorOf('key')}
        />
      )}
    </>
  )
}
