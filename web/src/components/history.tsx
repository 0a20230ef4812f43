import { useQuery } from '@tanstack/react-query'
import { ChevronRight, History as Icon } from 'lucide-react'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Entry, entriesQuery, entryQuery } from '../api/audit.ts'
import { useMemberName } from '../api/directory.ts'
import { useList } from '../api/list.ts'
import { useOrg } from '../session/facts.ts'
import { TextLink } from '../ui/button.tsx'
import { cx } from '../ui/cx.ts'
import { useActorName } from './actor-name.ts'
import { ChangeView } from './change-view.tsx'
import { LoadMore } from './load-more.tsx'
import { StateBadge } from './state-badge.tsx'
import { EmptyState, ErrorState, Skeleton } from './states.tsx'
import { Moment } from './time-ago.tsx'

/** What the log tells of one thing, newest first, each entry with what it changed. For whoever may read the log. */
export function History({ target_id }: { readonly target_id: string }) {
  const { t } = useTranslation('words')
  const org = useOrg()
  const list = useList(entriesQuery(org, { target_id }))
  if (list.error !== null) return <ErrorState error={list.error} onRetry={list.reload} />
  if (list.rows === null) return <Skeleton lines={5} />
  if (list.rows.length === 0) return <EmptyState icon={Icon} title={t('noHistory')} />
  return (
    <div className="overflow-clip rounded-xl border bg-surface">
      <ol aria-label={t('history')} className="divide-y">
        {list.rows.map((entry) => (
          <Told key={entry.id} entry={entry} />
        ))}
      </ol>
      <div className="flex flex-wrap items-center gap-3 border-t px-4 py-2">
        <TextLink
          to="/o/$org/audit"
          params={{ org }}
          search={{ find: target_id, from: list.rows.at(-1)?.at }}
          className="meta"
        >
          {t('inAuditLog')}
        </TextLink>
        <LoadMore list={list} size="compact" variant="ghost" className="ms-auto" />
      </div>
    </div>
  )
}

function Told({ entry }: { readonly entry: Entry }) {
  const [isOpen, setOpen] = useState(false)
  const actorName = useActorName(useMemberName())
  const id = useId()
  return (
    <li>
      <button
        type="button"
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setOpen(!isOpen)}
        className="flex w-full flex-wrap items-center gap-x-3 gap-y-0.5 px-4 py-2.5 text-start hover:bg-hover"
      >
        <ChevronRight
          size={14}
          aria-hidden
          className={cx(
            'shrink-0 text-fg3 transition-transform duration-120 rtl:-scale-x-100',
            isOpen && 'rotate-90 rtl:rotate-90',
          )}
        />
        <span className="min-w-0 truncate font-medium">{entry.event}</span>
        {entry.outcome !== 'succeeded' && <StateBadge state={entry.outcome} />}
        <span className="min-w-0 flex-1 truncate text-fg2">{actorName(entry)}</span>
        <span className="text-fg3">
          <Moment at={entry.at} />
        </span>
      </button>
      <div id={id} className={cx('flex flex-col gap-4 px-4 pt-1 pb-4 ps-10', !isOpen && 'hidden')}>
        {isOpen && <Change id={entry.id} />}
      </div>
    </li>
  )
}

function Change({ id }: { readonly id: string }) {
  const { t } = useTranslation('words')
  const org = useOrg()
  const { data, error, refetch } = useQuery(entryQuery(org, id))
  if (error !== null) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (data === undefined) return <Skeleton lines={2} />
  const isBare = typeof data.data !== 'object' || data.data === null || Object.keys(data.data).length === 0
  return isBare ? <p className="meta text-fg3">{t('nothingMore')}</p> : <ChangeView data={data.data} />
}
