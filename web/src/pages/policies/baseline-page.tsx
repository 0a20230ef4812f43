import { useSuspenseQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { usePlatformNames } from '../../api/accounts.ts'
import { CopyAsCurl } from '../../components/copy-as-curl.tsx'
import { Page, PageHeader } from '../../components/page.tsx'
import { PolicyEditor } from './policy-form.tsx'
import { platformPolicy, policyQuery } from '../../api/policy.ts'
import { VersionBadge } from './version-badge.tsx'

/** What the platform demands of every execution in every organisation; they may only be stricter. */
export function BaselinePage() {
  const { t } = useTranslation('policies')
  const { data: policy } = useSuspenseQuery(policyQuery(platformPolicy))
  return (
    <Page kind="detail">
      <PageHeader
        title={t('baselineTitle')}
        purpose={t('baselinePurpose')}
        badge={<VersionBadge version={policy.version} />}
        actions={<CopyAsCurl path={platformPolicy.path} />}
      />
      <PolicyEditor level={platformPolicy} latest={policy} mayChange useNames={usePlatformNames} />
    </Page>
  )
}
