import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../api/answer.ts'
import { answerOf, api } from '../../api/client.ts'
import { Form, type Mistakes, useForm } from '../../components/form.tsx'
import { Facts } from '../../components/page.tsx'
import { Skeleton } from '../../components/states.tsx'
import { Moment } from '../../components/time-ago.tsx'
import { type Me, meQuery } from '../../session/facts.ts'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { DeadLink } from './dead-link.tsx'
import { useEnter } from './enter.ts'
import { forgetInvitation, keepInvitation, useLinkToken } from './link-token.ts'
import { NewPasswordField, newPasswordMistake } from './password-fields.tsx'
import { deploymentQuery } from '../../api/deployment.ts'
import { StartLayout } from './start-layout.tsx'

type Invitation = Answer<'/api/invitations/look-up', 'post'>

/** Who invites to what, and the way in: a new account, or the one there is. */
export function InvitePage() {
  const { t } = useTranslation('start')
  const token = keepInvitation(useLinkToken())
  const me = useQuery({ ...meQuery, retry: false })
  const { data: deployment } = useQuery(deploymentQuery)
  const invitation = useQuery({
    queryKey: ['invitation', token],
    enabled: token !== null,
    retry: false,
    queryFn: () => answerOf(api.POST('/api/invitations/look-up', { body: { token: token ?? '' } })),
  })
  if (token === null || invitation.error !== null) {
    const support = deployment?.support_address ?? null
    return (
      <DeadLink {...(invitation.error !== null && { error: invitation.error })}>
        <p className="text-fg2">{t('inviteDeadHint')}</p>
        {support !== null && <p className="text-fg2">{t('supportHint', { address: support })}</p>}
        <ButtonLink to="/login" size="large">
          {t('signIn')}
        </ButtonLink>
      </DeadLink>
    )
  }
  if (invitation.data === undefined || me.isPending) {
    return (
      <StartLayout title={t('inviteLoading')}>
        <Skeleton lines={6} />
      </StartLayout>
    )
  }
  const { data } = invitation
  return (
    <StartLayout
      title={t('inviteTitle', { organisation: data.organisation.name })}
      purpose={t('invitePurpose', { inviter: data.inviter_name })}
    >
      <div className="flex flex-col gap-5">
        <InvitationFacts invitation={data} />
        <Way invitation={data} token={token} me={me.data ?? null} />
      </div>
    </StartLayout>
  )
}

function InvitationFacts({ invitation }: { readonly invitation: Invitation }) {
  const { t } = useTranslation('start')
  const { base_role, designations, email, expires_at } = invitation
  const role = [t(`roles.${base_role}`), ...designations.map((each) => t(`designation.${each}`))].join(', ')
  return (
    <Facts
      facts={[
        { label: t('inviteFor'), value: <span className="break-all">{email}</span> },
        { label: t('inviteRole'), value: role },
        { label: t('inviteUntil'), value: <Moment at={expires_at} /> },
      ]}
    />
  )
}

type WayProps = { readonly invitation: Invitation; readonly token: string; readonly me: Me | null }

function Way({ invitation, token, me }: WayProps) {
  const { t } = useTranslation('start')
  if (!invitation.account_exists) return <NewAccount invitation={invitation} token={token} />
  if (me === null) {
    return (
      <div className="flex flex-col gap-3">
        <p className="text-fg2">{t('inviteSignIn')}</p>
        <ButtonLink to="/login" search={{ next: '/invite' }} variant="primary" size="large">
          {t('signInToAccept')}
        </ButtonLink>
      </div>
    )
  }
  return <OwnAccount token={token} me={me} />
}

function OwnAccount({ token, me }: { readonly token: string; readonly me: Me }) {
  const { t } = useTranslation('start')
  const enter = useEnter()
  const form = useForm({
    initial: {},
    send: () => answerOf(api.POST('/api/me/invitations/accept', { body: { token } })),
    onDone({ organisation_id }) {
      forgetInvitation()
      void enter(`/o/${organisation_id}/home`)
    },
  })
  return (
    <Form form={form}>
      <p className="text-fg2">{t('inviteAs', { email: me.email })}</p>
      <Button variant="primary" size="large" type="submit" isBusy={form.isBusy}>
        {t('acceptInvitation')}
      </Button>
    </Form>
  )
}

const EMPTY = { display_name: '', password: '' }

function NewAccount({ invitation, token }: Omit<WayProps, 'me'>) {
  const { t } = useTranslation('start')
  const enter = useEnter()
  const { min_length } = invitation.password_rule
  const form = useForm({
    initial: EMPTY,
    check(values): Mistakes<typeof EMPTY> {
      const weak = newPasswordMistake(t, values.password, min_length)
      return {
        ...(values.display_name.trim() === '' && { display_name: t('nameMissing') }),
        ...(weak !== null && { password: weak }),
      }
    },
    send: (values) => answerOf(api.POST('/api/invitations/accept', { body: { token, ...values } })),
    onDone({ organisation_id }) {
      forgetInvitation()
      void enter(`/o/${organisation_id}/home`)
    },
  })
  return (
    <Form form={form}>
      <input type="email" autoComplete="username" value={invitation.email} readOnly hidden />
      <TextField
        label={t('yourName')}
        autoComplete="name"
        autoFocus
        value={form.values.display_name}
        onChange={(value) => form.set('display_name', value)}
        error={form.errorOf('display_name')}
      />
      <NewPasswordField
        value={form.values.password}
        onChange={(value) => form.set('password', value)}
        error={form.errorOf('password')}
        rule={invitation.password_rule}
      />
      <Button variant="primary" size="large" type="submit" isBusy={form.isBusy}>
        {t('acceptInvitation')}
      </Button>
    </Form>
  )
}
