import { useTranslation } from 'react-i18next'
import { useAccess, useOrg } from '../../session/facts.ts'
import { LogView } from './log-view.tsx'
import { organisationLog } from './queries.ts'

/** Everything that was done or refused in the organisation. */
export function AuditPage() {
  const { t } = useTranslation('audit')
  const { can } = useAccess()
  return <LogView log={organisationLog(useOrg())} exportRefusal={can('audit.export') ? null : t('exportNeeds')} />
}
