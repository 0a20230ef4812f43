import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../../api/client.ts'
import { FormDialog } from '../../components/form-dialog.tsx'
import { useForm } from '../../components/form.tsx'
import { useAccess, useOrg } from '../../session/facts.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { CheckboxField } from '../../ui/checkbox.tsx'
import { ChipsField } from '../../ui/chips-field.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { RadioCards } from '../../ui/radio-cards.tsx'
import { addressesIn, type InviteOutcome, invitationsKey } from '../../api/invitations.ts'
import { InvitePlaces, type InvitePlacesValue } from './invite-places.tsx'
import { DESIGNATIONS } from './queries.ts'

type Values = InvitePlacesValue & {
  readonly emails: readonly string[]
  readonly surface: 'studio' | 'hub'
  readonly designations: readonly (typeof DESIGNATIONS)[number][]
}
const EMPTY: Values = { emails: [], surface: 'studio', designations: [], team_ids: [], projects: [] }

/** Invites as many people as were pasted; says of each what became of it. They start as members. */
export function InvitePeople({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) {
  const { t } = useTranslation('people')
  const org = useOrg()
  const { can } = useAccess()
  const client = useQueryClient()
  const [outcomes, setOutcomes] = useState<readonly InviteOutcome[] | null>(null)
  const form = useForm({
    initial: EMPTY,
    check: ({ emails }) => (emails.length === 0 ? { emails: t('emailsMissing') } : {}),
    send: ({ emails, surface, designations, team_ids, projects }) =>
      answerOf(
        api.POST('/api/orgs/{org}/invitations', {
          params: { path: { org } },
          body: {
            emails: [...emails],
            surface,
            ...(designations.length > 0 && { designations: [...designations] }),
            ...(team_ids.length > 0 && { team_ids: [...team_ids] }),
            ...(projects.length > 0 && { projects: [...projects] }),
          },
        }),
      ),
    onDone({ items }) {
      form.reset(EMPTY)
      onClose()
      setOutcomes(items)
      void client.invalidateQueries({ queryKey: invitationsKey(org) })
    },
  })
  const { values } = form
  return (
    <>
      <FormDialog
        form={form}
        isOpen={isOpen}
        onClose={onClose}
        title={t('invitePeople')}
        description={t('inviteText')}
        submitLabel={values.emails.length === 0 ? t('sendNone') : t('sendCount', { count: values.emails.length })}
        isSheet
      >
        <ChipsField
          label={t('emails')}
          hint={t('emailsHint')}
          placeholder="ana@example.com"
          values={values.emails}
          parse={addressesIn}
          onChange={(emails) => form.set('emails', emails)}
          error={form.errorOf('emails')}
        />
        <RadioCards
          label={t('surface')}
          columns={2}
          value={values.surface}
          onChange={(surface) => form.set('surface', surface)}
          options={[
            { value: 'studio', label: t('surfaces.studio'), hint: t('surfaceHint.studio') },
            { value: 'hub', label: t('surfaces.hub'), hint: t('surfaceHint.hub') },
          ]}
        />
        {can('role.change') && (
          <fieldset className="flex flex-col gap-2.5">
            <legend className="mb-1.5 font-medium">{t('designations')}</legend>
            {DESIGNATIONS.map((each) => (
              <CheckboxField
                key={each}
                label={t(`designation.${each}`)}
                isChecked={values.designations.includes(each)}
                onChange={(isOn) =>
                  form.set(
                    'designations',
                    isOn ? [...values.designations, each] : values.designations.filter((other) => other !== each),
                  )
                }
              >
                {t(`designationHint.${each}`)}
              </CheckboxField>
            ))}
          </fieldset>
        )}
        <InvitePlaces
          value={values}
          onChange={({ team_ids, projects }) => {
            if (team_ids !== undefined) form.set('team_ids', team_ids)
            if (projects !== undefined) form.set('projects', projects)
          }}
        />
      </FormDialog>
      <Outcomes outcomes={outcomes} onClose={() => setOutcomes(null)} />
    </>
  )
}

function Outcomes(props: { readonly outcomes: readonly InviteOutcome[] | null; readonly onClose: () => void }) {
  const { t } = useTranslation('people')
  const { t: words } = useTranslation('words')
  const outcomes = props.outcomes ?? []
  const invited = outcomes.filter(({ outcome }) => outcome === 'invited').length
  return (
    <Dialog
      isOpen={props.outcomes !== null}
      onClose={props.onClose}
      title={t('invitedCount', { count: invited })}
      description={t('invitedText')}
      footer={
        <Button variant="primary" onClick={props.onClose}>
          {words('close')}
        </Button>
      }
    >
      <ul className="divide-y">
        {outcomes.map(({ email, outcome }) => (
          <li key={email} className="flex items-center gap-3 py-2">
            <span className="min-w-0 flex-1 truncate" title={email}>
              {email}
            </span>
            <Badge tone={outcome === 'invited' ? 'ok' : 'warn'}>{t(`outcome.${outcome}`)}</Badge>
          </li>
        ))}
      </ul>
    </Dialog>
  )
}
