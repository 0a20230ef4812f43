import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Avatar } from '../../components/avatar.tsx'
import type { Column } from '../../components/data-table-props.ts'
import { StateBadge } from '../../components/state-badge.tsx'
import { Day } from '../../components/time-ago.tsx'
import { useOrg } from '../../session/facts.ts'
import { Badge } from '../../ui/badge.tsx'
import { TextLink } from '../../ui/button.tsx'
import { type Person, ROLES } from './queries.ts'

/** What the list of people shows of each. */
export function usePeopleColumns(): readonly Column<Person>[] {
  const { t } = useTranslation('people')
  const org = useOrg()
  return useMemo(
    () => [
      {
        id: 'name',
        orderBy: ({ display_name, email }) => display_name ?? email,
        header: t('name'),
        width: 'minmax(220px, 3fr)',
        cell: (person) => <PersonName person={person} org={org} nameless={t('nameless')} />,
      },
      {
        id: 'email',
        orderBy: ({ email }) => email,
        header: t('email'),
        width: 'minmax(180px, 3fr)',
        isSecondary: true,
        cell: (person) => <span className="text-fg2">{person.email ?? '–'}</span>,
      },
      {
        id: 'role',
        orderBy: ({ base_role }) => ROLES.indexOf(base_role),
        header: t('role'),
        width: 'minmax(90px, 1fr)',
        cell: (person) => t(`roles.${person.base_role}`),
      },
      {
        id: 'designations',
        header: t('designations'),
        width: 'minmax(130px, 2fr)',
        cell: (person) => person.designations.map((each) => t(`designation.${each}`)).join(', ') || '–',
      },
      {
        id: 'surface',
        header: t('surface'),
        width: 'minmax(80px, 1fr)',
        isSecondary: true,
        cell: (person) => <Badge>{t(`surfaces.${person.surface}`)}</Badge>,
      },
      {
        id: 'status',
        orderBy: ({ status }) => status,
        header: t('status'),
        width: 'minmax(100px, 1fr)',
        cell: (person) => <StateBadge state={person.status} />,
      },
      {
        id: 'joined',
        orderBy: ({ joined_at }) => joined_at,
        header: t('joined'),
        width: 'minmax(110px, 1fr)',
        isNumber: true,
        isSecondary: true,
        cell: (person) => <Day at={person.joined_at} />,
      },
    ],
    [t, org],
  )
}

function PersonName(props: { readonly person: Person; readonly org: string; readonly nameless: string }) {
  const name = props.person.display_name ?? props.person.email ?? props.nameless
  return (
    <span className="flex items-center gap-2.5">
      <Avatar name={name} />
      <TextLink
        to="/o/$org/people/$person"
        params={{ org: props.org, person: props.person.id }}
        className="truncate font-medium text-fg"
      >
        {name}
      </TextLink>
    </span>
  )
}
