import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useMemberName } from '../../api/directory.ts'
import type { List } from '../../api/list.ts'
import { LoadMore } from '../../components/load-more.tsx'
import { RiskBadge } from '../../components/state-badge.tsx'
import { ErrorState, Skeleton } from '../../components/states.tsx'
import { TimeAgo } from '../../components/time-ago.tsx'
import { useOrg } from '../../session/facts.ts'
import { Badge } from '../../ui/badge.tsx'
import { Checkbox } from '../../ui/checkbox.tsx'
import { cx } from '../../ui/cx.ts'
import { toggleMark } from './marks.ts'
import type { Waiting } from './queries.ts'

/** What waits, one below the other; the one that is shown is marked. */
export function Queue(props: {
  readonly list: List<Waiting>
  readonly shown: string | null
  /** The runs that are to be decided together. */
  readonly marks: readonly string[]
}) {
  const { t } = useTranslation('approvals')
  const { list, marks } = props
  if (list.error !== null) return <ErrorState error={list.error} onRetry={list.reload} />
  if (list.rows === null) return <Skeleton lines={8} />
  return (
    <div className={cx('overflow-clip rounded-xl border bg-surface', list.isStale && 'opacity-60')}>
      <ul aria-label={t('queue')} className="divide-y">
        {list.rows.map((item) => (
          <Item
            key={item.id}
            item={item}
            isShown={item.run_id === props.shown}
            isMarked={marks.includes(item.run_id)}
          />
        ))}
      </ul>
      {list.hasMore && (
        <div className="border-t p-2 text-center">
          <LoadMore list={list} variant="ghost" label={t('more')} />
        </div>
      )}
    </div>
  )
}

function Item(props: { readonly item: Waiting; readonly isShown: boolean; readonly isMarked: boolean }) {
  const { item } = props
  const { t } = useTranslation('approvals')
  const org = useOrg()
  const nameOf = useMemberName()
  return (
    <li className={cx('flex items-start gap-2.5 px-3 py-2.5', props.isShown && 'bg-accent-soft')}>
      <span className="pt-0.5">
        <Checkbox
          label={t('markThis', { app: item.app_name, name: nameOf(item.requester_id) ?? '' })}
          isChecked={props.isMarked}
          onChange={() => toggleMark(item.run_id)}
        />
      </span>
      <Link
        to="/o/$org/approvals/$run"
        params={{ org, run: item.run_id }}
        search={(before: Readonly<Record<string, string | undefined>>) => before}
        aria-current={props.isShown ? 'true' : undefined}
        className="min-w-0 flex-1 rounded-sm"
      >
        <span className="flex items-baseline justify-between gap-2">
          <span className="min-w-0 truncate font-medium">{item.app_name}</span>
          <span className="meta shrink-0 text-fg2">
            <TimeAgo at={item.opened_at} />
          </span>
        </span>
        <span className="meta mt-0.5 flex flex-wrap items-center gap-x-2 gap-y-1 text-fg2">
          <RiskBadge risk={item.risk} />
          <span className="min-w-0 truncate">{nameOf(item.requester_id)}</span>
          <span>{t(`levels.${item.level}`, { defaultValue: String(item.level) })}</span>
          {item.is_edited && <Badge tone="warn">{t('edited')}</Badge>}
          {item.escalated_at !== null && <Badge tone="bad">{t('escalated')}</Badge>}
          {item.deadline_at !== null && (
            <span>
              {t('due')} <TimeAgo at={item.deadline_at} />
            </span>
          )}
        </span>
      </Link>
    </li>
  )
}
