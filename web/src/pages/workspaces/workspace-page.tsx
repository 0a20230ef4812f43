import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { useList } from '../../api/list.ts'
import { ActsMenu } from '../../components/acts-menu.tsx'
import { CopyAsCurl } from '../../components/copy-as-curl.tsx'
import { CopyId } from '../../components/copy-id.tsx'
import { History } from '../../components/history.tsx'
import { MemberRoles } from '../../components/member-roles.tsx'
import { Card, Columns, Facts, Page, PageHeader } from '../../components/page.tsx'
import { Moment } from '../../components/time-ago.tsx'
import { oneOf, useUrlState } from '../../components/url-state.ts'
import { useAccess, useOrg } from '../../session/facts.ts'
import { usePageName } from '../../shell/page-name.ts'
import { Badge } from '../../ui/badge.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { WORKSPACE_ROLES, type Workspace, workspaceMembersQuery, workspaceQuery } from './queries.ts'
import { useWorkspaceActs } from './workspace-acts.tsx'
import { WorkspaceProjects } from './workspace-projects.tsx'

const TABS = ['projects', 'members', 'history'] as const

/** One workspace: the projects put into it, and who sees them. */
export function WorkspacePage() {
  const { t } = useTranslation('workspaces')
  const { t: words } = useTranslation('words')
  const org = useOrg()
  const { can } = useAccess()
  const { workspace: id = '' } = useParams({ strict: false })
  const { data: workspace } = useSuspenseQuery(workspaceQuery(org, id))
  const navigate = useNavigate()
  const url = useUrlState(['tab'])
  const acts = useWorkspaceActs(() => void navigate({ to: '/o/$org/workspaces', params: { org } }))
  usePageName(workspace.name)
  return (
    <Page kind="detail">
      <PageHeader
        title={workspace.name}
        badge={<Badge>{t('youAre', { role: t(`roles.${workspace.my_role}`) })}</Badge>}
        {...(workspace.description !== '' && { purpose: workspace.description })}
        actions={
          <>
            <CopyAsCurl path={`/api/orgs/${org}/workspaces/${id}`} />
            <ActsMenu name={workspace.name} acts={acts.menuOf(workspace)} />
          </>
        }
      />
      <Columns
        side={
          <Card title={t('about')}>
            <Facts
              facts={[
                { label: t('myRole'), value: t(`roles.${workspace.my_role}`) },
                { label: t('created'), value: <Moment at={workspace.created_at} /> },
                { label: t('id'), value: <CopyId id={workspace.id} /> },
              ]}
            />
          </Card>
        }
      >
        <Tabs
          label={workspace.name}
          value={oneOf(url.values.tab, TABS) ?? 'projects'}
          onChange={(tab) => url.set({ tab: tab === 'projects' ? undefined : tab })}
          tabs={[
            { value: 'projects', label: t('projects'), content: <WorkspaceProjects workspace={workspace} /> },
            { value: 'members', label: t('members'), content: <Members workspace={workspace} /> },
            ...(can('audit.view')
              ? [{ value: 'history' as const, label: words('history'), content: <History target_id={id} /> }]
              : []),
          ]}
        />
      </Columns>
      {acts.dialogs}
    </Page>
  )
}

function Members({ workspace }: { readonly workspace: Workspace }) {
  const { t } = useTranslation('workspaces')
  const org = useOrg()
  const client = useQueryClient()
  const list = useList(workspaceMembersQuery(org, workspace.id))
  const roles = useMemo(
    () => WORKSPACE_ROLES.map((value) => ({ value, label: t(`roles.${value}`), hint: t(`roleHint.${value}`) })),
    [t],
  )
  const paramsOf = (member: string) => ({ path: { org, workspace: workspace.id, member } })
  const mayChange = workspace.my_role === 'admin'
  return (
    <MemberRoles
      label={t('membersOf', { name: workspace.name })}
      list={list}
      roles={roles}
      firstRole="viewer"
      mayChange={mayChange}
      note={mayChange ? t('membersNote') : t('membersReadOnly')}
      emptyText={t('noMembersText')}
      set={(member, role) =>
        api.PUT('/api/orgs/{org}/workspaces/{workspace}/members/{member}', {
          params: paramsOf(member),
          body: { role },
        })
      }
      remove={(member) =>
        api.DELETE('/api/orgs/{org}/workspaces/{workspace}/members/{member}', { params: paramsOf(member) })
      }
      reread={() => client.invalidateQueries({ queryKey: ['org', org, 'workspaces'] })}
    />
  )
}
