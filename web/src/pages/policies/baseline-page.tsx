import { useSuspenseQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { usePlatformNames } from '../../api/accounts.ts'
import { CopyAsCurl } from '../../components/copy-as-curl.tsx'
import { Page, PageHeader } from '../../components/page.tsx'
import { Badge } from '../../ui/badge.tsx'
import { PolicyEditor } from './policy-form.tsx'
import { platformPolicy, policyQuery } from '../../api/policy.ts'

/** What the platform demands of every execution in every organisation; they may only be stricter. */
export function BaselinePage() {
  const { t } = useTranslation('policies')
  const { data: policy } = useSuspenseQuery(policyQuery(platformPolicy))
  return (
    <Page kind="detail">
      <PageHeader
        title={t('baselineTitle')}
        purpose={t('baselinePurpose')}
        badge={<Badge>{policy.version === 0 ? t('versionNone') : t('version', { version: policy.version })}</Badge>}
        actions={<CopyAsCurl path={platformPolicy.path} />}
      />
      <PolicyEditor level={platformPolicy} latest={policy} mayChange useNames={usePlatformNames} />
    </Page>
  )
}
