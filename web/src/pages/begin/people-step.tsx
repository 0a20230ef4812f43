import { useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { addressesIn, type InviteOutcome, invitationsKey } from '../../api/invitations.ts'
import { answerOf, api } from '../../api/client.ts'
import { Form, type FormState, useForm } from '../../components/form.tsx'
import { StepCard, type StepProps } from '../../components/step-card.tsx'
import { useOrg } from '../../session/facts.ts'
import { Badge } from '../../ui/badge.tsx'
import { TextLink } from '../../ui/button.tsx'
import { ChipsField } from '../../ui/chips-field.tsx'

type Invitations = {
  readonly form: FormState<{ readonly emails: readonly string[] }>
  /** What became of the addresses that were sent, those of this visit. */
  readonly outcomes: readonly InviteOutcome[]
}

/** The addresses to invite; everybody starts as a member. */
export function useInvitations(org: string): Invitations {
  const { t } = useTranslation('people')
  const client = useQueryClient()
  const [outcomes, setOutcomes] = useState<readonly InviteOutcome[]>([])
  const form = useForm<{ readonly emails: readonly string[] }, { readonly items: readonly InviteOutcome[] }>({
    initial: { emails: [] },
    check: ({ emails }) => (emails.length === 0 ? { emails: t('emailsMissing') } : {}),
    send: ({ emails }) =>
      answerOf(api.POST('/api/orgs/{org}/invitations', { params: { path: { org } }, body: { emails: [...emails] } })),
    onDone({ items }) {
      form.reset({ emails: [] })
      setOutcomes((before) => [...items, ...before])
      void client.invalidateQueries({ queryKey: invitationsKey(org) })
    },
  })
  return { form, outcomes }
}

/** Asks several people at once to join, and says of each address what became of it. */
export function PeopleStep({ invitations, ...step }: StepProps & { readonly invitations: Invitations }) {
  const { t } = useTranslation('begin')
  const { t: people } = useTranslation('people')
  const org = useOrg()
  const id = useId()
  const { form, outcomes } = invitations
  const { emails } = form.values
  const label = emails.length === 0 ? people('sendNone') : people('sendCount', { count: emails.length })
  return (
    <StepCard
      {...step}
      title={t('step.people.title')}
      purpose={t('step.people.text')}
      skipLabel={t('toHome')}
      form={{ id, label, isBusy: form.isBusy }}
    >
      <Form form={form} id={id}>
        <ChipsField
          label={people('emails')}
          hint={people('emailsHint')}
          placeholder="ana@example.com"
          values={emails}
          parse={addressesIn}
          onChange={(next) => form.set('emails', next)}
          error={form.errorOf('emails')}
        />
      </Form>
      <Outcomes outcomes={outcomes} />
      {step.isDone && (
        <p className="meta text-fg3">
          <TextLink to="/o/$org/people/invitations" params={{ org }}>
            {t('toInvitations')}
          </TextLink>
        </p>
      )}
    </StepCard>
  )
}

function Outcomes({ outcomes }: { readonly outcomes: readonly InviteOutcome[] }) {
  const { t } = useTranslation('people')
  if (outcomes.length === 0) return null
  const invited = outcomes.filter(({ outcome }) => outcome === 'invited').length
  return (
    <section role="status" className="rounded-lg border">
      <p className="px-3 pt-2.5 font-medium">{t('invitedCount', { count: invited })}</p>
      <p className="meta px-3 text-fg3">{t('invitedText')}</p>
      <ul className="mt-2 divide-y border-t">
        {outcomes.map(({ email, outcome }, index) => (
          <li key={`${email} ${index}`} className="flex items-center gap-3 px-3 py-2">
            <span className="min-w-0 flex-1 truncate" title={email}>
              {email}
            </span>
            <Badge tone={outcome === 'invited' ? 'ok' : 'warn'}>{t(`outcome.${outcome}`)}</Badge>
          </li>
        ))}
      </ul>
    </section>
  )
}
