import { Ban, CircleAlert, type LucideIcon, SearchX } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { toProblem } from '../api/problem.ts'
import { Button } from '../ui/button.tsx'
import { CopyId } from './copy-id.tsx'
import { problemText } from './problem-text.ts'

/** Nothing is here yet: says what this is for and offers the one next step. */
export function EmptyState(props: {
  readonly icon: LucideIcon
  readonly title: string
  readonly children?: ReactNode
  readonly action?: ReactNode
}) {
  const Icon = props.icon
  return (
    <div className="flex flex-col items-center gap-1 px-6 py-12 text-center">
      <span className="mb-3 grid size-11 place-items-center rounded-xl border bg-sunken text-fg2">
        <Icon size={20} strokeWidth={1.75} aria-hidden />
      </span>
      <p className="text-sm font-medium">{props.title}</p>
      {props.children !== undefined && <div className="max-w-md text-fg2">{props.children}</div>}
      {props.action !== undefined && <div className="mt-4">{props.action}</div>}
    </div>
  )
}

/** The filters leave nothing: says what was asked for and offers the way out. */
export function NoResults({ onClear, asked }: { readonly onClear: () => void; readonly asked?: string | undefined }) {
  const { t } = useTranslation('words')
  const action = <Button onClick={onClear}>{t('clearFilters')}</Button>
  return (
    <EmptyState
      icon={SearchX}
      title={asked === undefined ? t('noResults') : t('noResultsFor', { text: asked })}
      action={action}
    >
      {t('noResultsHint')}
    </EmptyState>
  )
}

/** Something could not be shown: what, why, and how to go on. A refusal names the permission and who can give it. */
export function ErrorState({
  error,
  onRetry,
}: {
  readonly error: unknown
  readonly onRetry?: (() => void) | undefined
}) {
  const { t } = useTranslation('words')
  const problem = toProblem(error)
  if (problem.status === 403) {
    const permission = problem.params['permission']
    return (
      <Forbidden permission={typeof permission === 'string' ? permission : null} sentence={problemText(t, problem)} />
    )
  }
  const retry = onRetry !== undefined && problem.status !== 404
  return (
    <div role="alert">
      <EmptyState
        icon={CircleAlert}
        title={problem.status === 404 ? t('notFound') : t('couldNotLoad')}
        action={retry ? <Button onClick={onRetry}>{t('retry')}</Button> : undefined}
      >
        <p>{problemText(t, problem)}</p>
        <p className="meta mt-2 flex justify-center gap-2 text-fg3">
          <code className="font-mono">{problem.code}</code>
          {problem.request_id !== null && <CopyId id={problem.request_id} label={t('requestId')} />}
        </p>
      </EmptyState>
    </div>
  )
}

/** What could not be read, and how to read it again. */
export type Failure = { readonly error: Error; readonly onRetry: () => void }

type Asked = { readonly data: unknown; readonly error: Error | null; readonly refetch: () => unknown }

/** The failure of what a part of a screen is made of; null while all of it is there or on its way. */
export function failureOf(...asked: readonly Asked[]): Failure | null {
  const failed = asked.filter(({ data, error }) => data === undefined && error !== null)
  const error = failed[0]?.error ?? null
  return error === null ? null : { error, onRetry: () => void failed.map(({ refetch }) => refetch()) }
}

/** A part of a screen could not be read while the rest stands: says so in its place, and reads it again on demand. */
export function PartError(props: { readonly failure: Failure; readonly what: string; readonly isBusy?: boolean }) {
  const { t } = useTranslation('words')
  const problem = toProblem(props.failure.error)
  return (
    <div role="alert" className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <p className="flex min-w-0 gap-2">
        <CircleAlert size={16} className="mt-0.5 shrink-0 text-bad" aria-hidden />
        <span>
          <span className="font-medium">{t('notLoaded', { what: props.what })}</span>{' '}
          <span className="text-fg2">{problemText(t, problem)}</span>
        </span>
      </p>
      {problem.request_id !== null && <CopyId id={problem.request_id} label={t('requestId')} />}
      <Button size="compact" isBusy={props.isBusy === true} onClick={props.failure.onRetry}>
        {t('retry')}
      </Button>
    </div>
  )
}

/** A part of the world that this person may not see. */
export function Forbidden({
  permission,
  sentence,
}: {
  readonly permission: string | null
  readonly sentence?: string
}) {
  const { t } = useTranslation('words')
  return (
    <EmptyState icon={Ban} title={t('forbidden')}>
      <p>{sentence}</p>
      {permission !== null && (
        <p className="mt-1">
          {t('forbiddenNeeds')} <code className="rounded bg-sunken px-1 font-mono text-[12px]">{permission}</code>.{' '}
          {t('forbiddenAsk')}
        </p>
      )}
    </EmptyState>
  )
}

/** Placeholders of the height of what comes. */
export function Skeleton({ lines = 3 }: { readonly lines?: number }) {
  const { t } = useTranslation('words')
  return (
    <div role="status" aria-label={t('loading')} className="appear-late flex flex-col gap-3">
      {Array.from({ length: lines }, (_, index) => (
        <div key={index} className="skeleton h-4" style={{ width: `${92 - ((index * 23) % 47)}%` }} />
      ))}
    </div>
  )
}
