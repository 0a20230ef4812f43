import { useQueryClient } from '@tanstack/react-query'
import { answerOf, api } from '../../api/client.ts'
import { OrganisationForm } from '../../components/organisation-form.tsx'
import { type Organisation, organisationQuery } from '../../session/facts.ts'

/** Name and metadata of the organisation one is in. */
export function OwnOrganisation({ organisation }: { readonly organisation: Organisation }) {
  const client = useQueryClient()
  return (
    <OrganisationForm
      organisation={organisation}
      onSend={(body) => answerOf(api.PATCH('/api/orgs/{org}', { params: { path: { org: organisation.id } }, body }))}
      onSaved={() => {
        void client.invalidateQueries({ queryKey: organisationQuery(organisation.id).queryKey })
        void client.invalidateQueries({ queryKey: ['me'] })
      }}
    />
  )
}
