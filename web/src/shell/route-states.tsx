import { Compass } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { ErrorComponentProps } from '@tanstack/react-router'
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

export function ErrorPage({ error, reset }: ErrorComponentProps) {
  const { t } = useTranslation('shell')
  return (
    <Page kind="detail">
      <h1 tabIndex={-1} className="sr-only">
        {t('errorTitle')}
      </h1>
      <ErrorState error={error} onRetry={reset} />
    </Page>
  )
}
