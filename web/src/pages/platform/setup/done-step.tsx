import { useSuspenseQuery } from '@tanstack/react-query'
import { CircleCheck } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { overviewQuery } from '../../../api/platform.ts'
import { Card } from '../../../components/page.tsx'
import { EmptyState } from '../../../components/states.tsx'
import { ButtonLink, TextLink } from '../../../ui/button.tsx'
import { stepsOf } from './steps.ts'

/** What comes next; what was skipped is named and stays within reach. */
export function DoneStep() {
  const { t } = useTranslation('setup')
  const { data: overview } = useSuspenseQuery(overviewQuery)
  const open = stepsOf(overview).filter(({ isDone }) => !isDone)
  return (
    <Card>
      <EmptyState
        icon={CircleCheck}
        title={t(open.length === 0 ? 'allDone' : 'doneSoFar')}
        action={
          <ButtonLink to="/platform/overview" variant="primary">
            {t('toOverview')}
          </ButtonLink>
        }
      >
        {open.length === 0 ? (
          t('allDoneText')
        ) : (
          <>
            <p>{t('doneSoFarText')}</p>
            <ul className="mt-2 flex flex-wrap justify-center gap-x-4 gap-y-1">
              {open.map(({ id }) => (
                <li key={id}>
                  <TextLink to="/platform/setup" search={{ step: id }}>
                    {t(`step.${id}.short`)}
                  </TextLink>
                </li>
              ))}
            </ul>
          </>
        )}
      </EmptyState>
    </Card>
  )
}
