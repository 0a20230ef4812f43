import { LogView } from './log-view.tsx'
import { platformLog } from './queries.ts'

/** Everything that was done to the platform, or by super-admins to an organisation. */
export function PlatformAuditPage() {
  return <LogView log={platformLog} exportRefusal={null} />
}
