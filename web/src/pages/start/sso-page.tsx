import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useParams, useRouter } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../api/answer.ts'
import { answerOf, api } from '../../api/client.ts'
import { toProblem } from '../../api/problem.ts'
import { Facts } from '../../components/page.tsx'
import { ProblemBanner } from '../../components/problem-banner.tsx'
import { Skeleton } from '../../components/states.tsx'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { safeNext, useEnter } from './enter.ts'
import { StartLayout } from './start-layout.tsx'

type Outcome = Answer<'/api/sso/sign-ins/complete', 'post'>

/** Where an identity provider sends the browser back to. */
export function SsoPage() {
  const { t } = useTranslation('start')
  const { connection } = useParams({ strict: false })
  const { data, error } = useQuery({
    // The answer of a provider is good once.
    queryKey: ['sso', 'complete', connection, location.search],
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    queryFn: () =>
      answerOf(
        api.POST('/api/sso/sign-ins/complete', {
          body: { connection_id: connection ?? '', query: location.search.replace(/^\?/, '') },
        }),
      ),
  })
  if (error !== null) {
    return (
      <StartLayout title={t('ssoRefused')} purpose={t('ssoRefusedPurpose')}>
        <div className="flex flex-col gap-4">
          <ProblemBanner problem={toProblem(error)} />
          <ButtonLink to="/login" variant="primary" size="large">
            {t('tryAgain')}
          </ButtonLink>
        </div>
      </StartLayout>
    )
  }
  if (data === undefined) {
    return (
      <StartLayout title={t('ssoWait')}>
        <Skeleton />
      </StartLayout>
    )
  }
  return data.report === null ? <Arrived outcome={data} /> : <Tested outcome={data} report={data.report} />
}

function Arrived({ outcome }: { readonly outcome: Outcome }) {
  const { t } = useTranslation('start')
  const enter = useEnter()
  const client = useQueryClient()
  const { return_to, organisation_id, outcome: what } = outcome
  useEffect(() => {
    if (what === 'linked') void client.invalidateQueries({ queryKey: ['me'] })
    const isHome = return_to === '/' && organisation_id !== null
    void enter(isHome ? `/o/${organisation_id}/home` : return_to)
  }, [])
  return (
    <StartLayout title={t('ssoWait')}>
      <Skeleton />
    </StartLayout>
  )
}

function Tested(props: { readonly outcome: Outcome; readonly report: NonNullable<Outcome['report']> }) {
  const { t } = useTranslation('start')
  const router = useRouter()
  const { report } = props
  const yes = (isSo: boolean) => (isSo ? t('yes') : t('no'))
  const listed = (words: readonly string[]) => (words.length === 0 ? t('none') : words.join(', '))
  return (
    <StartLayout title={t('ssoTested')} purpose={t('ssoTestedPurpose')}>
      <div className="flex flex-col gap-5">
        <Facts
          facts={[
            { label: t('ssoSubject'), value: <code className="font-mono break-all">{report.subject}</code> },
            { label: t('email'), value: report.email ?? t('none') },
            { label: t('ssoEmailVerified'), value: yes(report.email_is_verified) },
            { label: t('ssoGroups'), value: listed(report.groups) },
            { label: t('ssoMapped'), value: listed(report.mapped_groups) },
            {
              label: t('inviteRole'),
              value:
                report.base_role === null
                  ? t('none')
                  : t(`roles.${report.base_role}`, { defaultValue: report.base_role }),
            },
            { label: t('ssoTwoFactor'), value: yes(report.is_two_factor) },
            { label: t('ssoAdmitted'), value: yes(report.would_be_admitted) },
          ]}
        />
        <Button variant="primary" size="large" onClick={() => router.history.push(safeNext(props.outcome.return_to))}>
          {t('goBack')}
        </Button>
      </div>
    </StartLayout>
  )
}
