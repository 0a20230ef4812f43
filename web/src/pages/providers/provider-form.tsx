import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../../api/client.ts'
import { FormDialog } from '../../components/form-dialog.tsx'
import { useForm } from '../../components/form.tsx'
import { useOrg } from '../../session/facts.ts'
import { TextField } from '../../ui/field.tsx'
import { toastDone } from '../../ui/toast.tsx'
import { type Provider, STALE } from './queries.ts'

const isAddress = (text: string): boolean => URL.canParse(text.trim())

/** Adds a provider of the organisation, with its key if it is at hand, or changes one. The key goes in and never comes out. */
export function ProviderForm(props: {
  readonly isOpen: boolean
  readonly onClose: () => void
  readonly provider?: Provider
}) {
  const { t } = useTranslation('providers')
  const org = useOrg()
  const client = useQueryClient()
  const { provider } = props
  const initial = { name: provider?.name ?? '', base_url: provider?.base_url ?? '', key: '' }
  const form = useForm({
    initial,
    check: ({ name, base_url }) => ({
      ...(name.trim() === '' && { name: t('nameMissing') }),
      ...(!isAddress(base_url) && { base_url: t('addressMissing') }),
    }),
    async send({ name, base_url, key }) {
      const body = { name, base_url: base_url.trim() }
      if (provider !== undefined) {
        const params = { path: { org, provider: provider.id } }
        return answerOf(api.PATCH('/api/orgs/{org}/providers/{provider}', { params, body }))
      }
      const draft = { ...body, type: 'openai_compatible' as const }
      const added = await answerOf(api.POST('/api/orgs/{org}/providers', { params: { path: { org } }, body: draft }))
      if (key !== '') {
        const params = { path: { org, provider: added.id } }
        await answerOf(api.PUT('/api/orgs/{org}/providers/{provider}/key', { params, body: { key } }))
      }
      return added
    },
    onDone({ name }) {
      form.reset(provider === undefined ? initial : { ...form.values, key: '' })
      props.onClose()
      toastDone(t(provider === undefined ? 'added_' : 'saved_', { name }))
      for (const stale of STALE(org)) void client.invalidateQueries(stale)
    },
  })
  return (
    <FormDialog
      form={form}
      isOpen={props.isOpen}
      onClose={props.onClose}
      title={provider === undefined ? t('addProvider') : t('editTitle', { name: provider.name })}
      {...(provider === undefined && { description: t('addProviderText') })}
      submitLabel={provider === undefined ? t('addProvider') : t('saveProvider')}
    >
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
      {provider === undefined && (
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
    </FormDialog>
  )
}
