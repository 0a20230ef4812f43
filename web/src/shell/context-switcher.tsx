import { useQuery } from '@tanstack/react-query'
import { useParams, useRouter } from '@tanstack/react-router'
import { Building2, ChevronsUpDown, Plus } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Avatar } from '../components/avatar.tsx'
import { Mark, useDeploymentName } from '../components/brand.tsx'
import { PLATFORM_ICON } from '../navigation.ts'
import { organisationQuery, useMe } from '../session/facts.ts'
import { cx } from '../ui/cx.ts'
import { Menu, type MenuGroup } from '../ui/menu.tsx'

/** Which organisation, or the platform. It is part of the address, so a link says where it leads. */
export function ContextSwitcher({ isNarrow }: { readonly isNarrow: boolean }) {
  const { t } = useTranslation('shell')
  const router = useRouter()
  const deployment = useDeploymentName()
  const me = useMe()
  const { org } = useParams({ strict: false })
  const { data: organisation } = useQuery({ ...organisationQuery(org ?? ''), enabled: false })
  const isPlatform = router.state.location.pathname.startsWith('/platform')
  // The facts are not there where entry is refused.
  const known = organisation ?? me.organisations.find(({ id }) => id === org)
  const name = known !== undefined && org !== undefined ? known.name : isPlatform ? t('platform') : deployment
  const role = organisation?.membership?.base_role
  const detail =
    org === undefined
      ? t(isPlatform ? 'wholeDeployment' : 'chooseOrganisation')
      : role
        ? t(`role.${role}`)
        : me.is_superadmin
          ? t('role.superadmin')
          : t('noEntry')
  const go = (href: string) => router.history.push(href)
  const groups: readonly MenuGroup[] = [
    {
      items: me.is_superadmin
        ? [
            {
              id: 'platform',
              label: t('platform'),
              icon: PLATFORM_ICON,
              onSelect: () => go('/platform'),
              isChecked: isPlatform,
            },
          ]
        : [],
    },
    {
      label: t('organisations'),
      items: me.organisations.map(({ id, name: label }) => ({
        id,
        label,
        icon: Building2,
        onSelect: () => go(`/o/${id}/home`),
        isChecked: id === org,
      })),
    },
    { items: [{ id: 'new', label: t('newOrganisation'), icon: Plus, onSelect: () => go('/register') }] },
  ]
  return (
    <Menu
      align="start"
      className="w-56"
      groups={groups}
      trigger={
        <button
          type="button"
          aria-label={isNarrow ? t('switchContext', { name }) : undefined}
          className={cx(
            'flex w-full items-center gap-2.5 rounded-lg text-start hover:border-line2 hover:bg-hover',
            isNarrow ? 'justify-center p-0.5' : 'border bg-surface px-2.5 py-2',
          )}
        >
          {org === undefined ? <Mark /> : <Avatar name={name} isSquare />}
          {!isNarrow && (
            <>
              <span className="min-w-0 flex-1 leading-4">
                <span className="block truncate font-medium">{name}</span>
                <span className="block truncate text-[11px] text-fg3">{detail}</span>
                <span className="sr-only">{t('switchThis')}</span>
              </span>
              <ChevronsUpDown size={14} className="shrink-0 text-fg3" aria-hidden />
            </>
          )}
        </button>
      }
    />
  )
}
