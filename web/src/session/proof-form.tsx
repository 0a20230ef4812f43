import { Fingerprint } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../api/answer.ts'
import { Form, useForm } from '../components/form.tsx'
import { Button } from '../ui/button.tsx'
import { TextField } from '../ui/field.tsx'
import { isCancelled, isPasskeyKnown, showPasskey } from './passkey.ts'
import type { Proof, Way } from './sign-in.ts'

type Props = {
  readonly ways: readonly Way[]
  readonly submitLabel: string
  readonly askOptions: () => Promise<Answer<'/api/sessions/passkey-options', 'post'>>
  readonly send: (proof: Proof) => Promise<unknown>
  readonly onDone: () => void
}

/** Proves who one is in one of the ways that are open; the others are a click away. */
export function ProofForm(props: Props) {
  const { t } = useTranslation('proof')
  const ways = props.ways.filter((way) => way !== 'passkey' || isPasskeyKnown())
  const [chosen, setChosen] = useState<Way | undefined>(ways[0])
  if (chosen === undefined) return <p className="text-fg2">{t('noWay')}</p>
  return (
    <div className="flex flex-col gap-4">
      {chosen === 'passkey' ? <PasskeyProof {...props} /> : <TypedProof key={chosen} way={chosen} {...props} />}
      {ways.length > 1 && (
        <div className="flex flex-col items-start gap-1 border-t pt-3">
          {ways
            .filter((way) => way !== chosen)
            .map((way) => (
              <Button key={way} variant="ghost" size="compact" onClick={() => setChosen(way)}>
                {t(`use.${way}`)}
              </Button>
            ))}
        </div>
      )}
    </div>
  )
}

const proofOf = (way: Exclude<Way, 'passkey'>, text: string): Proof => {
  if (way === 'password') return { password: text }
  return way === 'totp' ? { code: text.replaceAll(/\s/g, '') } : { recovery_code: text.trim() }
}

function TypedProof({ way, ...props }: Props & { readonly way: Exclude<Way, 'passkey'> }) {
  const { t } = useTranslation('proof')
  const form = useForm({
    initial: { text: '' },
    check: ({ text }) => (text.trim() === '' ? { text: t(`missing.${way}`) } : {}),
    send: ({ text }) => props.send(proofOf(way, text)),
    onDone: props.onDone,
  })
  return (
    <Form form={form}>
      <TextField
        key={way}
        label={t(`label.${way}`)}
        hint={t(`hint.${way}`)}
        autoFocus
        isMono={way !== 'password'}
        type={way === 'password' ? 'password' : 'text'}
        inputMode={way === 'totp' ? 'numeric' : 'text'}
        autoComplete={way === 'password' ? 'current-password' : 'one-time-code'}
        value={form.values.text}
        onChange={(text) => form.set('text', text)}
        error={form.errorOf('text')}
      />
      <Button variant="primary" size="large" type="submit" isBusy={form.isBusy}>
        {props.submitLabel}
      </Button>
    </Form>
  )
}

function PasskeyProof(props: Props) {
  const { t } = useTranslation('proof')
  const form = useForm({
    initial: {},
    async send() {
      try {
        await props.send({ passkey: await showPasskey(await props.askOptions()) })
        return true
      } catch (error) {
        if (isCancelled(error)) return false
        throw error
      }
    },
    onDone: (isProven) => {
      if (isProven) props.onDone()
    },
  })
  return (
    <Form form={form}>
      <p className="text-fg2">{t('passkeyText')}</p>
      <Button variant="primary" size="large" type="submit" isBusy={form.isBusy}>
        <Fingerprint size={16} aria-hidden />
        {t('use.passkey')}
      </Button>
    </Form>
  )
}
