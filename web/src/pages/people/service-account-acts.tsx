import { useQueryClient } from '@tanstack/react-query'
import { Pencil, Power, PowerOff } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { toProblem } from '../../api/problem.ts'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { problemText } from '../../components/problem-text.ts'
import { useOrg } from '../../session/facts.ts'
import type { MenuItem } from '../../ui/menu.tsx'
import { toastDone, toastProblem } from '../../ui/toast.tsx'
import { ServiceAccountForm } from './service-account-form.tsx'
import { type ServiceAccount, serviceAccountsKey } from './service-account-queries.ts'

/** What can be done with a service account; `dialogs` goes somewhere on the page. */
export function useAccountActs(): {
  readonly menuOf: (account: ServiceAccount) => readonly MenuItem[]
  readonly dialogs: ReactNode
} {
  const { t } = useTranslation('people')
  const { t: words } = useTranslation('words')
  const org = useOrg()
  const client = useQueryClient()
  const [asked, setAsked] = useState<{ readonly act: 'edit' | 'disable'; readonly account: ServiceAccount } | null>(
    null,
  )
  const close = () => setAsked(null)
  const reread = async () => {
    await client.invalidateQueries({ queryKey: serviceAccountsKey(org) })
    await client.invalidateQueries({ queryKey: ['org', org, 'api-keys'] })
  }
  const paramsOf = ({ id }: ServiceAccount) => ({ params: { path: { org, account: id } } })
  const enable = async (account: ServiceAccount) => {
    try {
      await api.POST('/api/orgs/{org}/service-accounts/{account}/enable', paramsOf(account))
      await reread()
      toastDone(t('accountEnabled', { name: account.name }))
    } catch (error) {
      toastProblem(problemText(words, toProblem(error)))
    }
  }
  const disable = async (account: ServiceAccount) => {
    await api.POST('/api/orgs/{org}/service-accounts/{account}/disable', paramsOf(account))
    await reread()
    toastDone(t('accountDisabled', { name: account.name }), { label: words('undo'), run: () => void enable(account) })
  }
  return {
    menuOf: (account) => [
      { id: 'edit', label: t('editAccountMore'), icon: Pencil, onSelect: () => setAsked({ act: 'edit', account }) },
      account.disabled_at === null
        ? {
            id: 'disable',
            label: t('disableMore'),
            icon: PowerOff,
            isDangerous: true,
            onSelect: () => setAsked({ act: 'disable', account }),
          }
        : { id: 'enable', label: t('enable'), icon: Power, onSelect: () => void enable(account) },
    ],
    dialogs: asked !== null && (
      <>
        {asked.act === 'edit' && <ServiceAccountForm account={asked.account} onClose={close} />}
        <ConfirmDialog
          isOpen={asked.act === 'disable'}
          onClose={close}
          title={t('disableTitle', { name: asked.account.name })}
          confirmLabel={t('disable')}
          onConfirm={() => disable(asked.account)}
        >
          {t('disableText')}
        </ConfirmDialog>
      </>
    ),
  }
}
