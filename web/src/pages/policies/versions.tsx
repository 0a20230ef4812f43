import { History } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useList } from '../../api/list.ts'
import { LoadMore } from '../../components/load-more.tsx'
import { EmptyState, ErrorState, Skeleton } from '../../components/states.tsx'
import { Moment } from '../../components/time-ago.tsx'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { type PolicyField, KINDS } from '../../components/policy-fields.ts'
import { usePolicyText } from '../../components/policy-text.ts'
import { type AuthorNames, type PolicyLevel, type Version, versionsQuery } from '../../api/policy.ts'

/** Every version that was in force, newest first, each with what it changed. */
export function Versions({
  level,
  useNames,
  onTakeUp,
}: {
  readonly level: PolicyLevel
  readonly useNames: AuthorNames
  /** Puts an older version into the form; null for whoever may only read. */
  readonly onTakeUp: ((version: Version) => void) | null
}) {
  const { t } = useTranslation('policies')
  const list = useList(versionsQuery(level))
  const nameOf = useNames(list.rows?.map(({ created_by }) => created_by) ?? [])
  const isBaseline = level.org === null
  if (list.error !== null) return <ErrorState error={list.error} onRetry={list.reload} />
  if (list.rows === null) return <Skeleton lines={5} />
  if (list.rows.length === 0) {
    return (
      <EmptyState icon={History} title={t(isBaseline ? 'noBaseline' : 'noVersions')}>
        {t(isBaseline ? 'noBaselineText' : 'noVersionsText')}
      </EmptyState>
    )
  }
  const { rows } = list
  return (
    <ol className="flex flex-col divide-y rounded-xl border bg-surface">
      {rows.map((version, index) => (
        <li key={version.version} className="flex flex-col gap-2 px-4 py-3">
          <p className="flex flex-wrap items-baseline gap-x-3">
            <span className="font-medium">{t('version', { version: version.version })}</span>
            <span className="text-fg2">{nameOf(version.created_by)}</span>
            {version.created_at !== null && (
              <span className="text-fg3">
                <Moment at={version.created_at} />
              </span>
            )}
            {index === 0 ? (
              <Badge tone="ok">{t('holdsNow')}</Badge>
            ) : (
              onTakeUp !== null && (
                <Button size="compact" className="ms-auto" onClick={() => onTakeUp(version)}>
                  {t('takeUp')}
                </Button>
              )
            )}
          </p>
          {version.reason !== null && <p className="whitespace-pre-line text-fg2">{version.reason}</p>}
          <Changes
            now={membersOf(version.document)}
            then={membersOf(rows[index + 1]?.document)}
            unset={t(isBaseline ? 'asDefault' : 'inherit')}
          />
        </li>
      ))}
      {list.hasMore && (
        <li className="px-4 py-3">
          <LoadMore list={list} label={t('olderVersions')} />
        </li>
      )}
    </ol>
  )
}

const isField = (name: string): name is PolicyField => name in KINDS
const membersOf = (document: unknown): Readonly<Record<string, unknown>> =>
  typeof document === 'object' && document !== null ? { ...document } : {}

/** The fields in which two documents differ. */
export function Changes({
  now,
  then,
  unset,
}: {
  readonly now: Readonly<Record<string, unknown>>
  readonly then: Readonly<Record<string, unknown>>
  /** How a field reads that a version does not set. */
  readonly unset: string
}) {
  const { t } = useTranslation('policies')
  const text = usePolicyText()
  const fields = [...new Set([...Object.keys(now), ...Object.keys(then)])]
    .filter(isField)
    .filter((field) => JSON.stringify(now[field]) !== JSON.stringify(then[field]))
  if (fields.length === 0) return <p className="text-fg3">{t('nothingChanged')}</p>
  return (
    <ul className="flex flex-col gap-1">
      {fields.map((field) => (
        <li key={field} className="flex flex-wrap gap-x-2">
          <span className="text-fg2">{t(`fields.${field}.label`)}</span>
          <span className="text-fg3 line-through">{field in then ? text(field, then[field]) : unset}</span>
          <span aria-hidden>→</span>
          <span className="font-medium">{field in now ? text(field, now[field]) : unset}</span>
        </li>
      ))}
    </ul>
  )
}
