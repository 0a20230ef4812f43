import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { StepDone, type StepProps } from '../../../components/step-card.tsx'
import { factorsQuery } from '../../../session/factors.ts'
import { PasskeyEnrolment } from '../../../session/passkey-enrolment.tsx'
import { isPasskeyKnown } from '../../../session/passkey.ts'
import { RecoveryCodes } from '../../../session/recovery-codes.tsx'
import { TotpEnrolment } from '../../../session/totp-enrolment.tsx'
import { Banner } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { StepCard } from './step-card.tsx'

/** A second factor for the super-admin, who can do everything. */
export function ProtectStep(props: StepProps) {
  const { t } = useTranslation('setup')
  const client = useQueryClient()
  const { data: held } = useQuery(factorsQuery)
  const [kind, setKind] = useState<'app' | 'passkey' | null>(null)
  const [codes, setCodes] = useState<readonly string[] | null>(null)
  const hasOwn = held !== undefined && (held.totp !== null || held.passkeys.length > 0)
  const onDone = (made: readonly string[] | null) => {
    setKind(null)
    setCodes(made)
    void client.invalidateQueries({ queryKey: ['platform', 'overview'] })
  }
  return (
    <StepCard {...props} id="protect">
      {hasOwn && <StepDone>{t('hasFactor')}</StepDone>}
      {!hasOwn && kind === null && (
        <>
          <Banner tone="warn" title={t('noFactorTitle')}>
            {t('noFactorText')}
          </Banner>
          <div className="flex flex-wrap gap-2">
            <Button variant="primary" onClick={() => setKind('app')}>
              {t('useApp')}
            </Button>
            {isPasskeyKnown() && <Button onClick={() => setKind('passkey')}>{t('usePasskey')}</Button>}
          </div>
        </>
      )}
      {!hasOwn && kind === 'app' && <TotpEnrolment onDone={onDone} />}
      {!hasOwn && kind === 'passkey' && <PasskeyEnrolment onDone={onDone} />}
      <RecoveryCodes codes={codes} onClose={() => setCodes(null)} />
    </StepCard>
  )
}
