import { useQueryClient } from '@tanstack/react-query'
import { Pencil, Trash2 } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { useAccess, useOrg } from '../../session/facts.ts'
import type { MenuItem } from '../../ui/menu.tsx'
import { toastDone } from '../../ui/toast.tsx'
import type { Workspace } from './queries.ts'
import { WorkspaceForm } from './workspace-form.tsx'

type Asked = { readonly act: 'change' | 'delete'; readonly workspace: Workspace }

/** What can be done with a workspace: its admins change it, `workspace.delete` deletes it. */
export function useWorkspaceActs(onDeleted?: () => void): {
  readonly menuOf: (workspace: Workspace) => readonly MenuItem[]
  readonly dialogs: ReactNode
} {
  const { t } = useTranslation('workspaces')
  const org = useOrg()
  const { can } = useAccess()
  const client = useQueryClient()
  const [asked, setAsked] = useState<Asked | null>(null)
  const close = () => setAsked(null)
  const remove = async ({ id, name }: Workspace) => {
    await api.DELETE('/api/orgs/{org}/workspaces/{workspace}', { params: { path: { org, workspace: id } } })
    toastDone(t('deleted', { name }))
    onDeleted?.()
    client.removeQueries({ queryKey: ['org', org, 'workspaces', id] })
    await client.invalidateQueries({ queryKey: ['org', org, 'workspaces'] })
    await client.invalidateQueries({ queryKey: ['org', org, 'projects'] })
  }
  return {
    menuOf: (workspace) => [
      {
        id: 'change',
        label: t('changeMore'),
        icon: Pencil,
        onSelect: () => setAsked({ act: 'change', workspace }),
        disabledReason: workspace.my_role === 'admin' ? null : t('needsAdmin'),
      },
      ...(can('workspace.delete')
        ? [
            {
              id: 'delete',
              label: t('deleteMore'),
              icon: Trash2,
              isDangerous: true,
              onSelect: () => setAsked({ act: 'delete', workspace }),
            },
          ]
        : []),
    ],
    dialogs: asked !== null && (
      <>
        <WorkspaceForm
          key={asked.workspace.id}
          isOpen={asked.act === 'change'}
          onClose={close}
          workspace={asked.workspace}
        />
        <ConfirmDialog
          isOpen={asked.act === 'delete'}
          onClose={close}
          title={t('deleteTitle', { name: asked.workspace.name })}
          confirmLabel={t('delete')}
          typeToConfirm={asked.workspace.name}
          onConfirm={() => remove(asked.workspace)}
        >
          {t('deleteText')}
        </ConfirmDialog>
      </>
    ),
  }
}
