import { useQuery } from '@tanstack/react-query'
import { CirclePause } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { deploymentQuery } from '../api/deployment.ts'
import { toProblem } from '../api/problem.ts'
import { Page } from '../components/page.tsx'
import { EmptyState } from '../components/states.tsx'
import { oneOf, useUrlState } from '../components/url-state.ts'
import { organisationQuery } from '../session/facts.ts'
import { ButtonLink } from '../ui/button.tsx'

const CLOSED = ['awaiting_owner', 'suspended', 'archived', 'pending_purge'] as const

/** An organisation lets nobody in now: why, who can change that, and the way back once it is open again. */
export function ClosedPage() {
  const { t } = useTranslation('shell')
  const { values } = useUrlState(['org', 'status'])
  const { data: deployment } = useQuery(deploymentQuery)
  const status = oneOf(values.status, CLOSED) ?? 'suspended'
  // The reason comes with the refusal itself: what an address says could have been written by anybody.
  const { error } = useQuery({
    ...organisationQuery(values.org ?? ''),
    enabled: values.org !== undefined,
    retry: false,
  })
  const reason = error === null ? null : toProblem(error).params['reason']
  const address = deployment?.support_address ?? null
  const again = (
    <ButtonLink to="/o/$org/home" params={{ org: values.org ?? '' }}>
      {t('tryAgain')}
    </ButtonLink>
  )
  return (
    <Page kind="detail">
      <h1 tabIndex={-1} className="sr-only">
        {t(`status.${status}`)}
      </h1>
      <EmptyState icon={CirclePause} title={t(`status.${status}`)} action={again}>
        <p>{t(`statusText.${status}`)}</p>
        {typeof reason === 'string' && <p className="mt-1 font-medium text-fg">{t('reasonWas', { reason })}</p>}
        {address !== null && <p className="mt-1">{t('askSupport', { address })}</p>}
      </EmptyState>
    </Page>
  )
}
