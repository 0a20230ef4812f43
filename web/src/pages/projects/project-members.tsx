import { useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { useList } from '../../api/list.ts'
import { MemberRoles } from '../../components/member-roles.tsx'
import { useAccess, useOrg } from '../../session/facts.ts'
import { PROJECT_ROLES } from '../../api/offered.ts'
import { type Project, projectMembersQuery } from './queries.ts'

/** Who has which role in a project. Everybody has one in the default project, so nothing is written down there. */
export function ProjectMembers({ project }: { readonly project: Project }) {
  const { t } = useTranslation('projects')
  const org = useOrg()
  const { can } = useAccess()
  const client = useQueryClient()
  const list = useList(projectMembersQuery(org, project.id))
  const roles = useMemo(
    () => PROJECT_ROLES.map((value) => ({ value, label: t(`roles.${value}`), hint: t(`roleHint.${value}`) })),
    [t],
  )
  const isDefault = project.kind === 'default'
  const mayChange =
    !isDefault && project.archived_at === null && (project.my_role === 'admin' || can('project.set_members'))
  const paramsOf = (member: string) => ({ path: { org, project: project.id, member } })
  return (
    <MemberRoles
      label={t('membersOf', { name: project.name })}
      list={list}
      roles={roles}
      firstRole="operator"
      mayChange={mayChange}
      note={isDefault ? t('membersDefault') : mayChange ? t('membersNote') : t('membersReadOnly')}
      emptyText={isDefault ? t('membersDefault') : t('noMembersText')}
      set={(member, role) =>
        api.PUT('/api/orgs/{org}/projects/{project}/members/{member}', { params: paramsOf(member), body: { role } })
      }
      remove={(member) =>
        api.DELETE('/api/orgs/{org}/projects/{project}/members/{member}', { params: paramsOf(member) })
      }
      reread={() => client.invalidateQueries({ queryKey: ['org', org, 'projects'] })}
    />
  )
}
