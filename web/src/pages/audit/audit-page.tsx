import { useOrg } from '../../session/facts.ts'
import { LogView } from './log-view.tsx'
import { organisationLog } from './queries.ts'

/** Everything that was done or refused in the organisation. */
export function AuditPage() {
  return <LogView log={organisationLog(useOrg())} />
}
