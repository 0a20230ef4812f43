import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../../api/client.ts'
import type { PermissionRow } from '../../api/permissions.ts'
import { FormDialog } from '../../components/form-dialog.tsx'
import { useForm } from '../../components/form.tsx'
import { PermissionPicker } from '../../components/permission-picker.tsx'
import { useAccess, useOrg } from '../../session/facts.ts'
import { TextAreaField, TextField } from '../../ui/field.tsx'
import { toastDone } from '../../ui/toast.tsx'
import type { CustomRole } from './queries.ts'

type Values = { readonly name: string; readonly description: string; readonly permissions: readonly string[] }

/** Makes a role, or changes one: of the permissions that may be granted singly, those that its maker holds. */
export function RoleForm(props: {
  readonly rows: readonly PermissionRow[]
  readonly onClose: () => void
  readonly role?: CustomRole
}) {
  const { t } = useTranslation('roles')
  const org = useOrg()
  const { can } = useAccess()
  const client = useQueryClient()
  const { role } = props
  const initial: Values = {
    name: role?.name ?? '',
    description: role?.description ?? '',
    permissions: role?.permissions ?? [],
  }
  const form = useForm({
    initial,
    check: ({ name, permissions }) => ({
      ...(name.trim() === '' && { name: t('nameMissing') }),
      ...(permissions.length === 0 && { permissions: t('permissionMissing') }),
    }),
    send: ({ permissions, ...rest }) => {
      const body = { ...rest, permissions: [...permissions] }
      return role === undefined
        ? answerOf(api.POST('/api/orgs/{org}/roles', { params: { path: { org } }, body }))
        : answerOf(api.PATCH('/api/orgs/{org}/roles/{role}', { params: { path: { org, role: role.id } }, body }))
    },
    onDone({ name }) {
      props.onClose()
      toastDone(t(role === undefined ? 'created' : 'saved', { name }))
      void client.invalidateQueries({ queryKey: ['org', org] })
    },
  })
  return (
    <FormDialog
      form={form}
      isOpen
      onClose={props.onClose}
      title={role === undefined ? t('create') : t('changeTitle', { name: role.name })}
      description={role === undefined ? t('createText') : t('changeText', { count: role.member_count })}
      submitLabel={role === undefined ? t('create') : t('save')}
      isSheet
    >
      <TextField
        label={t('name')}
        value={form.values.name}
        onChange={(name) => form.set('name', name)}
        error={form.errorOf('name')}
        maxLength={200}
      />
      <TextAreaField
        label={t('description')}
        rows={2}
        value={form.values.description}
        onChange={(description) => form.set('description', description)}
        error={form.errorOf('description')}
      />
      <PermissionPicker
        label={t('permissions')}
        offered={props.rows.filter((row) => row.single && can(row.permission))}
        value={form.values.permissions}
        onChange={(permissions) => form.set('permissions', permissions)}
        error={form.errorOf('permissions')}
      />
    </FormDialog>
  )
}
