import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { toProblem } from '../../api/problem.ts'
import { ProblemBanner } from '../../components/problem-banner.tsx'
import { StartLayout } from './start-layout.tsx'

/** A link that is used up, too old or cut short: says so, and how one gets another. */
export function DeadLink({ error, children }: { readonly error?: unknown; readonly children: ReactNode }) {
  const { t } = useTranslation('start')
  return (
    <StartLayout title={t('deadLink')} purpose={t('deadLinkPurpose')}>
      <div className="flex flex-col gap-4">
        {error !== undefined && <ProblemBanner problem={toProblem(error)} />}
        {children}
      </div>
    </StartLayout>
  )
}
