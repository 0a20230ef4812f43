import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../../api/client.ts'
import { deploymentQuery } from '../../api/deployment.ts'
import { Form, type Mistakes, useForm } from '../../components/form.tsx'
import { Skeleton } from '../../components/states.tsx'
import { type Me, meQuery } from '../../session/facts.ts'
import { Button, ButtonLink, TextLink } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { useEnter } from './enter.ts'
import { NewPasswordField, newPasswordMistake } from './password-fields.tsx'
import { RegisterWay } from './register-way.tsx'
import { StartLayout } from './start-layout.tsx'

/** Makes an organisation, with an account where there is none; whoever registers becomes its owner and is led on. */
export function RegisterPage() {
  const { t } = useTranslation('start')
  const me = useQuery({ ...meQuery, retry: false })
  const { data: deployment } = useQuery(deploymentQuery)
  const [sentTo, setSentTo] = useState<string | null>(null)
  if (sentTo !== null) {
    return (
      <StartLayout title={t('linkSent')} purpose={t('linkSentPurpose', { email: sentTo })} aside={<RegisterWay />}>
        <p className="text-fg2">{t('linkSentHint')}</p>
      </StartLayout>
    )
  }
  const isIn = me.data !== undefined
  const isClosed = !isIn && deployment?.registration_is_open === false
  return (
    <StartLayout
      title={t('registerTitle')}
      purpose={t('registerPurpose')}
      aside={<RegisterWay />}
      footer={
        !isIn &&
        !isClosed && (
          <>
            {t('haveAccount')}{' '}
            <TextLink to="/login" search={{ next: '/register' }}>
              {t('signIn')}
            </TextLink>
          </>
        )
      }
    >
      {me.isPending ? (
        <Skeleton lines={6} />
      ) : isClosed ? (
        <Closed address={deployment.support_address} />
      ) : isIn ? (
        <FurtherOrganisation me={me.data} />
      ) : (
        <NewOwner onLinkSent={setSentTo} />
      )}
    </StartLayout>
  )
}

function Closed({ address }: { readonly address: string | null }) {
  const { t } = useTranslation('start')
  return (
    <div className="flex flex-col gap-4">
      <p>{t('registrationClosed')}</p>
      {address !== null && <p className="text-fg2">{t('supportHint', { address })}</p>}
      <ButtonLink to="/login" size="large">
        {t('signIn')}
      </ButtonLink>
    </div>
  )
}

/** For whoever is signed in: the account stays, and gets one organisation more. */
function FurtherOrganisation({ me }: { readonly me: Me }) {
  const { t } = useTranslation('start')
  const enter = useEnter()
  const form = useForm({
    initial: { name: '' },
    check: ({ name }) => (name.trim() === '' ? { name: t('organisationMissing') } : {}),
    send: (body) => answerOf(api.POST('/api/organisations', { body })),
    onDone: ({ id }) => void enter(`/o/${id}/begin`),
  })
  return (
    <Form form={form}>
      <p className="break-words text-fg2">{t('registerAs', { email: me.email })}</p>
      <TextField
        label={t('organisationName')}
        autoComplete="organization"
        autoFocus
        value={form.values.name}
        onChange={(name) => form.set('name', name)}
        error={form.errorOf('name')}
      />
      <Button variant="primary" size="large" type="submit" isBusy={form.isBusy}>
        {t('createOrganisation')}
      </Button>
    </Form>
  )
}

const EMPTY = { organisation_name: '', display_name: '', email: '', password: '' }

function NewOwner({ onLinkSent }: { readonly onLinkSent: (email: string) => void }) {
  const { t } = useTranslation('start')
  const enter = useEnter()
  const form = useForm({
    initial: EMPTY,
    check(values): Mistakes<typeof EMPTY> {
      const weak = newPasswordMistake(t, values.password)
      return {
        ...(values.organisation_name.trim() === '' && { organisation_name: t('organisationMissing') }),
        ...(values.display_name.trim() === '' && { display_name: t('nameMissing') }),
        ...(!values.email.includes('@') && { email: t('emailMissing') }),
        ...(weak !== null && { password: weak }),
      }
    },
    send: (values) => answerOf(api.POST('/api/registrations', { body: values })),
    onDone({ organisation }, sent) {
      if (organisation === null) onLinkSent(sent.email)
      else void enter(`/o/${organisation.id}/begin`)
    },
  })
  const field = (name: keyof typeof EMPTY) => ({
    value: form.values[name],
    onChange: (value: string) => form.set(name, value),
    error: form.errorOf(name),
  })
  return (
    <Form form={form}>
      <TextField label={t('organisationName')} autoComplete="organization" autoFocus {...field('organisation_name')} />
      <TextField label={t('yourName')} autoComplete="name" {...field('display_name')} />
      <TextField label={t('email')} type="email" inputMode="email" autoComplete="username" {...field('email')} />
      <NewPasswordField {...field('password')} />
      <Button variant="primary" size="large" type="submit" isBusy={form.isBusy}>
        {t('createOrganisation')}
      </Button>
    </Form>
  )
}
