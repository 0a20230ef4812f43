import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../api/client.ts'
import { Form } from '../../../components/form.tsx'
import { ShownOnce } from '../../../components/shown-once.tsx'
import { StateBadge } from '../../../components/state-badge.tsx'
import { ErrorState, Skeleton } from '../../../components/states.tsx'
import { StepDone, type StepProps } from '../../../components/step-card.tsx'
import { CheckboxField } from '../../../ui/checkbox.tsx'
import { TextLink } from '../../../ui/button.tsx'
import { toastDone } from '../../../ui/toast.tsx'
import { type Created, OrganisationFields, useOrganisationForm } from '../organisation-fields.tsx'
import { newestOrganisationQuery, wholeModelsQuery } from './queries.ts'
import { StepCard } from './step-card.tsx'

/** The first organisation, with the models that are assigned by name. */
export function OrganisationStep(props: StepProps) {
  const { t } = useTranslation('setup')
  const { t: platform } = useTranslation('platform')
  const { data, error, refetch } = useQuery(newestOrganisationQuery)
  const [link, setLink] = useState<string | null>(null)
  const [left, setLeft] = useState<readonly string[]>([])
  const named = useQuery(wholeModelsQuery).data?.items.filter((model) => !model.is_global) ?? []
  const assign = useAssignment()
  const id = useId()
  const form = useOrganisationForm(({ invitation, organisation }: Created) => {
    setLink(invitation.link)
    toastDone(platform('created_', { name: organisation.name }))
    const models = named.filter((model) => !left.includes(model.id)).map((model) => model.id)
    if (models.length > 0) assign.mutate({ organisation: organisation.id, models })
  })
  const newest = data?.items[0]
  const once = (
    <ShownOnce
      secret={link}
      onClose={() => setLink(null)}
      title={platform('ownerLink')}
      text={platform('ownerLinkText')}
      label={platform('ownerLink')}
    />
  )
  if (data === undefined) {
    return (
      <StepCard {...props} id="organisation">
        {error === null ? <Skeleton lines={4} /> : <ErrorState error={error} onRetry={() => void refetch()} />}
      </StepCard>
    )
  }
  if (newest !== undefined) {
    return (
      <StepCard {...props} id="organisation">
        <StepDone>
          <p className="flex flex-wrap items-center gap-2">
            <TextLink to="/platform/organisations/$organisation" params={{ organisation: newest.id }}>
              {newest.name}
            </TextLink>
            <StateBadge state={newest.status} />
          </p>
          <p className="meta text-fg3">{t(newest.status === 'awaiting_owner' ? 'awaitsOwner' : 'hasOwner')}</p>
        </StepDone>
        {assign.error !== null && <ErrorState error={assign.error} />}
        {once}
      </StepCard>
    )
  }
  return (
    <StepCard {...props} id="organisation" form={{ id, label: platform('create'), isBusy: form.isBusy }}>
      <Form form={form} id={id}>
        <OrganisationFields form={form} />
        {named.length > 0 && (
          <fieldset className="flex flex-col gap-2">
            <legend className="mb-1.5 font-medium">{t('assigned')}</legend>
            {named.map((model) => (
              <CheckboxField
                key={model.id}
                label={model.name}
                isChecked={!left.includes(model.id)}
                onChange={(isOn) => setLeft(isOn ? left.filter((each) => each !== model.id) : [...left, model.id])}
              />
            ))}
          </fieldset>
        )}
      </Form>
      {once}
    </StepCard>
  )
}

/** Assigns models to the organisation that was just made. */
function useAssignment() {
  const client = useQueryClient()
  return useMutation({
    async mutationFn({ organisation, models }: { readonly organisation: string; readonly models: readonly string[] }) {
      for (const model of models) {
        const params = { path: { model, organisation } }
        await api.PUT('/api/platform/models/{model}/assignments/{organisation}', { params })
      }
      for (const topic of ['models', 'overview']) await client.invalidateQueries({ queryKey: ['platform', topic] })
    },
  })
}
