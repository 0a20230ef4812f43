import { useSuspenseQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { CopyAsCurl } from '../../components/copy-as-curl.tsx'
import { History } from '../../components/history.tsx'
import { Page, PageHeader } from '../../components/page.tsx'
import { StateBadge } from '../../components/state-badge.tsx'
import { oneOf, useUrlState } from '../../components/url-state.ts'
import { useAccess, useOrg } from '../../session/facts.ts'
import { usePageName } from '../../shell/page-name.ts'
import { Badge } from '../../ui/badge.tsx'
import { Banner } from '../../ui/banner.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { ProjectMembers } from './project-members.tsx'
import { ProjectOverview } from './project-overview.tsx'
import { ProjectSettings } from './project-settings.tsx'
import { projectQuery } from './queries.ts'
import { UseCases } from './use-cases.tsx'

const TABS = ['overview', 'use_cases', 'members', 'settings', 'history'] as const

/** One project: how it is used, its use cases, its people, its settings. */
export function ProjectPage() {
  const { t } = useTranslation('projects')
  const { t: words } = useTranslation('words')
  const org = useOrg()
  const { project: id = '' } = useParams({ strict: false })
  const { data: project } = useSuspenseQuery(projectQuery(org, id))
  const { can } = useAccess()
  const url = useUrlState(['tab'])
  usePageName(project.name)
  const seesInside = project.my_role !== null
  const usual = seesInside ? 'overview' : 'members'
  const tabs = [
    ...(seesInside && can('insights.view')
      ? [{ value: 'overview' as const, label: t('overview'), content: <ProjectOverview project={project} /> }]
      : []),
    ...(seesInside
      ? [{ value: 'use_cases' as const, label: t('useCases'), content: <UseCases project={project} /> }]
      : []),
    { value: 'members' as const, label: t('members'), content: <ProjectMembers project={project} /> },
    { value: 'settings' as const, label: t('settings'), content: <ProjectSettings project={project} /> },
    ...(can('audit.view')
      ? [{ value: 'history' as const, label: words('history'), content: <History target_id={id} /> }]
      : []),
  ]
  const asked = oneOf(url.values.tab, TABS) ?? usual
  return (
    <Page kind="detail">
      <PageHeader
        title={project.name}
        badge={
          <>
            <Badge tone={project.kind === 'default' ? 'info' : 'neutral'}>{t(`kinds.${project.kind}`)}</Badge>
            {project.archived_at !== null && <StateBadge state="archived" />}
          </>
        }
        purpose={project.my_role === null ? undefined : t('youAre', { role: t(`roles.${project.my_role}`) })}
        actions={<CopyAsCurl path={`/api/orgs/${org}/projects/${id}`} />}
      />
      {!seesInside && (
        <Banner tone="info" title={t('outsideTitle')}>
          {t('outsideText')}
        </Banner>
      )}
      {project.archived_at !== null && (
        <Banner tone="warn" title={t('archivedTitle')}>
          {t('archivedText')}
        </Banner>
      )}
      <Tabs
        label={project.name}
        value={tabs.some(({ value }) => value === asked) ? asked : (tabs[0]?.value ?? 'members')}
        onChange={(tab) => url.set({ tab: tab === usual ? undefined : tab })}
        tabs={tabs}
      />
    </Page>
  )
}
