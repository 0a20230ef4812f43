import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../api/answer.ts'
import { answerOf, api } from '../../api/client.ts'
import { type FormState, useForm } from '../../components/form.tsx'
import { TextField } from '../../ui/field.tsx'

export type Created = Answer<'/api/platform/organisations', 'post'>
type Draft = { readonly name: string; readonly owner_email: string }

const EMPTY: Draft = { name: '', owner_email: '' }

/** The form of a new organisation: it waits for the owner who is invited. */
export function useOrganisationForm(onDone: (created: Created) => void): FormState<Draft> {
  const { t } = useTranslation('platform')
  const client = useQueryClient()
  const form = useForm({
    initial: EMPTY,
    check: (values) => ({
      ...(values.name.trim() === '' && { name: t('nameMissing') }),
      ...(!values.owner_email.includes('@') && { owner_email: t('emailMissing') }),
    }),
    send: ({ name, owner_email }) =>
      answerOf(api.POST('/api/platform/organisations', { body: { name, owner: { email: owner_email.trim() } } })),
    onDone(created) {
      form.reset(EMPTY)
      void client.invalidateQueries({ queryKey: ['platform', 'organisations'] })
      void client.invalidateQueries({ queryKey: ['platform', 'overview'] })
      onDone(created)
    },
  })
  return form
}

export function OrganisationFields({ form }: { readonly form: FormState<Draft> }) {
  const { t } = useTranslation('platform')
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
        label={t('ownerEmail')}
        type="email"
        value={form.values.owner_email}
        onChange={(email) => form.set('owner_email', email)}
        error={form.errorOf('owner_email')}
      />
    </>
  )
}
