import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../../api/client.ts'
import { toProblem } from '../../api/problem.ts'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { problemText } from '../../components/problem-text.ts'
import { useOrg } from '../../session/facts.ts'
import { Button } from '../../ui/button.tsx'
import { Menu } from '../../ui/menu.tsx'
import { toastDone, toastProblem } from '../../ui/toast.tsx'
import { type Person, ROLES } from './queries.ts'

type Role = (typeof ROLES)[number]

/** Gives everybody who is selected another role. Those who are refused are told of, the others stay changed. */
export function BulkRole({ people, onDone }: { readonly people: readonly Person[]; readonly onDone: () => void }) {
  const { t } = useTranslation('people')
  const { t: words } = useTranslation('words')
  const org = useOrg()
  const client = useQueryClient()
  const [role, setRole] = useState<Role | null>(null)
  const set = async (roles: readonly { readonly person: Person; readonly base_role: Role }[]) => {
    const refused: string[] = []
    const changed: Person[] = []
    for (const { person, base_role } of roles) {
      const params = { path: { org, member: person.id } }
      await answerOf(api.PUT('/api/orgs/{org}/members/{member}/role', { params, body: { base_role } })).then(
        () => changed.push(person),
        (error: unknown) =>
          refused.push(`${person.display_name ?? person.email ?? ''}: ${problemText(words, toProblem(error))}`),
      )
    }
    await client.invalidateQueries({ queryKey: ['org', org, 'members'] })
    if (refused.length > 0) toastProblem(t('rolesRefused', { count: refused.length }), refused.join('\n'))
    return changed
  }
  const give = async (base_role: Role) => {
    const changed = await set(people.map((person) => ({ person, base_role })))
    const before = changed.map((person) => ({ person, base_role: person.base_role }))
    const undo = { label: words('undo'), run: () => void set(before) }
    if (changed.length > 0) toastDone(t('rolesChanged', { count: changed.length }), undo)
    onDone()
  }
  return (
    <>
      <Menu
        align="start"
        trigger={<Button size="compact">{t('changeRole')}</Button>}
        groups={[
          { items: ROLES.map((each) => ({ id: each, label: t(`roles.${each}`), onSelect: () => setRole(each) })) },
        ]}
      />
      <ConfirmDialog
        isOpen={role !== null}
        isDangerous={false}
        onClose={() => setRole(null)}
        title={t('bulkTitle', { count: people.length, role: role === null ? '' : t(`roles.${role}`) })}
        confirmLabel={t('changeRole')}
        onConfirm={async () => {
          if (role !== null) await give(role)
        }}
      >
        {t('bulkText')}
      </ConfirmDialog>
    </>
  )
}
