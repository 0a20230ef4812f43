import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { toProblem } from '../../api/problem.ts'
import { ProblemBanner } from '../../components/problem-banner.tsx'
import { TimeAgo } from '../../components/time-ago.tsx'
import { useOrg } from '../../session/facts.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { securityKey, type SecurityRules } from './queries.ts'

/** A list of addresses that takes itself back unless somebody confirms that they still get in. */
export function PendingChange({ unconfirmed }: { readonly unconfirmed: NonNullable<SecurityRules['unconfirmed']> }) {
  const { t } = useTranslation('security')
  const org = useOrg()
  const client = useQueryClient()
  const params = { path: { org } }
  const onSuccess = () => client.invalidateQueries({ queryKey: securityKey(org) })
  const confirm = useMutation({
    mutationFn: () => api.POST('/api/orgs/{org}/security/addresses/confirm', { params }),
    onSuccess,
  })
  const revert = useMutation({
    mutationFn: () => api.POST('/api/orgs/{org}/security/addresses/revert', { params }),
    onSuccess,
  })
  const anew = useMutation({
    mutationFn: () => api.POST('/api/me/sign-out'),
    onSettled: () => location.assign(`/login?next=${encodeURIComponent(location.pathname)}`),
  })
  const error = confirm.error ?? revert.error
  return (
    <div className="flex flex-col gap-2">
      <Banner
        tone="warn"
        title={t('pendingTitle')}
        action={
          <div className="flex flex-wrap justify-end gap-2">
            <Button size="compact" isBusy={revert.isPending} onClick={() => revert.mutate()}>
              {t('revertNow')}
            </Button>
            <Button variant="primary" size="compact" isBusy={confirm.isPending} onClick={() => confirm.mutate()}>
              {t('confirmList')}
            </Button>
          </div>
        }
      >
        {t('pendingText')} <TimeAgo at={unconfirmed.reverts_at} />
      </Banner>
      {error !== null && <ProblemBanner problem={toProblem(error)} />}
      {error !== null && toProblem(error).code === 'fresh_session_needed' && (
        <Button className="self-start" isBusy={anew.isPending} onClick={() => anew.mutate()}>
          {t('signInAnew')}
        </Button>
      )}
    </div>
  )
}
