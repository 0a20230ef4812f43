import { useMutation, useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Building2, DoorClosed } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { ApiProblem, toProblem } from '../../api/problem.ts'
import { Card, Page, PageHeader } from '../../components/page.tsx'
import { ProblemBanner } from '../../components/problem-banner.tsx'
import { EmptyState } from '../../components/states.tsx'
import { oneOf, useUrlState } from '../../components/url-state.ts'
import { organisationQuery, useMe } from '../../session/facts.ts'
import { leaveForProvider } from '../../session/sign-in.ts'
import { Button, ButtonLink } from '../../ui/button.tsx'

const REASONS = ['sso_required', 'address_not_allowed'] as const

/** One belongs to the organisation, but it is not entered like this: through its provider only, or not from here. */
export function EntryRefusedPage() {
  const { t } = useTranslation('start')
  const { t: words } = useTranslation('words')
  const { organisation = '' } = useParams({ strict: false })
  const url = useUrlState(['why'])
  const name = useMe().organisations.find(({ id }) => id === organisation)?.name ?? ''
  const why = oneOf(url.values.why, REASONS) ?? 'address_not_allowed'
  const isBySso = why === 'sso_required'
  return (
    <Page kind="detail">
      <PageHeader title={t('entryRefused', { name })} />
      <Card>
        <EmptyState
          icon={DoorClosed}
          title={words(`problem.${why}`)}
          action={isBySso ? <ByProvider org={organisation} /> : <ButtonLink to="/me">{t('yourAccount')}</ButtonLink>}
        >
          {isBySso && t('entryBySso')}
        </EmptyState>
      </Card>
    </Page>
  )
}

function ByProvider({ org }: { readonly org: string }) {
  const { t } = useTranslation('start')
  const me = useMe()
  // Why one is kept out names the way in.
  const { error } = useQuery({ ...organisationQuery(org), retry: false })
  const { connection_id, provider } = error instanceof ApiProblem ? error.params : {}
  const go = useMutation({
    mutationFn: (connection: string) => leaveForProvider(connection, me.email, `/o/${org}/home`),
  })
  if (typeof connection_id !== 'string' || typeof provider !== 'string') return null
  return (
    <div className="flex flex-col items-center gap-3">
      <Button variant="primary" isBusy={go.isPending} onClick={() => go.mutate(connection_id)}>
        <Building2 size={15} aria-hidden />
        {t('providerWay', { name: provider })}
      </Button>
      {go.error !== null && <ProblemBanner problem={toProblem(go.error)} />}
    </div>
  )
}
