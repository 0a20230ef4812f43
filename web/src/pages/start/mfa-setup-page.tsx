import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { useUrlState } from '../../components/url-state.ts'
import { PasskeyEnrolment } from '../../session/passkey-enrolment.tsx'
import { isPasskeyKnown } from '../../session/passkey.ts'
import { RecoveryCodes } from '../../session/recovery-codes.tsx'
import { TotpEnrolment } from '../../session/totp-enrolment.tsx'
import { forgetVisits } from '../../shell/visits.ts'
import { Button } from '../../ui/button.tsx'
import { ToggleGroup } from '../../ui/toggle-group.tsx'
import { useEnter } from './enter.ts'
import { StartLayout } from './start-layout.tsx'

/** The organisation demands a second factor: nothing else is open until there is one. */
export function MfaSetupPage() {
  const { t } = useTranslation('start')
  const url = useUrlState(['next'])
  const enter = useEnter()
  const [kind, setKind] = useState<'app' | 'passkey'>('app')
  const [codes, setCodes] = useState<readonly string[] | null>(null)
  const goOn = () => void enter(url.values.next)
  const onDone = (made: readonly string[] | null) => (made === null ? goOn() : setCodes(made))
  const signOut = useMutation({
    mutationFn: () => api.POST('/api/me/sign-out'),
    onSettled() {
      forgetVisits()
      location.assign('/login')
    },
  })
  return (
    <StartLayout
      title={t('mfaTitle')}
      purpose={t('mfaPurpose')}
      footer={
        <Button variant="ghost" isBusy={signOut.isPending} onClick={() => signOut.mutate()}>
          {t('signOut')}
        </Button>
      }
    >
      <div className="flex flex-col gap-5">
        {isPasskeyKnown() && (
          <ToggleGroup
            label={t('mfaKind')}
            value={kind}
            options={[
              { value: 'app', label: t('mfaApp') },
              { value: 'passkey', label: t('mfaPasskey') },
            ]}
            onChange={setKind}
          />
        )}
        {kind === 'app' ? <TotpEnrolment onDone={onDone} /> : <PasskeyEnrolment onDone={onDone} />}
      </div>
      <RecoveryCodes codes={codes} onClose={goOn} />
    </StartLayout>
  )
}
