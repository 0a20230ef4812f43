import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { listOpen, NAVIGATION, type NavigationEntry } from '../navigation.ts'
import { accessOf, organisationQuery, useMe } from '../session/facts.ts'

/** What the person may open where they are: in an organisation, or on the platform. */
export function useOpenEntries(): readonly NavigationEntry[] {
  const { org } = useParams({ strict: false })
  const me = useMe()
  const { data: organisation } = useQuery({ ...organisationQuery(org ?? ''), enabled: false })
  if (org !== undefined) return organisation === undefined ? [] : listOpen(accessOf(organisation).can)
  return me.is_superadmin ? NAVIGATION.filter(({ group }) => group === 'platform') : []
}
