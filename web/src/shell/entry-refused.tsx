import { useMutation, useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Building2, DoorClosed } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { type ApiProblem, toProblem } from '../api/problem.ts'
import { Page } from '../components/page.tsx'
import { ProblemBanner } from '../components/problem-banner.tsx'
import { problemText } from '../components/problem-text.ts'
import { EmptyState } from '../components/states.tsx'
import { useMe } from '../session/facts.ts'
import { leaveForProvider, ownProviderQuery } from '../session/sign-in.ts'
import { Button, ButtonLink } from '../ui/button.tsx'

/** One belongs to the organisation, but it is not entered like this: through its provider only, or not from here. */
export function EntryRefused({ problem }: { readonly problem: ApiProblem }) {
  const { t } = useTranslation('shell')
  const { t: words } = useTranslation('words')
  const { org = '' } = useParams({ strict: false })
  const name = useMe().organisations.find(({ id }) => id === org)?.name ?? ''
  const isBySso = problem.code === 'sso_required'
  return (
    <Page kind="detail">
      <h1 tabIndex={-1} className="sr-only">
        {t('entryRefused', { name })}
      </h1>
      <EmptyState
        icon={DoorClosed}
        title={t('entryRefused', { name })}
        action={isBySso ? <ByProvider org={org} /> : <ButtonLink to="/me">{t('nav.me')}</ButtonLink>}
      >
        <p>{problemText(words, problem)}</p>
        {isBySso && <p className="mt-1">{t('entryBySso')}</p>}
      </EmptyState>
    </Page>
  )
}

function ByProvider({ org }: { readonly org: string }) {
  const { t } = useTranslation('shell')
  const me = useMe()
  const { data: provider } = useQuery(ownProviderQuery(org, me.email))
  const go = useMutation({
    mutationFn: (connection_id: string) => leaveForProvider(connection_id, me.email, `/o/${org}/home`),
  })
  if (provider == null) return null
  return (
    <div className="flex flex-col items-center gap-3">
      <Button variant="primary" isBusy={go.isPending} onClick={() => go.mutate(provider.connection_id)}>
        <Building2 size={15} aria-hidden />
        {t('continueWith', { name: provider.name })}
      </Button>
      {go.error !== null && <ProblemBanner problem={toProblem(go.error)} />}
    </div>
  )
}
