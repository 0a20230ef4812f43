import { useQueryClient } from '@tanstack/react-query'
import { KeyRound, type LucideIcon, Timer, UserCheck, UserX } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../../../api/client.ts'
import { ConfirmDialog } from '../../../components/confirm-dialog.tsx'
import { useMe } from '../../../session/facts.ts'
import type { MenuItem } from '../../../ui/menu.tsx'
import { toastDone } from '../../../ui/toast.tsx'
import type { AccountDetail } from './queries.ts'

type Act = 'disable' | 'enable' | 'factors' | 'wait'

/** What a super-admin can do with an account; nobody does it to the own one. */
export function useAccountActs(account: AccountDetail): {
  readonly items: readonly MenuItem[]
  readonly dialogs: ReactNode
} {
  const { t } = useTranslation('platform')
  const me = useMe()
  const [asked, setAsked] = useState<Act | null>(null)
  const own = me.id === account.id ? t('accounts.own') : null
  const item = (act: Act, icon: LucideIcon, isDangerous = false): MenuItem => ({
    id: act,
    label: t(`accounts.act.${act}.more`),
    icon,
    isDangerous,
    disabledReason: own,
    onSelect: () => setAsked(act),
  })
  const items = [
    ...(account.sign_in_wait_s > 0 ? [item('wait', Timer)] : []),
    item('factors', KeyRound),
    ...(account.status === 'active' ? [item('disable', UserX, true)] : [item('enable', UserCheck)]),
  ]
  const dialogs = asked === null ? null : <Question act={asked} account={account} onClose={() => setAsked(null)} />
  return { items, dialogs }
}

function Question(props: { readonly act: Act; readonly account: AccountDetail; readonly onClose: () => void }) {
  const { t } = useTranslation('platform')
  const client = useQueryClient()
  const { act, account } = props
  const name = account.display_name
  return (
    <ConfirmDialog
      isOpen
      onClose={props.onClose}
      title={t(`accounts.act.${act}.title`, { name })}
      confirmLabel={t(`accounts.act.${act}.label`)}
      isDangerous={act === 'disable' || act === 'factors'}
      onConfirm={async () => {
        await perform(act, account.id)
        toastDone(t(`accounts.act.${act}.done`, { name }))
        for (const topic of ['account', 'accounts', 'overview']) {
          void client.invalidateQueries({ queryKey: ['platform', topic] })
        }
      }}
    >
      {t(`accounts.act.${act}.text`)}
    </ConfirmDialog>
  )
}

function perform(act: Act, user: string): Promise<unknown> {
  const params = { path: { user } }
  switch (act) {
    case 'disable':
    case 'enable': {
      const status = act === 'disable' ? 'disabled' : 'active'
      return answerOf(api.PATCH('/api/platform/users/{user}', { params, body: { status } }))
    }
    case 'factors':
      return api.DELETE('/api/platform/users/{user}/factors', { params })
    case 'wait':
      return api.DELETE('/api/platform/users/{user}/sign-in-wait', { params })
  }
}
