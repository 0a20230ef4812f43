import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { VersionDetail } from '../../api/app-desk.ts'
import { ErrorState, Skeleton } from '../../components/states.tsx'
import { Badge } from '../../ui/badge.tsx'
import { useDesk } from './desk.ts'
import { diffQuery } from './queries.ts'

const TONE = { added: 'ok', removed: 'bad', changed: 'info' } as const
const wordsOf = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value, null, 2) ?? ''))

/** What this version changes against the published one. */
export function Diff({ version }: { readonly version: VersionDetail }) {
  const { t } = useTranslation('catalogue')
  const { desk } = useDesk()
  const { data, error, refetch } = useQuery(diffQuery(desk, version.id, version.revision))
  if (data === undefined && error !== null) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (data === undefined) return <Skeleton lines={5} />
  if (data.against === null) return <p className="text-fg2">{t('diff.first')}</p>
  if (data.differences.length === 0) return <p className="text-fg2">{t('diff.same')}</p>
  return (
    <ol className="flex flex-col gap-4">
      {data.differences.map(({ pointer, kind, before, after }) => (
        <li key={pointer} className="min-w-0">
          <p className="flex flex-wrap items-center gap-2">
            <Badge tone={TONE[kind]}>{t(`diff.${kind}`)}</Badge>
            <code className="font-mono text-[12px] break-all">{pointer}</code>
          </p>
          <div className="mt-1 grid gap-1 font-mono text-[12px] break-words whitespace-pre-wrap">
            {kind !== 'added' && <del className="rounded bg-bad-soft px-2 py-1 no-underline">{wordsOf(before)}</del>}
            {kind !== 'removed' && <ins className="rounded bg-ok-soft px-2 py-1 no-underline">{wordsOf(after)}</ins>}
          </div>
        </li>
      ))}
    </ol>
  )
}
