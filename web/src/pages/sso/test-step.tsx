import { useMutation } from '@tanstack/react-query'
import { FlaskConical } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { toProblem } from '../../api/problem.ts'
import { Card } from '../../components/page.tsx'
import { ProblemBanner } from '../../components/problem-banner.tsx'
import { Moment } from '../../components/time-ago.tsx'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import type { StepProps } from './step.ts'

/** Signs in at the provider to see what would come of it. Nothing else happens; it is demanded before enforcing. */
export function TestStep({ desk, connection }: StepProps) {
  const { t } = useTranslation('sso')
  const { is_tested, tested_at, status } = connection
  const begin = useMutation({
    mutationFn: () => desk.test(connection.id, `${desk.home}/${connection.id}?step=test`),
    onSuccess: ({ authorization_url }) => location.assign(authorization_url),
  })
  const isOff = status !== 'enabled' ? t('switchOnFirst') : null
  return (
    <Card title={t('step.test')} purpose={t('testText')}>
      <div className="flex flex-col items-start gap-4">
        <p className="flex flex-wrap items-center gap-2">
          <Badge tone={is_tested ? 'ok' : 'warn'}>{t(is_tested ? 'testPassed' : 'notTested')}</Badge>
          {tested_at !== null && (
            <span className="text-fg2">
              {t(is_tested ? 'testedAt' : 'testedBefore')} <Moment at={tested_at} />
            </span>
          )}
        </p>
        {begin.error !== null && <ProblemBanner problem={toProblem(begin.error)} />}
        <Button
          variant={is_tested ? 'secondary' : 'primary'}
          isBusy={begin.isPending || begin.isSuccess}
          disabledReason={isOff}
          onClick={() => begin.mutate()}
        >
          <FlaskConical size={15} aria-hidden />
          {t('testNow')}
        </Button>
      </div>
    </Card>
  )
}
