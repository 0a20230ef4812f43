import { useQueryClient } from '@tanstack/react-query'
import { LogOut, UserCheck, UserMinus, UserX } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { toProblem } from '../../api/problem.ts'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { problemText } from '../../components/problem-text.ts'
import { useAccess, useOrg } from '../../session/facts.ts'
import type { MenuItem } from '../../ui/menu.tsx'
import { toastDone, toastProblem } from '../../ui/toast.tsx'
import type { Person } from './queries.ts'
import { RemovePerson } from './remove-person.tsx'

type Asked = {
  readonly act: 'suspend' | 'remove' | 'signOut'
  readonly person: Pick<Person, 'id' | 'display_name' | 'email'>
}

/** What can be done with a person, for row menus and their own screen; `dialogs` goes somewhere on the page. */
export function usePersonActs(): {
  readonly menuOf: (person: Pick<Person, 'id' | 'display_name' | 'email' | 'status'>) => readonly MenuItem[]
  /** Asks before every session of a person is ended. */
  readonly askSignOut: (person: Asked['person']) => void
  readonly dialogs: ReactNode
} {
  const { t } = useTranslation('people')
  const { t: words } = useTranslation('words')
  const org = useOrg()
  const { can, organisation } = useAccess()
  const client = useQueryClient()
  const [asked, setAsked] = useState<Asked | null>(null)
  const pathOf = (member: string) => ({ params: { path: { org, member } } })
  const reread = () => client.invalidateQueries({ queryKey: ['org', org, 'members'] })
  const reactivate = async (member: string) => {
    await api.POST('/api/orgs/{org}/members/{member}/reactivate', pathOf(member))
    await reread()
  }
  const tell = (error: unknown) => toastProblem(problemText(words, toProblem(error)))
  const RUN: Readonly<Record<Exclude<Asked['act'], 'remove'>, (member: string) => Promise<unknown>>> = {
    suspend: (member) => api.POST('/api/orgs/{org}/members/{member}/suspend', pathOf(member)),
    signOut: (member) => api.POST('/api/orgs/{org}/members/{member}/sign-out', pathOf(member)),
  }
  const restore = async (member: string) => {
    await api.POST('/api/orgs/{org}/members/{member}/restore', pathOf(member))
    await reread()
  }
  const run = async ({ act, person }: Asked) => {
    if (act === 'remove') return
    await RUN[act](person.id)
    await reread()
    const undo = { label: words('undo'), run: () => void reactivate(person.id).catch(tell) }
    toastDone(t(`done.${act}`, { name: nameOf(person) }), act === 'suspend' ? undo : undefined)
  }
  const nameOf = (person: Asked['person']) => person.display_name ?? person.email ?? t('nameless')
  const isOwn = (id: string) => organisation.membership?.member_id === id
  return {
    menuOf(person) {
      const ask = (act: Asked['act']) => () => setAsked({ act, person })
      const own = isOwn(person.id) ? t('notYourself') : null
      if (person.status === 'removed') {
        if (!can('user.invite')) return []
        const back = () => toastDone(t('done.restore', { name: nameOf(person) }))
        const onSelect = () => void restore(person.id).then(back, tell)
        return [{ id: 'restore', label: t('restorePerson'), icon: UserCheck, onSelect }]
      }
      const isActive = person.status === 'active'
      return [
        ...(can('session.revoke_any')
          ? [{ id: 'out', label: t('signOutMore'), icon: LogOut, onSelect: ask('signOut') }]
          : []),
        ...(can('user.change') && isActive
          ? [{ id: 'suspend', label: t('suspendMore'), icon: UserX, onSelect: ask('suspend'), disabledReason: own }]
          : []),
        ...(can('user.change') && !isActive
          ? [
              {
                id: 'reactivate',
                label: t('reactivate'),
                icon: UserCheck,
                onSelect: () =>
                  void reactivate(person.id).then(
                    () => toastDone(t('done.reactivate', { name: nameOf(person) })),
                    tell,
                  ),
              },
            ]
          : []),
        ...(can('user.remove')
          ? [
              {
                id: 'remove',
                label: t('removeMore'),
                icon: UserMinus,
                onSelect: ask('remove'),
                isDangerous: true,
                disabledReason: own,
              },
            ]
          : []),
      ]
    },
    askSignOut: (person) => setAsked({ act: 'signOut', person }),
    dialogs:
      asked !== null &&
      (asked.act === 'remove' ? (
        <RemovePerson person={asked.person} name={nameOf(asked.person)} onClose={() => setAsked(null)} />
      ) : (
        <ConfirmDialog
          isOpen
          onClose={() => setAsked(null)}
          title={t(`ask.${asked.act}.title`, { name: nameOf(asked.person) })}
          confirmLabel={t(`ask.${asked.act}.confirm`)}
          isDangerous={asked.act !== 'signOut'}
          onConfirm={() => run(asked)}
        >
          {t(`ask.${asked.act}.text`)}
        </ConfirmDialog>
      )),
  }
}
