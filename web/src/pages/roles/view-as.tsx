import { useTranslation } from 'react-i18next'
import type { PermissionRow } from '../../api/permissions.ts'
import { Card } from '../../components/page.tsx'
import { oneOf, useUrlState } from '../../components/url-state.ts'
import { NAVIGATION, type NavigationEntry } from '../../navigation.ts'
import { useAccess, useOrg } from '../../session/facts.ts'
import { TextLink } from '../../ui/button.tsx'
import { CheckboxField } from '../../ui/checkbox.tsx'
import { ToggleGroup } from '../../ui/toggle-group.tsx'
import { BASE_ROLES, DESIGNATIONS, type Designation, permissionsOf, SURFACES } from './holders.ts'

const OF_ORGANISATION = NAVIGATION.filter(({ path }) => path.includes('$org'))

/** What the portal shows to somebody with certain roles. Nothing is done in their name. */
export function ViewAs({ rows }: { readonly rows: readonly PermissionRow[] }) {
  const { t } = useTranslation('roles')
  const org = useOrg()
  const { can } = useAccess()
  const url = useUrlState(['role', 'with', 'surface'])
  const base_role = oneOf(url.values.role, BASE_ROLES) ?? 'member'
  const surface = oneOf(url.values.surface, SURFACES) ?? 'studio'
  const designations = DESIGNATIONS.filter((each) => (url.values.with ?? '').split(',').includes(each))
  const held = permissionsOf(rows, { base_role, designations, surface })
  const isOpen = ({ permission }: NavigationEntry) => permission === null || held.has(permission)
  const toggle = (name: Designation, isOn: boolean) => {
    const others = designations.filter((each) => each !== name)
    url.set({ with: (isOn ? [...others, name] : others).join(',') })
  }
  return (
    <div className="flex flex-col gap-4">
      <p className="meta max-w-2xl text-fg3">{t('viewAsText')}</p>
      <div className="flex flex-wrap items-center gap-x-6 gap-y-3">
        <ToggleGroup
          label={t('baseRole')}
          value={base_role}
          options={BASE_ROLES.map((value) => ({ value, label: t(`role.${value}`) }))}
          onChange={(role) => url.set({ role: role === 'member' ? undefined : role })}
        />
        <ToggleGroup
          label={t('surface')}
          value={surface}
          options={SURFACES.map((value) => ({ value, label: t(`surfaces.${value}`) }))}
          onChange={(value) => url.set({ surface: value === 'studio' ? undefined : value })}
        />
        {DESIGNATIONS.map((name) => (
          <CheckboxField
            key={name}
            label={t(`designation.${name}`)}
            isChecked={designations.includes(name)}
            onChange={(isOn) => toggle(name, isOn)}
          />
        ))}
      </div>
      <p className="flex flex-wrap gap-x-4 text-fg2">
        {t('countHeld', { count: held.size })}
        {can('user.view') && (
          <TextLink to="/o/$org/people" params={{ org }} search={{ role: base_role }}>
            {t('people')}
          </TextLink>
        )}
      </p>
      <div className="grid items-start gap-5 lg:grid-cols-2">
        <Entries title={t('sees')} entries={OF_ORGANISATION.filter(isOpen)} />
        <Entries
          title={t('seesNot')}
          purpose={t('seesNotText')}
          entries={OF_ORGANISATION.filter((entry) => !isOpen(entry))}
        />
      </div>
    </div>
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
