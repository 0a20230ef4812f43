import { useTranslation } from 'react-i18next'
import { type NameOf, useActorName } from '../../components/actor-name.ts'
import type { CsvColumn } from '../../components/export-button.tsx'
import type { Column } from '../../components/data-table-props.ts'
import { StateBadge } from '../../components/state-badge.tsx'
import { Moment } from '../../components/time-ago.tsx'
import { type AuditLog, type Entry, namedTargetOf } from './queries.ts'

/** What the list shows of each entry. */
export function useAuditColumns(log: AuditLog, nameOf: NameOf, open: (entry: Entry) => void): readonly Column<Entry>[] {
  const { t } = useTranslation('audit')
  const actorName = useActorName(nameOf)
  return [
    {
      id: 'event',
      header: t('event'),
      width: 'minmax(200px, 3fr)',
      cell: (entry) => (
        <button type="button" className="truncate rounded-xs font-medium hover:underline" onClick={() => open(entry)}>
          {entry.event}
        </button>
      ),
    },
    { id: 'actor', header: t('actor'), width: 'minmax(150px, 2fr)', cell: (entry) => actorName(entry) },
    ...(log.org === null
      ? [
          {
            id: 'organisation',
            header: t('organisation'),
            width: 'minmax(140px, 1.5fr)',
            cell: (entry: Entry) => nameOf(entry.organisation_id) ?? '–',
          },
        ]
      : []),
    {
      id: 'outcome',
      header: t('outcome'),
      width: 'minmax(110px, 1fr)',
      cell: (entry) => <StateBadge state={entry.outcome} />,
    },
    {
      id: 'reason',
      header: t('reason'),
      width: 'minmax(130px, 2fr)',
      isSecondary: true,
      cell: (entry) => <span className="text-fg2">{entry.reason_code ?? '–'}</span>,
    },
    {
      id: 'target',
      header: t('target'),
      width: 'minmax(130px, 2fr)',
      isSecondary: true,
      cell: (entry) => (
        <span className="text-fg2">
          {entry.target_type ?? '–'}{' '}
          {nameOf(namedTargetOf(log, entry)) ?? (
            <span className="font-mono text-[12px]">{entry.target_id?.slice(-8)}</span>
          )}
        </span>
      ),
    },
    {
      id: 'at',
      header: t('at'),
      width: 'minmax(185px, 1.5fr)',
      isNumber: true,
      cell: (entry) => <Moment at={entry.at} />,
    },
  ]
}

const WORDS = [
  'id',
  'at',
  'event',
  'outcome',
  'reason_code',
  'actor_type',
  'actor_id',
  'actor_role',
  'via',
  'api_key_id',
  'address',
  'target_type',
  'target_id',
  'request_id',
] as const

/** What the file holds of each entry: the words of the API, as they were written. */
export const csvOf = (isPlatform: boolean): readonly CsvColumn<Entry>[] =>
  [...WORDS, isPlatform ? ('organisation_id' as const) : ('execution_id' as const)].map((name) => ({
    name,
    value: (entry) => entry[name],
  }))
