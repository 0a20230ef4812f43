import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../api/client.ts'
import { Form, useForm } from '../components/form.tsx'
import { Skeleton } from '../components/states.tsx'
import { Button } from '../ui/button.tsx'
import { AlertDialog } from '../ui/dialog.tsx'
import { TextField } from '../ui/field.tsx'
import { Select } from '../ui/select.tsx'
import { setProofQuestion } from './step-up.ts'

const WAYS = ['passkey', 'totp', 'password', 'recovery_code'] as const
type Way = (typeof WAYS)[number]

type Asked = { readonly answer: (isProven: boolean) => void }

/** Asks who one is before an act that needs to know it again; what was typed on the page is kept. */
export function ProveAgain() {
  const [asked, setAsked] = useState<Asked | null>(null)
  useEffect(() => {
    setProofQuestion(() => new Promise((resolve) => setAsked({ answer: resolve })))
    return () => setProofQuestion(null)
  }, [])
  const answer = (isProven: boolean) => {
    asked?.answer(isProven)
    setAsked(null)
  }
  return asked === null ? null : <Question onAnswer={answer} />
}

function Question({ onAnswer }: { readonly onAnswer: (isProven: boolean) => void }) {
  const { t } = useTranslation('shell')
  const { data } = useQuery({
    queryKey: ['me', 'step-up'],
    queryFn: () => answerOf(api.GET('/api/me/step-up')),
    staleTime: 0,
  })
  const ways = WAYS.filter((way) => data?.ways.includes(way))
  const [first] = ways
  return (
    <AlertDialog isOpen onClose={() => onAnswer(false)} title={t('prove.title')} description={t('prove.text')}>
      {first === undefined ? (
        <Waiting isKnown={data !== undefined} onCancel={() => onAnswer(false)} />
      ) : (
        <Proof ways={ways} first={first} onAnswer={onAnswer} />
      )}
    </AlertDialog>
  )
}

/** While the ways are read; and where none of them is open here (single sign-on), how else it goes. */
function Waiting({ isKnown, onCancel }: { readonly isKnown: boolean; readonly onCancel: () => void }) {
  const { t } = useTranslation('shell')
  return (
    <div className="flex flex-col gap-4">
      {isKnown ? <p>{t('prove.elsewhere')}</p> : <Skeleton lines={2} />}
      <div className="flex justify-end">
        <Button onClick={onCancel}>{t('prove.cancel')}</Button>
      </div>
    </div>
  )
}

function Proof(props: {
  readonly ways: readonly Way[]
  readonly first: Way
  readonly onAnswer: (isProven: boolean) => void
}) {
  const { t } = useTranslation('shell')
  const [way, setWay] = useState(props.first)
  const form = useForm({
    initial: { proof: '' },
    check: ({ proof }) => (way !== 'passkey' && proof.trim() === '' ? { proof: t(`prove.missing.${way}`) } : {}),
    send: async ({ proof }) => answerOf(api.POST('/api/me/step-up', { body: await bodyOf(way, proof) })),
    onDone: () => props.onAnswer(true),
  })
  return (
    <Form form={form}>
      {props.ways.length > 1 && (
        <Select
          label={t('prove.way')}
          value={way}
          options={props.ways.map((value) => ({ value, label: t(`prove.ways.${value}`) }))}
          onChange={setWay}
        />
      )}
      {way !== 'passkey' && (
        <TextField
          key={way}
          label={t(`prove.ways.${way}`)}
          type={way === 'password' ? 'password' : 'text'}
          autoComplete={way === 'password' ? 'current-password' : 'one-time-code'}
          {...(way === 'totp' && { inputMode: 'numeric' as const })}
          autoFocus
          value={form.values.proof}
          onChange={(proof) => form.set('proof', proof)}
          error={form.errorOf('proof')}
        />
      )}
      <div className="flex justify-end gap-2">
        <Button onClick={() => props.onAnswer(false)}>{t('prove.cancel')}</Button>
        <Button variant="primary" type="submit" isBusy={form.isBusy}>
          {t('prove.confirm')}
        </Button>
      </div>
    </Form>
  )
}

async function bodyOf(way: Way, proof: string) {
  switch (way) {
    case 'password':
      return { password: proof }
    case 'totp':
      return { code: proof.replaceAll(' ', '') }
    case 'recovery_code':
      return { recovery_code: proof.trim() }
    case 'passkey':
      return { passkey: await askPasskey() }
  }
}

async function askPasskey() {
  const {
    challenge,
    timeout,
    rpId,
    allowCredentials = [],
  } = await answerOf(api.POST('/api/me/step-up/passkey-options'))
  const { startAuthentication } = await import('@simplewebauthn/browser')
  const { id, rawId, response } = await startAuthentication({
    optionsJSON: {
      challenge,
      timeout,
      rpId,
      userVerification: 'required',
      allowCredentials: allowCredentials.map((credential) => ({ id: credential.id, type: credential.type })),
    },
  })
  const { clientDataJSON, authenticatorData, signature, userHandle } = response
  return {
    id,
    rawId,
    type: 'public-key' as const,
    response: { clientDataJSON, authenticatorData, signature, ...(userHandle !== undefined && { userHandle }) },
  }
}
