import { useQueryClient } from '@tanstack/react-query'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../../api/client.ts'
import { Form } from '../../components/form.tsx'
import { OrganisationDetails, useOrganisationDetails } from '../../components/organisation-form.tsx'
import { StepCard, type StepProps } from '../../components/step-card.tsx'
import { type Organisation, organisationQuery } from '../../session/facts.ts'

type DetailsForm = ReturnType<typeof useOrganisationDetails>

/** The name that was given when registering, and what else is said of the organisation. */
export function useDetails(organisation: Organisation, onSaved: () => void): DetailsForm {
  const client = useQueryClient()
  const path = { org: organisation.id }
  return useOrganisationDetails({
    organisation,
    onSend: (body) => answerOf(api.PATCH('/api/orgs/{org}', { params: { path }, body })),
    onSaved() {
      void client.invalidateQueries({ queryKey: organisationQuery(organisation.id).queryKey })
      void client.invalidateQueries({ queryKey: ['me'] })
      onSaved()
    },
  })
}

/** Corrects the name and adds details; most go on without. */
export function OrganisationStep({ form, ...step }: StepProps & { readonly form: DetailsForm }) {
  const { t } = useTranslation('begin')
  const id = useId()
  return (
    <StepCard
      {...step}
      title={t('step.organisation.title')}
      purpose={t('step.organisation.text')}
      form={form.isDirty ? { id, label: t('saveAndGoOn'), isBusy: form.isBusy } : null}
    >
      <Form form={form} id={id}>
        <OrganisationDetails form={form} />
      </Form>
    </StepCard>
  )
}
