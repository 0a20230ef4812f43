import { useQueryClient } from '@tanstack/react-query'
import { BadgeCheck, Pencil, Plus, Trash2 } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { useList } from '../../api/list.ts'
import type { PermissionRow } from '../../api/permissions.ts'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import type { Column } from '../../components/data-table-props.ts'
import { DataTable } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/states.tsx'
import { TimeAgo } from '../../components/time-ago.tsx'
import { useAccess, useOrg } from '../../session/facts.ts'
import { Button } from '../../ui/button.tsx'
import { toastDone } from '../../ui/toast.tsx'
import { Tooltip } from '../../ui/tooltip.tsx'
import { type CustomRole, customRolesQuery } from './queries.ts'
import { RoleForm } from './role-form.tsx'

type Asked = { readonly act: 'create' | 'change' | 'delete'; readonly role: CustomRole | null }

/** Roles of the organisation's own: sets of permissions that are given together. */
export function OwnRoles({ rows }: { readonly rows: readonly PermissionRow[] }) {
  const { t } = useTranslation('roles')
  const org = useOrg()
  const { can } = useAccess()
  const client = useQueryClient()
  const list = useList(customRolesQuery(org))
  const [asked, setAsked] = useState<Asked | null>(null)
  const columns = useColumns()
  const mayChange = can('role.change')
  const close = () => setAsked(null)
  const reread = () => client.invalidateQueries({ queryKey: ['org', org] })
  const remove = async ({ id, name }: CustomRole) => {
    await api.DELETE('/api/orgs/{org}/roles/{role}', { params: { path: { org, role: id } } })
    toastDone(t('deleted', { name }))
    await reread()
  }
  const menuOf = (role: CustomRole) =>
    mayChange
      ? [
          { id: 'change', label: t('changeMore'), icon: Pencil, onSelect: () => setAsked({ act: 'change', role }) },
          {
            id: 'delete',
            label: t('deleteMore'),
            icon: Trash2,
            isDangerous: true,
            onSelect: () => setAsked({ act: 'delete', role }),
          },
        ]
      : []
  const create = mayChange && (
    <Button onClick={() => setAsked({ act: 'create', role: null })}>
      <Plus size={15} aria-hidden />
      {t('create')}
    </Button>
  )
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-3">
        <p className="meta min-w-0 flex-1 text-fg3">{t('ownText')}</p>
        {create}
      </div>
      <DataTable
        label={t('tabs.own')}
        list={list}
        columns={columns}
        rowId={(role) => role.id}
        rowName={(role) => role.name}
        rowMenu={menuOf}
        empty={
          <EmptyState icon={BadgeCheck} title={t('noOwnRoles')}>
            {t('noOwnRolesText')}
          </EmptyState>
        }
      />
      {(asked?.act === 'create' || asked?.act === 'change') && (
        <RoleForm
          key={asked.role?.id ?? 'new'}
          rows={rows}
          onClose={close}
          {...(asked.role !== null && { role: asked.role })}
        />
      )}
      {asked?.act === 'delete' && asked.role !== null && (
        <DeleteRole role={asked.role} onClose={close} onConfirm={remove} />
      )}
    </div>
  )
}

function DeleteRole(props: {
  readonly role: CustomRole
  readonly onClose: () => void
  readonly onConfirm: (role: CustomRole) => Promise<void>
}) {
  const { t } = useTranslation('roles')
  const { role } = props
  return (
    <ConfirmDialog
      isOpen
      onClose={props.onClose}
      title={t('deleteTitle', { name: role.name })}
      confirmLabel={t('delete')}
      onConfirm={() => props.onConfirm(role)}
    >
      {t('deleteText', { count: role.member_count })}
    </ConfirmDialog>
  )
}

function useColumns(): readonly Column<CustomRole>[] {
  const { t } = useTranslation('roles')
  return useMemo(
    () => [
      {
        id: 'name',
        orderBy: ({ name }) => name,
        header: t('name'),
        width: 'minmax(160px, 2fr)',
        cell: (role) => <span className="font-medium">{role.name}</span>,
      },
      {
        id: 'description',
        header: t('description'),
        width: 'minmax(160px, 3fr)',
        isSecondary: true,
        cell: (role) => <span className="text-fg2">{role.description === '' ? '–' : role.description}</span>,
      },
      {
        id: 'permissions',
        orderBy: ({ permissions }) => permissions.length,
        header: t('permissions'),
        width: 'minmax(130px, 1fr)',
        cell: (role) => (
          <Tooltip text={role.permissions.join(', ')}>
            <span tabIndex={0}>{t('countHeld', { count: role.permissions.length })}</span>
          </Tooltip>
        ),
      },
      {
        id: 'people',
        orderBy: ({ member_count }) => member_count,
        header: t('members'),
        width: 'minmax(90px, 1fr)',
        isNumber: true,
        cell: (role) => role.member_count,
      },
      {
        id: 'changed',
        orderBy: ({ updated_at }) => updated_at,
        header: t('changed'),
        width: 'minmax(120px, 1fr)',
        isNumber: true,
        isSecondary: true,
        cell: (role) => <TimeAgo at={role.updated_at} />,
      },
    ],
    [t],
  )
}
