import { useSuspenseQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { CopyAsCurl } from '../../components/copy-as-curl.tsx'
import { Page, PageHeader } from '../../components/page.tsx'
import { useOrg } from '../../session/facts.ts'
import { Addresses } from './addresses.tsx'
import { MfaCard } from './mfa-card.tsx'
import { PasswordRuleCard } from './password-rule.tsx'
import { PendingChange } from './pending-change.tsx'
import { securityQuery } from './queries.ts'
import { SessionLimits } from './session-limits.tsx'

/** Who gets into the organisation, from where, and for how long. */
export function SecurityPage() {
  const { t } = useTranslation('security')
  const org = useOrg()
  const { data: rules } = useSuspenseQuery(securityQuery(org))
  return (
    <Page kind="form">
      <PageHeader
        title={t('title')}
        purpose={t('purpose')}
        actions={<CopyAsCurl path={`/api/orgs/${org}/security`} />}
      />
      {rules.unconfirmed !== null && <PendingChange unconfirmed={rules.unconfirmed} />}
      <MfaCard rules={rules} />
      <PasswordRuleCard />
      <SessionLimits rules={rules} />
      <Addresses rules={rules} />
    </Page>
  )
}
