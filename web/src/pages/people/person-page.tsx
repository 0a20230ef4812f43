import { useSuspenseQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Ellipsis } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Avatar } from '../../components/avatar.tsx'
import { CopyAsCurl } from '../../components/copy-as-curl.tsx'
import { CopyId } from '../../components/copy-id.tsx'
import { History } from '../../components/history.tsx'
import { Card, Columns, Facts, Page, PageHeader } from '../../components/page.tsx'
import { StateBadge } from '../../components/state-badge.tsx'
import { Moment } from '../../components/time-ago.tsx'
import { oneOf, useUrlState } from '../../components/url-state.ts'
import { useAccess, useOrg } from '../../session/facts.ts'
import { usePageName } from '../../shell/page-name.ts'
import { IconButton } from '../../ui/button.tsx'
import { Menu } from '../../ui/menu.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { AccessForm } from './access-form.tsx'
import { AccessHistory } from './access-history.tsx'
import { PermissionTable } from './permission-table.tsx'
import { usePersonActs } from './person-acts.tsx'
import { Places } from './places.tsx'
import { personQuery } from './queries.ts'
import { Sessions } from './sessions.tsx'

const TABS = ['permissions', 'places', 'held', 'access', 'sessions', 'history'] as const

/** One person: what they may do and why, and how to change it. */
export function PersonPage() {
  const { t } = useTranslation('people')
  const { t: words } = useTranslation('words')
  const org = useOrg()
  const { person: id = '' } = useParams({ strict: false })
  const { data: person } = useSuspenseQuery(personQuery(org, id))
  const { can } = useAccess()
  const acts = usePersonActs()
  const url = useUrlState(['tab', 'what', 'on'])
  const name = person.display_name ?? person.email ?? t('nameless')
  usePageName(name)
  const menu = acts.menuOf(person)
  const tab = oneOf(url.values.tab, TABS) ?? 'permissions'
  return (
    <Page kind="detail">
      <PageHeader
        title={name}
        badge={<StateBadge state={person.status} />}
        purpose={person.email}
        actions={
          <>
            <CopyAsCurl path={`/api/orgs/${org}/members/${id}`} />
            {menu.length > 0 && (
              <Menu
                trigger={
                  <IconButton variant="secondary" label={t('acts', { name })}>
                    <Ellipsis size={16} aria-hidden />
                  </IconButton>
                }
                groups={[
                  { items: menu.filter((act) => act.isDangerous !== true) },
                  { items: menu.filter((act) => act.isDangerous === true) },
                ]}
              />
            )}
          </>
        }
      />
      <Columns
        side={
          <Card title={t('profile')}>
            <div className="mb-4 flex items-center gap-3">
              <Avatar name={name} size="large" />
              <div className="min-w-0">
                <p className="truncate font-medium">{name}</p>
                <p className="truncate text-fg3">{person.email}</p>
              </div>
            </div>
            <Facts
              facts={[
                { label: t('role'), value: t(`roles.${person.base_role}`) },
                {
                  label: t('designations'),
                  value: person.designations.map((each) => t(`designation.${each}`)).join(', ') || '–',
                },
                { label: t('ownRoles'), value: person.custom_roles.map(({ name: each }) => each).join(', ') || '–' },
                { label: t('surface'), value: t(`surfaces.${person.surface}`) },
                { label: t('teams'), value: person.team_ids.length },
                { label: t('joined'), value: <Moment at={person.joined_at} /> },
                { label: t('id'), value: <CopyId id={person.id} /> },
              ]}
            />
          </Card>
        }
      >
        <Tabs
          label={name}
          value={tab}
          onChange={(next) =>
            url.set({ tab: next === 'permissions' ? undefined : next, what: undefined, on: undefined })
          }
          tabs={[
            {
              value: 'permissions',
              label: t('permissions'),
              content: <PermissionTable permissions={person.permissions} />,
            },
            { value: 'places', label: t('places'), content: <Places person={person.id} /> },
            { value: 'held', label: t('overTime'), content: <AccessHistory person={person.id} /> },
            ...(can('role.change') && person.status !== 'removed'
              ? [
                  {
                    value: 'access' as const,
                    label: t('access'),
                    content: <AccessForm key={person.id} person={person} />,
                  },
                ]
              : []),
            ...(can('session.revoke_any') && person.status !== 'removed'
              ? [
                  {
                    value: 'sessions' as const,
                    label: t('sessions.tab'),
                    content: <Sessions person={person.id} name={name} onEndAll={() => acts.askSignOut(person)} />,
                  },
                ]
              : []),
            ...(can('audit.view')
              ? [{ value: 'history' as const, label: words('history'), content: <History target_id={person.id} /> }]
              : []),
          ]}
        />
      </Columns>
      {acts.dialogs}
    </Page>
  )
}
