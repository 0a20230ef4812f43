import { useQueryClient } from '@tanstack/react-query'
import { Pencil, Trash2 } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../../api/client.ts'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { NameDialog } from '../../components/name-dialog.tsx'
import { useAccess, useOrg } from '../../session/facts.ts'
import type { MenuItem } from '../../ui/menu.tsx'
import { toastDone } from '../../ui/toast.tsx'
import type { Team } from './queries.ts'

type Named = Pick<Team, 'id' | 'name'>
type Asked = { readonly act: 'rename' | 'delete'; readonly team: Named }

/** What can be done with a team; `dialogs` goes somewhere on the page. */
export function useTeamActs(onDeleted?: () => void): {
  readonly menuOf: (team: Named) => readonly MenuItem[]
  readonly dialogs: ReactNode
} {
  const { t } = useTranslation('teams')
  const org = useOrg()
  const { can } = useAccess()
  const client = useQueryClient()
  const [asked, setAsked] = useState<Asked | null>(null)
  const reread = () => client.invalidateQueries({ queryKey: ['org', org, 'teams'] })
  const pathOf = ({ id }: Named) => ({ path: { org, team: id } })
  const close = () => setAsked(null)
  const remove = async (team: Named) => {
    await api.DELETE('/api/orgs/{org}/teams/{team}', { params: pathOf(team) })
    toastDone(t('deleted', { name: team.name }))
    onDeleted?.()
    client.removeQueries({ queryKey: ['org', org, 'teams', team.id] })
    await reread()
  }
  return {
    menuOf: (team) =>
      can('team.manage')
        ? [
            { id: 'rename', label: t('renameMore'), icon: Pencil, onSelect: () => setAsked({ act: 'rename', team }) },
            {
              id: 'delete',
              label: t('deleteMore'),
              icon: Trash2,
              isDangerous: true,
              onSelect: () => setAsked({ act: 'delete', team }),
            },
          ]
        : [],
    dialogs: asked !== null && (
      <>
        <NameDialog
          key={asked.team.id}
          isOpen={asked.act === 'rename'}
          onClose={close}
          title={t('renameTitle', { name: asked.team.name })}
          initial={asked.team.name}
          submitLabel={t('rename')}
          send={(name) =>
            answerOf(api.PATCH('/api/orgs/{org}/teams/{team}', { params: pathOf(asked.team), body: { name } }))
          }
          onDone={(_, name) => {
            toastDone(t('renamed', { name }))
            void reread()
          }}
        />
        <ConfirmDialog
          isOpen={asked.act === 'delete'}
          onClose={close}
          title={t('deleteTitle', { name: asked.team.name })}
          confirmLabel={t('delete')}
          onConfirm={() => remove(asked.team)}
        >
          {t('deleteText')}
        </ConfirmDialog>
      </>
    ),
  }
}
