import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../../api/client.ts'
import { FormDialog } from '../../components/form-dialog.tsx'
import { useForm } from '../../components/form.tsx'
import { ShownOnce } from '../../components/shown-once.tsx'
import { useOrg } from '../../session/facts.ts'
import { TextField } from '../../ui/field.tsx'
import { RadioCards } from '../../ui/radio-cards.tsx'
import { toastDone } from '../../ui/toast.tsx'

type Values = { readonly email: string; readonly display_name: string; readonly surface: 'studio' | 'hub' }
const EMPTY: Values = { email: '', display_name: '', surface: 'studio' }

/** Makes somebody a member. A higher role is a second act, on their own screen. */
export function AddPerson({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) {
  const { t } = useTranslation('people')
  const org = useOrg()
  const client = useQueryClient()
  const [password, setPassword] = useState<string | null>(null)
  const form = useForm({
    initial: EMPTY,
    check: ({ email, display_name }) => ({
      ...(!email.includes('@') && { email: t('emailMissing') }),
      ...(display_name.trim() === '' && { display_name: t('nameMissing') }),
    }),
    send: (body) => answerOf(api.POST('/api/orgs/{org}/members', { params: { path: { org } }, body })),
    onDone(person, sent) {
      setPassword(person.one_time_password)
      form.reset(EMPTY)
      onClose()
      toastDone(t('added', { name: sent.display_name }))
      void client.invalidateQueries({ queryKey: ['org', org, 'members'] })
    },
  })
  return (
    <>
      <FormDialog
        form={form}
        isOpen={isOpen}
        onClose={onClose}
        title={t('addPerson')}
        description={t('addPersonText')}
        submitLabel={t('addPerson')}
      >
        <TextField
          label={t('email')}
          type="email"
          inputMode="email"
          value={form.values.email}
          onChange={(value) => form.set('email', value)}
          error={form.errorOf('email')}
        />
        <TextField
          label={t('name')}
          value={form.values.display_name}
          onChange={(value) => form.set('display_name', value)}
          error={form.errorOf('display_name')}
        />
        <RadioCards
          label={t('surface')}
          columns={2}
          value={form.values.surface}
          onChange={(surface) => form.set('surface', surface)}
          options={[
            { value: 'studio', label: t('surfaces.studio'), hint: t('surfaceHint.studio') },
            { value: 'hub', label: t('surfaces.hub'), hint: t('surfaceHint.hub') },
          ]}
        />
      </FormDialog>
      <ShownOnce
        secret={password}
        onClose={() => setPassword(null)}
        title={t('oneTimePassword')}
        text={t('oneTimePasswordText')}
        label={t('oneTimePassword')}
      />
    </>
  )
}
