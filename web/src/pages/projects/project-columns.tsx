import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Column } from '../../components/data-table-props.ts'
import { Day } from '../../components/time-ago.tsx'
import { useOrg } from '../../session/facts.ts'
import { Badge } from '../../ui/badge.tsx'
import { TextLink } from '../../ui/button.tsx'
import type { Project } from './queries.ts'

/** What the list of projects shows of each. */
export function useProjectColumns(): readonly Column<Project>[] {
  const { t } = useTranslation('projects')
  const org = useOrg()
  return useMemo(
    () => [
      {
        id: 'name',
        orderBy: ({ name }) => name,
        header: t('name'),
        width: 'minmax(200px, 3fr)',
        cell: (project) => (
          <TextLink
            to="/o/$org/projects/$project"
            params={{ org, project: project.id }}
            className="font-medium text-fg"
          >
            {project.name}
          </TextLink>
        ),
      },
      {
        id: 'kind',
        orderBy: ({ kind }) => kind,
        header: t('kind'),
        width: 'minmax(110px, 1fr)',
        cell: (project) => (
          <Badge tone={project.kind === 'default' ? 'info' : 'neutral'}>{t(`kinds.${project.kind}`)}</Badge>
        ),
      },
      {
        id: 'role',
        orderBy: ({ my_role }) => my_role,
        header: t('myRole'),
        width: 'minmax(120px, 1fr)',
        cell: (project) => (project.my_role === null ? t('noRole') : t(`roles.${project.my_role}`)),
      },
      {
        id: 'created',
        orderBy: ({ created_at }) => created_at,
        header: t('created'),
        width: 'minmax(120px, 1fr)',
        isNumber: true,
        isSecondary: true,
        cell: (project) => <Day at={project.created_at} />,
      },
    ],
    [t, org],
  )
}
