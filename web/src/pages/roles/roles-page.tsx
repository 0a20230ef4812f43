import { useSuspenseQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { permissionsQuery } from '../../api/permissions.ts'
import { CopyAsCurl } from '../../components/copy-as-curl.tsx'
import { Page, PageHeader } from '../../components/page.tsx'
import { oneOf, useUrlState } from '../../components/url-state.ts'
import { useOrg } from '../../session/facts.ts'
import { Tabs } from '../../ui/tabs.tsx'
import { Compare } from './compare.tsx'
import { Matrix } from './matrix.tsx'
import { OwnRoles } from './own-roles.tsx'
import { ViewAs } from './view-as.tsx'

const TABS = ['matrix', 'own', 'compare', 'view_as'] as const

/** The built-in roles and designations, and the organisation's own: what each gives, in what two differ, and what somebody with them sees. */
export function RolesPage() {
  const { t } = useTranslation('roles')
  const org = useOrg()
  const { data } = useSuspenseQuery(permissionsQuery(org))
  const url = useUrlState(['tab'])
  return (
    <Page kind="list">
      <PageHeader
        title={t('title')}
        purpose={t('purpose')}
        actions={<CopyAsCurl path={`/api/orgs/${org}/permissions`} />}
      />
      <Tabs
        label={t('title')}
        value={oneOf(url.values.tab, TABS) ?? 'matrix'}
        onChange={(tab) => url.set({ tab: tab === 'matrix' ? undefined : tab })}
        tabs={[
          { value: 'matrix', label: t('tabs.matrix'), content: <Matrix rows={data.items} /> },
          { value: 'own', label: t('tabs.own'), content: <OwnRoles rows={data.items} /> },
          { value: 'compare', label: t('tabs.compare'), content: <Compare rows={data.items} /> },
          { value: 'view_as', label: t('tabs.view_as'), content: <ViewAs /> },
        ]}
      />
    </Page>
  )
}
