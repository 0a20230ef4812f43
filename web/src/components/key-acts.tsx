// What can be done with a key, wherever keys are listed: a new secret, from where it may be used, and its end. The page
// fetches the texts `api-keys`.

import { useQueryClient } from '@tanstack/react-query'
import { Ban, Network, RefreshCw } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type ApiKey, addressesIn } from '../api/api-keys.ts'
import { answerOf, api } from '../api/client.ts'
import { useOrg } from '../session/facts.ts'
import { TextAreaField } from '../ui/field.tsx'
import type { MenuItem } from '../ui/menu.tsx'
import { toastDone } from '../ui/toast.tsx'
import { ConfirmDialog } from './confirm-dialog.tsx'
import { FormDialog } from './form-dialog.tsx'
import { useForm } from './form.tsx'
import { RotateKey } from './rotate-key.tsx'

type Act = 'rotate' | 'addresses' | 'revoke'

/** Acts for row menus; `dialogs` goes somewhere on the page. Nobody touches the secret of somebody else's key. */
export function useKeyActs(isOwn: boolean): {
  readonly menuOf: (key: ApiKey) => readonly MenuItem[]
  readonly dialogs: ReactNode
} {
  const { t } = useTranslation('api-keys')
  const [asked, setAsked] = useState<{ readonly act: Act; readonly key: ApiKey } | null>(null)
  const close = () => setAsked(null)
  const ask = (act: Act, key: ApiKey) => () => setAsked({ act, key })
  const mayChange = ({ member_id }: ApiKey) => isOwn || member_id === null
  return {
    menuOf(key) {
      if (key.revoked_at !== null) return []
      return [
        ...(mayChange(key)
          ? [
              { id: 'rotate', label: t('rotateMore'), icon: RefreshCw, onSelect: ask('rotate', key) },
              { id: 'addresses', label: t('addressesMore'), icon: Network, onSelect: ask('addresses', key) },
            ]
          : []),
        { id: 'revoke', label: t('revokeMore'), icon: Ban, isDangerous: true, onSelect: ask('revoke', key) },
      ]
    },
    dialogs: asked !== null && (
      <>
        {asked.act === 'revoke' && <RevokeKey apiKey={asked.key} isOwn={isOwn} onClose={close} />}
        {asked.act === 'rotate' && <RotateKey apiKey={asked.key} isOwn={isOwn} onClose={close} />}
        {asked.act === 'addresses' && <KeyAddresses apiKey={asked.key} isOwn={isOwn} onClose={close} />}
      </>
    ),
  }
}

type Props = { readonly apiKey: ApiKey; readonly isOwn: boolean; readonly onClose: () => void }

function RevokeKey({ apiKey, isOwn, onClose }: Props) {
  const { t } = useTranslation('api-keys')
  const org = useOrg()
  const client = useQueryClient()
  const params = { path: { org, key: apiKey.id } }
  const revoke = async () => {
    await (isOwn
      ? api.DELETE('/api/orgs/{org}/me/api-keys/{key}', { params })
      : api.DELETE('/api/orgs/{org}/api-keys/{key}', { params }))
    toastDone(t('revoked_', { name: apiKey.name }))
    await client.invalidateQueries({ queryKey: ['org', org, 'api-keys'] })
  }
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={t('revokeTitle', { name: apiKey.name })}
      confirmLabel={t('revoke')}
      onConfirm={revoke}
    >
      {t('revokeText')}
    </ConfirmDialog>
  )
}

/** From where a key may be used, within what the organisation allows. */
function KeyAddresses({ apiKey, isOwn, onClose }: Props) {
  const { t } = useTranslation('api-keys')
  const org = useOrg()
  const client = useQueryClient()
  const form = useForm({
    initial: { addresses: apiKey.addresses.join('\n') },
    send({ addresses }) {
      const params = { path: { org, key: apiKey.id } }
      const body = { addresses: addressesIn(addresses) }
      return isOwn
        ? answerOf(api.PATCH('/api/orgs/{org}/me/api-keys/{key}', { params, body }))
        : answerOf(api.PATCH('/api/orgs/{org}/api-keys/{key}', { params, body }))
    },
    onDone() {
      toastDone(t('addressesSaved', { name: apiKey.name }))
      void client.invalidateQueries({ queryKey: ['org', org, 'api-keys'] })
      onClose()
    },
  })
  return (
    <FormDialog
      form={form}
      isOpen
      onClose={onClose}
      title={t('addressesTitle', { name: apiKey.name })}
      description={t('addressesText')}
      submitLabel={t('saveAddresses')}
    >
      <TextAreaField
        label={t('addresses')}
        hint={t('addressesHint')}
        rows={4}
        isMono
        placeholder={'203.0.113.0/24\n198.51.100.7-198.51.100.20'}
        value={form.values.addresses}
        onChange={(value) => form.set('addresses', value)}
        error={form.errorOf('addresses')}
      />
    </FormDialog>
  )
}
