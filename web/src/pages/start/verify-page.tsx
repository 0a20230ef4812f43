import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../../api/client.ts'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { DeadLink } from './dead-link.tsx'
import { useLinkToken } from './link-token.ts'
import { StartLayout } from './start-layout.tsx'

/** Proves an address with the link of a mail. A click of one's own, since mail scanners open links too. */
export function VerifyPage() {
  const { t } = useTranslation('start')
  const token = useLinkToken()
  const client = useQueryClient()
  const act = useMutation({
    mutationFn: () => answerOf(api.POST('/api/email-verifications/confirm', { body: { token } })),
    onSuccess: () => client.invalidateQueries({ queryKey: ['me'] }),
  })
  if (token === '' || act.error !== null) {
    return (
      <DeadLink {...(act.error !== null && { error: act.error })}>
        <p className="text-fg2">{t('verifyAgainHint')}</p>
        <ButtonLink to="/login" variant="primary" size="large">
          {t('signIn')}
        </ButtonLink>
      </DeadLink>
    )
  }
  if (act.data !== undefined) {
    return (
      <StartLayout title={t('verified')} purpose={t('verifiedPurpose', { email: act.data.email })}>
        <ButtonLink to="/" variant="primary" size="large" className="w-full">
          {t('continue')}
        </ButtonLink>
      </StartLayout>
    )
  }
  return (
    <StartLayout title={t('verifyTitle')} purpose={t('verifyPurpose')}>
      <Button variant="primary" size="large" className="w-full" isBusy={act.isPending} onClick={() => act.mutate()}>
        {t('confirmAddress')}
      </Button>
    </StartLayout>
  )
}
