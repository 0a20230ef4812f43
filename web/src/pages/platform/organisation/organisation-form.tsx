import { useQueryClient } from '@tanstack/react-query'
import { answerOf, api } from '../../../api/client.ts'
import type { PlatformOrganisation } from '../../../api/platform.ts'
import { OrganisationForm } from '../../../components/organisation-form.tsx'
import { keyOf } from './queries.ts'

/** Name and metadata of any organisation, for super-admins. */
export function PlatformOrganisationForm({ organisation }: { readonly organisation: PlatformOrganisation }) {
  const client = useQueryClient()
  return (
    <OrganisationForm
      organisation={organisation}
      onSend={(body) => {
        const params = { path: { organisation: organisation.id } }
        return answerOf(api.PATCH('/api/platform/organisations/{organisation}', { params, body }))
      }}
      onSaved={() => {
        void client.invalidateQueries({ queryKey: keyOf(organisation.id) })
        void client.invalidateQueries({ queryKey: ['platform', 'organisations'] })
      }}
    />
  )
}
