import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { Eye } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useList } from '../../api/list.ts'
import { viewAsQuery } from '../../api/view-as.ts'
import { BASE_ROLES, DESIGNATIONS, startViewing, SURFACES, type Worn } from '../../api/viewing.ts'
import { Card } from '../../components/page.tsx'
import { ErrorState, Skeleton } from '../../components/states.tsx'
import { oneOf, useUrlState } from '../../components/url-state.ts'
import { isOpen, NAVIGATION, type NavigationEntry } from '../../navigation.ts'
import { organisationQuery, useAccess, useOrg } from '../../session/facts.ts'
import { Button, TextLink } from '../../ui/button.tsx'
import { Select } from '../../ui/select.tsx'
import { ToggleGroup } from '../../ui/toggle-group.tsx'
import { customRolesQuery } from './queries.ts'

const OF_ORGANISATION = NAVIGATION.filter(({ path }) => path.includes('$org'))
const NONE = 'none'

/** What the portal shows to somebody with certain roles, as the server decides it. Nothing is done in their name. */
export function ViewAs() {
  const { t } = useTranslation('roles')
  const org = useOrg()
  const { can } = useAccess()
  const url = useUrlState(['role', 'with', 'surface', 'own'])
  const own = useList(customRolesQuery(org)).rows ?? []
  const designation = oneOf(url.values.with, DESIGNATIONS)
  const ownRole = own.find(({ id }) => id === url.values.own)
  const role_id = ownRole?.id
  const worn: Worn = {
    base_role: oneOf(url.values.role, BASE_ROLES) ?? 'member',
    surface: oneOf(url.values.surface, SURFACES) ?? 'studio',
    ...(designation !== undefined && { designation }),
    ...(role_id !== undefined && { role_id }),
  }
  return (
    <div className="flex flex-col gap-4">
      <p className="meta max-w-2xl text-fg3">{t('viewAsText')}</p>
      <div className="flex flex-wrap items-center gap-3">
        <ToggleGroup
          label={t('baseRole')}
          value={worn.base_role}
          options={BASE_ROLES.map((value) => ({ value, label: t(`role.${value}`) }))}
          onChange={(role) => url.set({ role: role === 'member' ? undefined : role })}
        />
        <ToggleGroup
          label={t('surface')}
          value={worn.surface}
          options={SURFACES.map((value) => ({ value, label: t(`surfaces.${value}`) }))}
          onChange={(value) => url.set({ surface: value === 'studio' ? undefined : value })}
        />
        <Select
          isCompact
          label={t('designations')}
          value={designation ?? NONE}
          options={[
            { value: NONE, label: t('noDesignation') },
            ...DESIGNATIONS.map((value) => ({ value, label: t(`designation.${value}`) })),
          ]}
          onChange={(value) => url.set({ with: value === NONE ? undefined : value })}
        />
        {own.length > 0 && (
          <Select
            isCompact
            label={t('ownRole')}
            value={role_id ?? NONE}
            options={[
              { value: NONE, label: t('noOwnRole') },
              ...own.map(({ id, name }) => ({ value: id, label: name })),
            ]}
            onChange={(value) => url.set({ own: value === NONE ? undefined : value })}
          />
        )}
        {can('user.view') && (
          <TextLink to="/o/$org/people" params={{ org }} search={{ role: worn.base_role }}>
            {t('people')}
          </TextLink>
        )}
        <span className="flex-1" />
        <LookButton org={org} worn={worn} role_name={ownRole?.name} />
      </div>
      <Seen org={org} worn={worn} />
    </div>
  )
}

/** Shows the portal as these roles see it, from Home on. */
function LookButton(props: { readonly org: string; readonly worn: Worn; readonly role_name: string | undefined }) {
  const { t } = useTranslation('roles')
  const client = useQueryClient()
  const router = useRouter()
  const { org, worn, role_name } = props
  const look = useMutation({
    async mutationFn() {
      startViewing({ org, worn, ...(role_name !== undefined && { role_name }) })
      await client.fetchQuery({ ...organisationQuery(org), staleTime: 0 })
    },
    onSuccess: () => router.history.push(`/o/${org}/home`),
  })
  return (
    <Button variant="primary" isBusy={look.isPending} onClick={() => look.mutate()}>
      <Eye size={15} aria-hidden />
      {t('look')}
    </Button>
  )
}

function Seen({ org, worn }: { readonly org: string; readonly worn: Worn }) {
  const { t } = useTranslation('roles')
  const { data, error, refetch } = useQuery(viewAsQuery(org, worn))
  if (data === undefined) {
    return (
      <Card>
        {error === null ? <Skeleton lines={6} /> : <ErrorState error={error} onRetry={() => void refetch()} />}
      </Card>
    )
  }
  const held = new Set<string>(data.permissions.filter((each) => each.held).map(({ permission }) => permission))
  const sees = (entry: NavigationEntry) => isOpen(entry, (permission) => held.has(permission))
  return (
    <>
      <p className="text-fg2" aria-live="polite">
        {t('countHeld', { count: held.size })}
      </p>
      <div className="grid items-start gap-5 lg:grid-cols-2">
        <Entries title={t('sees')} entries={OF_ORGANISATION.filter(sees)} />
        <Entries
          title={t('seesNot')}
          purpose={t('seesNotText')}
          entries={OF_ORGANISATION.filter((entry) => !sees(entry))}
        />
      </div>
    </>
  )
}

function Entries(props: {
  readonly title: string
  readonly purpose?: string
  readonly entries: readonly NavigationEntry[]
}) {
  const { t } = useTranslation('roles')
  const { t: shell } = useTranslation('shell')
  return (
    <Card title={props.title} {...(props.purpose !== undefined && { purpose: props.purpose })}>
      {props.entries.length === 0 ? (
        <p className="text-fg2">{t('nothingHidden')}</p>
      ) : (
        <ul className="flex flex-col gap-2">
          {props.entries.map(({ id, icon: Icon, permission }) => (
            <li key={id} className="flex items-center gap-2.5">
              <Icon size={15} strokeWidth={1.75} aria-hidden className="shrink-0 text-fg3" />
              <span className="min-w-0 flex-1 truncate">{shell(`nav.${id}`)}</span>
              {permission !== null && <code className="font-mono text-[12px] text-fg3">{permission}</code>}
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}
