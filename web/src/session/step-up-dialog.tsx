import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../api/client.ts'
import type { ApiProblem } from '../api/problem.ts'
import { ErrorState, Skeleton } from '../components/states.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { ProofForm } from './proof-form.tsx'
import { type Proof, waysOf } from './sign-in.ts'

const prove = ({ password, code, recovery_code, passkey }: Proof) =>
  answerOf(
    api.POST('/api/me/step-up', {
      body: {
        ...(password && { password }),
        ...(code && { code }),
        ...(recovery_code && { recovery_code }),
        ...(passkey && { passkey }),
      },
    }),
  )

/** "Is it you?", before an act that a session left open must not be enough for. */
export function StepUpDialog({
  problem,
  onAnswer,
}: {
  readonly problem: ApiProblem
  readonly onAnswer: (isProven: boolean) => void
}) {
  const { t } = useTranslation('proof')
  const { data, error, refetch } = useQuery({
    queryKey: ['me', 'step-up'],
    queryFn: () => answerOf(api.GET('/api/me/step-up')),
    staleTime: 0,
  })
  const named = problem.params['ways']
  const isBySso = Array.isArray(named) && named.includes('sso')
  return (
    <Dialog isOpen onClose={() => onAnswer(false)} title={t('title')} description={t('text')}>
      {isBySso ? (
        <BySso />
      ) : data === undefined ? (
        error === null ? (
          <Skeleton />
        ) : (
          <ErrorState error={error} onRetry={() => void refetch()} />
        )
      ) : (
        <ProofForm
          ways={waysOf(data.ways)}
          submitLabel={t('confirm')}
          askOptions={() => answerOf(api.POST('/api/me/step-up/passkey-options'))}
          send={prove}
          onDone={() => onAnswer(true)}
        />
      )}
    </Dialog>
  )
}

/** Who came through the organisation's provider proves it there. */
function BySso() {
  const { t } = useTranslation('proof')
  const next = encodeURIComponent(location.pathname + location.search)
  return (
    <div className="flex flex-col items-start gap-3">
      <p className="text-fg2">{t('bySso')}</p>
      <Button variant="primary" onClick={() => location.assign(`/login?again=1&next=${next}`)}>
        {t('signInAgain')}
      </Button>
    </div>
  )
}
