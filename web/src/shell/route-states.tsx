import { Compass } from 'lucide-react'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import type { ErrorComponentProps } from '@tanstack/react-router'
import { toProblem } from '../api/problem.ts'
import { Page } from '../components/page.tsx'
import { EmptyState, ErrorState, Skeleton } from '../components/states.tsx'
import { ButtonLink } from '../ui/button.tsx'

export function PendingPage() {
  return (
    <Page kind="list">
      <Skeleton lines={6} />
    </Page>
  )
}

export function NotFoundPage() {
  const { t } = useTranslation('shell')
  return (
    <main className="grid min-h-[60vh] place-items-center">
      <EmptyState icon={Compass} title={t('notFoundTitle')} action={<ButtonLink to="/">{t('goHome')}</ButtonLink>}>
        {t('notFoundText')}
      </EmptyState>
    </main>
  )
}

/** The organisation is there and one belongs to it, but not like this. */
const ENTRY_CODES = new Set(['sso_required', 'address_not_allowed'])

const EntryRefused = lazy(async () => ({ default: (await import('./entry-refused.tsx')).EntryRefused }))

export function ErrorPage({ error, reset }: ErrorComponentProps) {
  const { t } = useTranslation('shell')
  const problem = toProblem(error)
  if (ENTRY_CODES.has(problem.code)) {
    return (
      <Suspense fallback={<PendingPage />}>
        <EntryRefused problem={problem} />
      </Suspense>
    )
  }
  return (
    <Page kind="detail">
      <h1 tabIndex={-1} className="sr-only">
        {t('errorTitle')}
      </h1>
      <ErrorState error={error} onRetry={reset} />
    </Page>
  )
}
