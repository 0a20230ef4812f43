import { useQueryClient } from '@tanstack/react-query'
import { Fingerprint } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../api/client.ts'
import { Form, useForm } from '../components/form.tsx'
import { Button } from '../ui/button.tsx'
import { TextField } from '../ui/field.tsx'
import { factorsQuery } from './factors.ts'
import { isCancelled, isPasskeyKnown, makePasskey } from './passkey.ts'

async function enrol(name: string) {
  try {
    const passkey = await makePasskey(await answerOf(api.POST('/api/me/passkeys/options')))
    return await answerOf(api.POST('/api/me/passkeys', { body: { name, passkey } }))
  } catch (error) {
    if (isCancelled(error)) return null
    throw error
  }
}

/** Makes a passkey with a name. `onDone` gets the recovery codes when there are new ones. */
export function PasskeyEnrolment({ onDone }: { readonly onDone: (codes: readonly string[] | null) => void }) {
  const { t } = useTranslation('proof')
  const client = useQueryClient()
  const form = useForm({
    initial: { name: '' },
    check: ({ name }) => (name.trim() === '' ? { name: t('passkeyNameMissing') } : {}),
    send: ({ name }) => enrol(name.trim()),
    onDone(made) {
      if (made === null) return
      void client.invalidateQueries({ queryKey: factorsQuery.queryKey })
      onDone(made.recovery_codes)
    },
  })
  if (!isPasskeyKnown()) return <p className="text-fg2">{t('passkeyUnknown')}</p>
  return (
    <Form form={form}>
      <TextField
        label={t('passkeyName')}
        hint={t('passkeyNameHint')}
        autoFocus
        maxLength={100}
        value={form.values.name}
        onChange={(name) => form.set('name', name)}
        error={form.errorOf('name')}
      />
      <Button variant="primary" size="large" type="submit" isBusy={form.isBusy}>
        <Fingerprint size={16} aria-hidden />
        {t('addPasskey')}
      </Button>
    </Form>
  )
}
