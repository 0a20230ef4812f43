import { useSuspenseQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useMemberName } from '../../api/directory.ts'
import { CopyAsCurl } from '../../components/copy-as-curl.tsx'
import { Page, PageHeader } from '../../components/page.tsx'
import { useAccess, useOrg } from '../../session/facts.ts'
import { ButtonLink } from '../../ui/button.tsx'
import { PolicyEditor } from './policy-form.tsx'
import { organisationPolicy, policyQuery } from '../../api/policy.ts'
import { VersionBadge } from './version-badge.tsx'

/** What the organisation demands of every execution, beside what the platform demands already. */
export function PoliciesPage() {
  const { t } = useTranslation('policies')
  const org = useOrg()
  const level = useMemo(() => organisationPolicy(org), [org])
  const { can } = useAccess()
  const { data: policy } = useSuspenseQuery(policyQuery(level))
  return (
    <Page kind={can('policy.manage') ? 'list' : 'detail'}>
      <PageHeader
        title={t('title')}
        purpose={t('purpose')}
        badge={<VersionBadge version={policy.version} />}
        actions={
          <>
            {policy.version === 0 && can('policy.manage') && (
              <ButtonLink to="/o/$org/begin" params={{ org }} search={{ step: 'policies' }}>
                {t('fromTemplate')}
              </ButtonLink>
            )}
            <CopyAsCurl path={level.path} />
          </>
        }
      />
      <PolicyEditor level={level} latest={policy} mayChange={can('policy.manage')} useNames={useMemberName} />
    </Page>
  )
}
