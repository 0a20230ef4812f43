import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Fingerprint, Smartphone, Ticket } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../../api/client.ts'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { Card } from '../../components/page.tsx'
import { ErrorState, Skeleton } from '../../components/states.tsx'
import { TimeAgo } from '../../components/time-ago.tsx'
import { type Factors as Held, factorsQuery } from '../../session/factors.ts'
import { PasskeyEnrolment } from '../../session/passkey-enrolment.tsx'
import { RecoveryCodes } from '../../session/recovery-codes.tsx'
import { TotpEnrolment } from '../../session/totp-enrolment.tsx'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { toastDone } from '../../ui/toast.tsx'
import { FactorRow } from './factor-row.tsx'
import { Passkeys } from './passkeys.tsx'

type Asked = 'app' | 'passkey' | 'remove app' | 'new codes'

/** What proves who one is besides the password: an app, passkeys, and codes for the day when both are gone. */
export function Factors() {
  const { t } = useTranslation('me')
  const { data, error, refetch } = useQuery(factorsQuery)
  const [asked, setAsked] = useState<Asked | null>(null)
  const [codes, setCodes] = useState<readonly string[] | null>(null)
  const close = () => setAsked(null)
  const enrolled = (made: readonly string[] | null) => {
    close()
    setCodes(made)
    toastDone(t('factorAdded'))
  }
  return (
    <Card title={t('factors')} purpose={t('factorsPurpose')}>
      {data === undefined ? (
        error === null ? (
          <Skeleton />
        ) : (
          <ErrorState error={error} onRetry={() => void refetch()} />
        )
      ) : (
        <List held={data} onAsk={setAsked} />
      )}
      <Dialog isOpen={asked === 'app'} onClose={close} title={t('setUpApp')}>
        {asked === 'app' && <TotpEnrolment onDone={enrolled} />}
      </Dialog>
      <Dialog isOpen={asked === 'passkey'} onClose={close} title={t('addPasskey')} description={t('passkeyText')}>
        {asked === 'passkey' && <PasskeyEnrolment onDone={enrolled} />}
      </Dialog>
      <Questions asked={asked} onClose={close} onCodes={setCodes} />
      <RecoveryCodes codes={codes} onClose={() => setCodes(null)} />
    </Card>
  )
}

function List({ held, onAsk }: { readonly held: Held; readonly onAsk: (asked: Asked) => void }) {
  const { t } = useTranslation('me')
  const hasFactor = held.totp !== null || held.passkeys.length > 0
  return (
    <ul className="divide-y">
      <FactorRow
        icon={Smartphone}
        title={t('app')}
        text={held.totp === null ? t('appText') : undefined}
        badge={held.totp !== null && <Badge tone="ok">{t('on')}</Badge>}
        note={held.totp !== null && <TimeAgo at={held.totp.confirmed_at} />}
      >
        {held.totp === null ? (
          <Button size="compact" onClick={() => onAsk('app')}>
            {t('setUpMore')}
          </Button>
        ) : (
          <Button size="compact" onClick={() => onAsk('remove app')}>
            {t('removeMore')}
          </Button>
        )}
      </FactorRow>
      <FactorRow
        icon={Fingerprint}
        title={t('passkeys')}
        text={held.passkeys.length === 0 ? t('passkeysText') : undefined}
      >
        <Button size="compact" onClick={() => onAsk('passkey')}>
          {t('addMore')}
        </Button>
      </FactorRow>
      <Passkeys passkeys={held.passkeys} />
      {hasFactor && (
        <FactorRow
          icon={Ticket}
          title={t('recoveryCodes')}
          text={t('recoveryLeft', { count: held.recovery_codes_left })}
        >
          <Button size="compact" onClick={() => onAsk('new codes')}>
            {t('newCodesMore')}
          </Button>
        </FactorRow>
      )}
    </ul>
  )
}

function Questions(props: {
  readonly asked: Asked | null
  readonly onClose: () => void
  readonly onCodes: (codes: readonly string[] | null) => void
}) {
  const { t } = useTranslation('me')
  const client = useQueryClient()
  const reread = () => client.invalidateQueries({ queryKey: factorsQuery.queryKey })
  return (
    <>
      <ConfirmDialog
        isOpen={props.asked === 'remove app'}
        onClose={props.onClose}
        title={t('removeAppTitle')}
        confirmLabel={t('removeApp')}
        onConfirm={async () => {
          await api.DELETE('/api/me/totp')
          await reread()
        }}
      >
        {t('removeFactorText')}
      </ConfirmDialog>
      <ConfirmDialog
        isOpen={props.asked === 'new codes'}
        onClose={props.onClose}
        title={t('newCodesTitle')}
        confirmLabel={t('newCodes')}
        isDangerous={false}
        onConfirm={async () => {
          const { recovery_codes } = await answerOf(api.POST('/api/me/recovery-codes'))
          props.onCodes(recovery_codes)
          await reread()
        }}
      >
        {t('newCodesText')}
      </ConfirmDialog>
    </>
  )
}
