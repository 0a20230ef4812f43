import { useTranslation } from 'react-i18next'
import { useMemberName } from '../../api/directory.ts'
import type { Column } from '../../components/data-table-props.ts'
import { useFormat } from '../../components/format.ts'
import { TimeAgo } from '../../components/time-ago.tsx'
import { Badge } from '../../ui/badge.tsx'
import { cx } from '../../ui/cx.ts'
import type { Limit } from './queries.ts'

const NEARLY_FULL = 0.8

/** What a limit is about: the thing by its name, or the default of its kind. */
export function useScopeName(): (limit: Limit) => string {
  const { t } = useTranslation('quotas')
  const memberName = useMemberName()
  return ({ scope_kind, scope_id, scope_name }) => {
    const kind = t(`scopes.${scope_kind}`, { defaultValue: scope_kind })
    if (scope_kind === 'organisation') return kind
    if (scope_id === null) return t('everyScope', { kind })
    // The limits know the names of places only; people's are the directory's.
    const name = scope_name ?? (scope_kind === 'user' ? memberName(scope_id) : `…${scope_id.slice(-8)}`)
    return `${kind}: ${name}`
  }
}

/** What the list shows of each limit. */
export function useLimitColumns(currency: string | null): readonly Column<Limit>[] {
  const { t } = useTranslation('quotas')
  const format = useFormat()
  const nameOf = useScopeName()
  const write = (limit: Limit, amount: number) =>
    limit.unit === 'micros' && currency !== null ? format.money(amount, currency) : format.compact(amount)
  return [
    {
      id: 'scope',
      header: t('scope'),
      width: 'minmax(200px, 2fr)',
      cell: (limit) => <span className="font-medium">{nameOf(limit)}</span>,
    },
    {
      id: 'period',
      header: t('period'),
      width: 'minmax(100px, 1fr)',
      cell: (limit) => t(`periods.${limit.period}`, { defaultValue: limit.period }),
    },
    {
      id: 'limit',
      header: t('limit'),
      width: 'minmax(110px, 1fr)',
      isNumber: true,
      cell: (limit) => write(limit, limit.amount),
    },
    {
      id: 'used',
      header: t('used'),
      width: 'minmax(200px, 2fr)',
      cell: (limit) => <Used limit={limit} write={(amount) => write(limit, amount)} />,
    },
    {
      id: 'resets',
      header: t('resets'),
      width: 'minmax(130px, 1fr)',
      isSecondary: true,
      cell: (limit) => (limit.standing?.resets_at == null ? '–' : <TimeAgo at={limit.standing.resets_at} />),
    },
  ]
}

function Used({ limit, write }: { readonly limit: Limit; readonly write: (amount: number) => string }) {
  const { t } = useTranslation('quotas')
  if (limit.standing === null) return <span className="text-fg3">{t('perPerson')}</span>
  const { used, top_up, is_binding } = limit.standing
  const max = limit.amount + top_up
  const share = max <= 0 ? 1 : Math.min(1, used / max)
  const colour = share >= 1 ? 'bg-bad' : share >= NEARLY_FULL ? 'bg-warn' : 'bg-accent'
  return (
    <span className="flex items-center gap-2.5">
      <span aria-hidden className="h-1.5 w-16 shrink-0 overflow-hidden rounded-full bg-hover2">
        <span className={cx('block h-full rounded-full', colour)} style={{ width: `${share * 100}%` }} />
      </span>
      <span className="tabular-nums">{t('usedOf', { used: write(used), max: write(max) })}</span>
      {is_binding && <Badge tone="accent">{t('binding')}</Badge>}
    </span>
  )
}
