import { useQuery } from '@tanstack/react-query'
import { Link, useLocation, useParams } from '@tanstack/react-router'
import { Bookmark, Building2, type LucideIcon } from 'lucide-react'
import { type ReactNode, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { approvalCountsQuery } from '../api/approvals.ts'
import { pinnedViewsQuery, searchOf } from '../api/saved-views.ts'
import { waitingTasksQuery } from '../api/tasks.ts'
import { DeploymentBrand, useIsBranded } from '../components/brand.tsx'
import { type NavigationEntry, type NavigationGroup, pathOf, PLATFORM_ICON } from '../navigation.ts'
import { useMe } from '../session/facts.ts'
import { cx } from '../ui/cx.ts'
import { Tooltip } from '../ui/tooltip.tsx'
import { ContextSwitcher } from './context-switcher.tsx'
import { useOpenEntries } from './open-entries.ts'
import { UserMenu } from './user-menu.tsx'

const UPPER: readonly NavigationGroup[] = ['work', 'govern', 'manage', 'money']

function Groups({ isNarrow }: { readonly isNarrow: boolean }) {
  const { t } = useTranslation('shell')
  const entries = useOpenEntries().filter((entry) => entry.isUnlisted !== true)
  const of = (group: NavigationGroup) => entries.filter((entry) => entry.group === group)
  const upper = [...UPPER, 'platform' as const].filter((group) => of(group).length > 0)
  const organisation = of('organisation')
  const list = useRef<HTMLDivElement>(null)
  const { pathname } = useLocation()
  // Whoever comes by the palette or a link sees where that is, also where the list is longer than the window.
  useEffect(() => {
    list.current?.querySelector('[aria-current="page"]')?.scrollIntoView({ block: 'nearest' })
  }, [pathname])
  return (
    <nav aria-label={t('main')} className="flex min-h-0 flex-1 flex-col">
      <div ref={list} className="min-h-0 flex-1 overflow-y-auto px-3 pb-3">
        <Pinned entries={entries} isNarrow={isNarrow} />
        {upper.map((group) => (
          <Group key={group} title={t(`group.${group}`)} entries={of(group)} isNarrow={isNarrow} />
        ))}
        {entries.length === 0 && <Places isNarrow={isNarrow} />}
      </div>
      {organisation.length > 0 && (
        // Always in sight, however long the list above is.
        <div className="shrink-0 border-t px-3 py-2.5">
          <Group title={t('group.organisation')} entries={organisation} isNarrow={isNarrow} />
        </div>
      )}
    </nav>
  )
}

/** The views of lists that the reader has pinned, each with its filters. */
function Pinned({ entries, isNarrow }: { readonly entries: readonly NavigationEntry[]; readonly isNarrow: boolean }) {
  const { t } = useTranslation('shell')
  const { org = '' } = useParams({ strict: false })
  const hasLists = org !== '' && entries.some(({ permission }) => permission === 'run.view_own')
  const { data } = useQuery({ ...pinnedViewsQuery(org), enabled: hasLists })
  const views = (data?.items ?? []).flatMap((view) => {
    const entry = entries.find(({ id }) => id === view.screen)
    return entry === undefined ? [] : [{ view, href: pathOf(entry, org) }]
  })
  if (views.length === 0) return null
  return (
    <section aria-label={t('pinned')} className="mb-4">
      {!isNarrow && <h2 className="group-label px-2 pb-1">{t('pinned')}</h2>}
      <ul className="flex flex-col gap-px">
        {views.map(({ view, href }) => (
          <li key={view.id}>
            <Place
              icon={Bookmark}
              name={view.name}
              href={href}
              search={{ ...searchOf(view), view: view.id }}
              isNarrow={isNarrow}
            />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Group(props: {
  readonly title: string
  readonly entries: readonly NavigationEntry[]
  readonly isNarrow: boolean
}) {
  const { org } = useParams({ strict: false })
  return (
    <section aria-label={props.title} className="mb-4 last:mb-0">
      {!props.isNarrow && <h2 className="group-label px-2 pb-1">{props.title}</h2>}
      <ul className="flex flex-col gap-px">
        {props.entries.map((entry) => (
          <li key={entry.id}>
            <Item entry={entry} href={pathOf(entry, org ?? null)} isNarrow={props.isNarrow} />
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Where one can go from a screen that belongs to no organisation. */
function Places({ isNarrow }: { readonly isNarrow: boolean }) {
  const { t } = useTranslation('shell')
  const { organisations, is_superadmin } = useMe()
  const places = [
    ...(is_superadmin ? [{ href: '/platform', name: t('platform'), icon: PLATFORM_ICON }] : []),
    ...organisations.map(({ id, name }) => ({ href: `/o/${id}/home`, name, icon: Building2 })),
  ]
  return (
    <section aria-label={t('organisations')}>
      {!isNarrow && <h2 className="group-label px-2 pb-1">{t('organisations')}</h2>}
      <ul className="flex flex-col gap-px">
        {places.map(({ href, name, icon }) => (
          <li key={href}>
            <Place icon={icon} name={name} href={href} isNarrow={isNarrow} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Item({
  entry,
  href,
  isNarrow,
}: {
  readonly entry: NavigationEntry
  readonly href: string
  readonly isNarrow: boolean
}) {
  const { t } = useTranslation('shell')
  const badge = entry.id === 'approvals' ? <WaitingDrafts /> : entry.id === 'tasks' ? <WaitingTasks /> : null
  return <Place icon={entry.icon} name={t(`nav.${entry.id}`)} href={href} isNarrow={isNarrow} badge={badge} />
}

function Place(props: {
  readonly icon: LucideIcon
  readonly name: string
  readonly href: string
  readonly search?: Readonly<Record<string, string>>
  readonly isNarrow: boolean
  readonly badge?: ReactNode
}) {
  const { icon: Icon, name, isNarrow } = props
  const link = (
    <Link
      to={props.href}
      {...(props.search && { search: props.search })}
      aria-label={isNarrow ? name : undefined}
      activeProps={{ 'aria-current': 'page' }}
      className={cx(
        'flex h-8 items-center gap-2.5 rounded-md text-fg2 transition-colors duration-120 hover:bg-hover hover:text-fg aria-[current=page]:bg-accent-soft aria-[current=page]:font-medium aria-[current=page]:text-accent-text pointer-coarse:h-10',
        isNarrow ? 'justify-center' : 'px-2',
      )}
    >
      <Icon size={15} strokeWidth={1.75} aria-hidden className="shrink-0" />
      {!isNarrow && <span className="min-w-0 flex-1 truncate">{name}</span>}
      {!isNarrow && props.badge}
    </Link>
  )
  return isNarrow ? <Tooltip text={name}>{link}</Tooltip> : link
}

/** How many drafts wait for the reader; nothing when none does. */
function WaitingDrafts() {
  const { org = '' } = useParams({ strict: false })
  const { data } = useQuery({ ...approvalCountsQuery(org), enabled: org !== '' })
  return <Count count={data?.queue ?? 0} />
}

/** How many tasks of runs wait for the reader. */
function WaitingTasks() {
  const { org = '' } = useParams({ strict: false })
  const { data = [] } = useQuery({ ...waitingTasksQuery(org), enabled: org !== '' })
  return <Count count={data.length} />
}

function Count({ count }: { readonly count: number }) {
  const { t } = useTranslation('shell')
  if (count === 0) return null
  return (
    <span className="rounded-full bg-accent-soft px-1.5 text-[11px] leading-[18px] font-medium text-accent-text tabular-nums">
      <span aria-hidden>{count}</span>
      <span className="sr-only">{t('waiting', { count })}</span>
    </span>
  )
}

/** What stands in the sidebar, wherever it is. */
export function RailContents({
  isNarrow,
  onShortcuts,
}: {
  readonly isNarrow: boolean
  readonly onShortcuts: () => void
}): ReactNode {
  const isBranded = useIsBranded()
  return (
    <>
      {isBranded && !isNarrow && (
        <div className="flex shrink-0 px-5 pt-3.5 pb-0.5">
          <DeploymentBrand />
        </div>
      )}
      <div className="p-3">
        <ContextSwitcher isNarrow={isNarrow} />
      </div>
      <Groups isNarrow={isNarrow} />
      <UserMenu isNarrow={isNarrow} onShortcuts={onShortcuts} />
    </>
  )
}

/** Where one can go, always in sight. */
export function Rail(props: { readonly isNarrow: boolean; readonly onShortcuts: () => void }) {
  const { t } = useTranslation('shell')
  return (
    <aside
      aria-label={t('sidebar')}
      className={cx('flex shrink-0 flex-col border-e bg-bg', props.isNarrow ? 'w-14' : 'w-60')}
    >
      <RailContents {...props} />
    </aside>
  )
}
