import { Building2, Fingerprint } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useMutation } from '@tanstack/react-query'
import type { Answer } from '../../api/answer.ts'
import { answerOf, api } from '../../api/client.ts'
import { toProblem } from '../../api/problem.ts'
import { Form, useForm } from '../../components/form.tsx'
import { ProblemBanner } from '../../components/problem-banner.tsx'
import { isCancelled, isPasskeyKnown, showPasskey } from '../../session/passkey.ts'
import { askPasskeyOptions, type HalfWay, leaveForProvider, signInWith } from '../../session/sign-in.ts'
import { Button, TextLink } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { safeNext } from './enter.ts'

export type Found = Answer<'/api/sign-in-ways', 'post'>

/** Which address, or a passkey, which needs none. */
export function AddressStep(props: {
  readonly email: string
  readonly next: string | undefined
  readonly onFound: (found: Found, email: string) => void
  readonly onDone: () => void
}) {
  const { t } = useTranslation('start')
  const form = useForm({
    initial: { email: props.email },
    check: ({ email }) => (email.includes('@') ? {} : { email: t('emailMissing') }),
    send: ({ email }) => answerOf(api.POST('/api/sign-in-ways', { body: { email: email.trim() } })),
    onDone(found, { email }) {
      const { sso } = found
      if (sso === null || found.password) props.onFound(found, email.trim())
      else void goToProvider(sso.connection_id, email.trim(), props.next)
    },
  })
  return (
    <div className="flex flex-col gap-4">
      <Form form={form}>
        <TextField
          label={t('email')}
          type="email"
          inputMode="email"
          autoComplete="username webauthn"
          autoFocus
          value={form.values.email}
          onChange={(value) => form.set('email', value)}
          error={form.errorOf('email')}
        />
        <Button variant="primary" size="large" type="submit" isBusy={form.isBusy}>
          {t('continue')}
        </Button>
      </Form>
      {isPasskeyKnown() && <PasskeyWay onDone={props.onDone} />}
    </div>
  )
}

async function signInWithPasskey(): Promise<boolean> {
  try {
    const passkey = await showPasskey(await askPasskeyOptions())
    await api.POST('/api/sessions/passkey', { body: { passkey } })
    return true
  } catch (error) {
    if (isCancelled(error)) return false
    throw error
  }
}

function PasskeyWay({ onDone }: { readonly onDone: () => void }) {
  const { t } = useTranslation('start')
  const act = useMutation({
    mutationFn: signInWithPasskey,
    onSuccess: (isIn) => {
      if (isIn) onDone()
    },
  })
  return (
    <>
      <Or />
      <Button size="large" isBusy={act.isPending} onClick={() => act.mutate()}>
        <Fingerprint size={16} aria-hidden />
        {t('passkeyWay')}
      </Button>
      {act.error !== null && <ProblemBanner problem={toProblem(act.error)} />}
    </>
  )
}

function Or() {
  const { t } = useTranslation('start')
  return (
    <div className="meta flex items-center gap-3 text-fg3">
      <span className="h-px flex-1 bg-line" aria-hidden />
      {t('or')}
      <span className="h-px flex-1 bg-line" aria-hidden />
    </div>
  )
}

const goToProvider = (connection_id: string, email: string, next: string | undefined): Promise<void> =>
  leaveForProvider(connection_id, email, safeNext(next))

/** The password of an address, and its organisation's provider where it has one. */
export function PasswordStep(props: {
  readonly email: string
  readonly found: Found
  readonly next: string | undefined
  readonly onChangeAddress: () => void
  readonly onDone: (half: HalfWay | null) => void
}) {
  const { t } = useTranslation('start')
  const { email, found } = props
  const form = useForm({
    initial: { password: '' },
    check: ({ password }) => (password === '' ? { password: t('passwordMissing') } : {}),
    send: ({ password }) => signInWith(email, password),
    onDone: props.onDone,
  })
  return (
    <div className="flex flex-col gap-4">
      {found.sso !== null && <ProviderWay sso={found.sso} email={email} next={props.next} />}
      <Form form={form}>
        <div className="flex items-center justify-between gap-3">
          <p className="min-w-0 truncate" title={email}>
            {email}
          </p>
          <Button variant="ghost" size="compact" onClick={props.onChangeAddress}>
            {t('changeAddress')}
          </Button>
        </div>
        <input type="email" autoComplete="username" value={email} readOnly hidden />
        <TextField
          label={t('password')}
          type="password"
          autoComplete="current-password"
          autoFocus
          value={form.values.password}
          onChange={(value) => form.set('password', value)}
          error={form.errorOf('password')}
        />
        {form.problem?.code === 'email_unverified' && <SendAgain email={email} />}
        <Button variant="primary" size="large" type="submit" isBusy={form.isBusy}>
          {t('signIn')}
        </Button>
        <p className="text-center">
          <TextLink to="/forgot" search={{ email }}>
            {t('forgotLink')}
          </TextLink>
        </p>
      </Form>
    </div>
  )
}

function ProviderWay(props: {
  readonly sso: NonNullable<Found['sso']>
  readonly email: string
  readonly next: string | undefined
}) {
  const { t } = useTranslation('start')
  const act = useMutation({ mutationFn: () => goToProvider(props.sso.connection_id, props.email, props.next) })
  return (
    <>
      <Button size="large" isBusy={act.isPending} onClick={() => act.mutate()}>
        <Building2 size={16} aria-hidden />
        {t('providerWay', { name: props.sso.name })}
      </Button>
      {act.error !== null && <ProblemBanner problem={toProblem(act.error)} />}
      <Or />
    </>
  )
}

function SendAgain({ email }: { readonly email: string }) {
  const { t } = useTranslation('start')
  const act = useMutation({ mutationFn: () => answerOf(api.POST('/api/email-verifications', { body: { email } })) })
  if (act.isSuccess) return <p role="status">{t('verificationSent', { email })}</p>
  return (
    <Button isBusy={act.isPending} onClick={() => act.mutate()}>
      {t('sendVerification')}
    </Button>
  )
}
