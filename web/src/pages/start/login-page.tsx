import { useQuery } from '@tanstack/react-query'
import { Navigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../../api/client.ts'
import { useUrlState } from '../../components/url-state.ts'
import { ProofForm } from '../../session/proof-form.tsx'
import { askPasskeyOptions, type HalfWay, proveSecondStep } from '../../session/sign-in.ts'
import { Button, TextLink } from '../../ui/button.tsx'
import { useEnter } from './enter.ts'
import { AddressStep, type Found, PasswordStep } from './login-steps.tsx'
import { deploymentQuery } from '../../api/deployment.ts'
import { StartLayout } from './start-layout.tsx'

export const setupQuery = {
  queryKey: ['setup'],
  queryFn: () => answerOf(api.GET('/api/setup')),
}

/** The address first: it decides which ways in are offered. Then the password, and the second step if there is one. */
export function LoginPage() {
  const { t } = useTranslation('start')
  const url = useUrlState(['next'])
  const enter = useEnter()
  const { data: setup } = useQuery(setupQuery)
  const { data: deployment } = useQuery(deploymentQuery)
  const [found, setFound] = useState<Found | null>(null)
  const [half, setHalf] = useState<HalfWay | null>(null)
  const [email, setEmail] = useState('')
  const goOn = () => void enter(url.values.next)
  const startAnew = () => {
    setHalf(null)
    setFound(null)
  }
  if (setup?.is_needed === true) return <Navigate to="/setup" replace />
  if (half !== null) {
    return (
      <StartLayout
        title={t('secondStep')}
        purpose={t('secondStepPurpose', { email })}
        footer={<Anew onClick={startAnew} />}
      >
        <ProofForm
          ways={half.ways}
          submitLabel={t('signIn')}
          askOptions={() => askPasskeyOptions(half.ticket)}
          send={(proof) => proveSecondStep(half.ticket, proof)}
          onDone={goOn}
        />
      </StartLayout>
    )
  }
  const register =
    deployment?.registration_is_open === true ? (
      <>
        {t('noAccount')} <TextLink to="/register">{t('registerLink')}</TextLink>
      </>
    ) : undefined
  return (
    <StartLayout
      title={deployment?.login_headline ?? t('loginTitle')}
      purpose={deployment?.login_tagline ?? t('loginPurpose')}
      footer={register}
    >
      {found === null ? (
        <AddressStep
          email={email}
          next={url.values.next}
          onFound={(ways, address) => {
            setEmail(address)
            setFound(ways)
          }}
          onDone={goOn}
        />
      ) : (
        <PasswordStep
          email={email}
          found={found}
          next={url.values.next}
          onChangeAddress={startAnew}
          onDone={(next) => (next === null ? goOn() : setHalf(next))}
        />
      )}
    </StartLayout>
  )
}

function Anew({ onClick }: { readonly onClick: () => void }) {
  const { t } = useTranslation('start')
  return (
    <Button variant="ghost" onClick={onClick}>
      {t('startAnew')}
    </Button>
  )
}
