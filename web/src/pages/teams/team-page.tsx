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
import { ScopeLimits } from '../../components/scope-limits.tsx'
import { Moment } from '../../components/time-ago.tsx'
import { oneOf, useUrlState } from '../../components/url-state.ts'
import { useAccess, useOrg } from '../../session/facts.ts'
import { usePageName } from '../../shell/page-name.ts'
import { Tabs } from '../../ui/tabs.tsx'
import { TEAM_ROLES, type TeamRole, teamMembersQuery, teamQuery } from './queries.ts'
import { useTeamActs } from './team-acts.tsx'

const TABS = ['members', 'history'] as const

/** One team: its people, who manages it, and what it may spend. */
export function TeamPage() {
  const { t } = useTranslation('teams')
  const { t: words } = useTranslation('words')
  const org = useOrg()
  const url = useUrlState(['tab'])
  const { team: id = '' } = useParams({ strict: false })
  const { data: team } = useSuspenseQuery(teamQuery(org, id))
  const { can } = useAccess()
  const navigate = useNavigate()
  const acts = useTeamActs(() => void navigate({ to: '/o/$org/teams', params: { org } }))
  usePageName(team.name)
  return (
    <Page kind="detail">
      <PageHeader
        title={team.name}
        purpose={t('teamPurpose')}
        actions={
          <>
            <CopyAsCurl path={`/api/orgs/${org}/teams/${id}/members`} />
            <ActsMenu name={team.name} acts={acts.menuOf(team)} />
          </>
        }
      />
      <Columns
        side={
          <>
            <Card title={t('about')}>
              <Facts
                facts={[
                  { label: t('created'), value: <Moment at={team.created_at} /> },
                  { label: t('id'), value: <CopyId id={team.id} /> },
                ]}
              />
            </Card>
            {can('spend_limit.manage') && <ScopeLimits scope_kind="team" scope_id={id} />}
          </>
        }
      >
        <Tabs
          label={team.name}
          value={oneOf(url.values.tab, TABS) ?? 'members'}
          onChange={(tab) => url.set({ tab: tab === 'members' ? undefined : tab })}
          tabs={[
            { value: 'members', label: t('members'), content: <Members team={id} name={team.name} /> },
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

function Members({ team, name }: { readonly team: string; readonly name: string }) {
  const { t } = useTranslation('teams')
  const org = useOrg()
  const { can } = useAccess()
  const client = useQueryClient()
  const list = useList(teamMembersQuery(org, team))
  const roles = useMemo(
    () => TEAM_ROLES.map((value) => ({ value, label: t(`roles.${value}`), hint: t(`roleHint.${value}`) })),
    [t],
  )
  const paramsOf = (member: string) => ({ path: { org, team, member } })
  return (
    <MemberRoles<TeamRole>
      label={t('membersOf', { name })}
      list={list}
      roles={roles}
      firstRole="member"
      mayChange={can('team.manage')}
      note={t('membersNote')}
      emptyText={t('noMembersText')}
      set={(member, role) =>
        api.PUT('/api/orgs/{org}/teams/{team}/members/{member}', {
          params: paramsOf(member),
          body: { is_manager: role === 'manager' },
        })
      }
      remove={(member) => api.DELETE('/api/orgs/{org}/teams/{team}/members/{member}', { params: paramsOf(member) })}
      reread={() => client.invalidateQueries({ queryKey: ['org', org, 'teams'] })}
    />
  )
}
