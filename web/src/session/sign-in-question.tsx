import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Form, useForm } from '../components/form.tsx'
import { Button } from '../ui/button.tsx'
import { AlertDialog } from '../ui/dialog.tsx'
import { TextField } from '../ui/field.tsx'
import { ProofForm } from './proof-form.tsx'
import { askPasskeyOptions, type HalfWay, proveSecondStep, signInWith } from './sign-in.ts'

/** Asks for the password of whoever was signed in, and for the second factor if there is one. */
export function SignInQuestion({ email, onDone }: { readonly email: string; readonly onDone: () => void }) {
  const { t } = useTranslation('shell')
  const client = useQueryClient()
  const [half, setHalf] = useState<HalfWay | null>(null)
  const goOn = () => {
    onDone()
    void client.invalidateQueries()
  }
  return (
    <AlertDialog isOpen onClose={() => undefined} title={t('signInAgain')} description={t('signInAgainText')}>
      {half === null ? (
        <Password email={email} onDone={(next) => (next === null ? goOn() : setHalf(next))} />
      ) : (
        <ProofForm
          ways={half.ways}
          submitLabel={t('signIn')}
          askOptions={() => askPasskeyOptions(half.ticket)}
          send={(proof) => proveSecondStep(half.ticket, proof)}
          onDone={goOn}
        />
      )}
    </AlertDialog>
  )
}

function Password({ email, onDone }: { readonly email: string; readonly onDone: (half: HalfWay | null) => void }) {
  const { t } = useTranslation('shell')
  const form = useForm({
    initial: { password: '' },
    send: ({ password }) => signInWith(email, password),
    onDone,
  })
  return (
    <Form form={form}>
      <TextField
        label={t('email')}
        value={email}
        onChange={() => undefined}
        isReadOnly
        autoComplete="username"
        type="email"
      />
      <TextField
        label={t('password')}
        type="password"
        autoComplete="current-password"
        value={form.values.password}
        onChange={(value) => form.set('password', value)}
        error={form.errorOf('password')}
      />
      <div className="flex justify-between gap-2">
        <Button variant="ghost" onClick={() => location.assign('/login')}>
          {t('someoneElse')}
        </Button>
        <Button variant="primary" type="submit" isBusy={form.isBusy}>
          {t('signIn')}
        </Button>
      </div>
    </Form>
  )
}
