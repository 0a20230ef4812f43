import { useQueryClient } from '@tanstack/react-query'
import { KeyRound } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../../api/client.ts'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { FormDialog } from '../../components/form-dialog.tsx'
import { useForm } from '../../components/form.tsx'
import { TimeAgo } from '../../components/time-ago.tsx'
import { factorsQuery, type Passkey } from '../../session/factors.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { toastDone } from '../../ui/toast.tsx'
import { FactorRow } from './factor-row.tsx'

/** The passkeys of the account, each with its name. */
export function Passkeys({ passkeys }: { readonly passkeys: readonly Passkey[] }) {
  const { t } = useTranslation('me')
  const client = useQueryClient()
  const [renamed, setRenamed] = useState<Passkey | null>(null)
  const [removed, setRemoved] = useState<Passkey | null>(null)
  return (
    <>
      {passkeys.map((passkey) => (
        <FactorRow
          key={passkey.id}
          isInner
          icon={KeyRound}
          title={passkey.name}
          badge={passkey.is_backed_up && <Badge>{t('synced')}</Badge>}
          note={
            passkey.last_used_at === null ? (
              t('neverUsed')
            ) : (
              <>
                {t('lastUsed')} <TimeAgo at={passkey.last_used_at} />
              </>
            )
          }
        >
          <Button variant="ghost" size="compact" onClick={() => setRenamed(passkey)}>
            {t('renameMore')}
          </Button>
          <Button size="compact" onClick={() => setRemoved(passkey)}>
            {t('removeMore')}
          </Button>
        </FactorRow>
      ))}
      {renamed !== null && <Rename key={renamed.id} passkey={renamed} onClose={() => setRenamed(null)} />}
      <ConfirmDialog
        isOpen={removed !== null}
        onClose={() => setRemoved(null)}
        title={t('removePasskeyTitle', { name: removed?.name ?? '' })}
        confirmLabel={t('removePasskey')}
        onConfirm={async () => {
          await api.DELETE('/api/me/passkeys/{passkey}', { params: { path: { passkey: removed?.id ?? '' } } })
          await client.invalidateQueries({ queryKey: factorsQuery.queryKey })
        }}
      >
        {t('removeFactorText')}
      </ConfirmDialog>
    </>
  )
}

function Rename({ passkey, onClose }: { readonly passkey: Passkey; readonly onClose: () => void }) {
  const { t } = useTranslation('me')
  const client = useQueryClient()
  const form = useForm({
    initial: { name: passkey.name },
    check: ({ name }) => (name.trim() === '' ? { name: t('passkeyNameMissing') } : {}),
    send: ({ name }) =>
      answerOf(api.PATCH('/api/me/passkeys/{passkey}', { params: { path: { passkey: passkey.id } }, body: { name } })),
    onDone() {
      onClose()
      toastDone(t('passkeyRenamed'))
      void client.invalidateQueries({ queryKey: factorsQuery.queryKey })
    },
  })
  return (
    <FormDialog form={form} isOpen onClose={onClose} title={t('renamePasskey')} submitLabel={t('renamePasskey')}>
      <TextField
        label={t('name')}
        maxLength={100}
        value={form.values.name}
        onChange={(name) => form.set('name', name)}
        error={form.errorOf('name')}
      />
    </FormDialog>
  )
}
