import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useMemberOptions } from '../../api/directory.ts'
import { answerOf, api } from '../../api/client.ts'
import { FormDialog } from '../../components/form-dialog.tsx'
import { useForm } from '../../components/form.tsx'
import { ScopePicker } from '../../components/scope-picker.tsx'
import { useAccess, useOrg } from '../../session/facts.ts'
import { ComboboxField } from '../../ui/combobox.tsx'
import { TextAreaField, TextField } from '../../ui/field.tsx'
import { toastDone } from '../../ui/toast.tsx'
import { type ServiceAccount, serviceAccountsKey } from './service-account-queries.ts'

const USUAL: readonly string[] = ['run.execute', 'model.view']

type Values = {
  readonly name: string
  readonly description: string
  readonly permissions: readonly string[]
  readonly responsible_member_id: string
}

/** Makes a service account, or changes one: what its keys may do at most, and who answers for it. */
export function ServiceAccountForm({
  account,
  onClose,
}: {
  readonly account?: ServiceAccount
  readonly onClose: () => void
}) {
  const { t } = useTranslation('people')
  const org = useOrg()
  const { organisation } = useAccess()
  const client = useQueryClient()
  const router = useRouter()
  const people = useMemberOptions()
  const initial: Values = {
    name: account?.name ?? '',
    description: account?.description ?? '',
    permissions: account?.permissions ?? USUAL,
    responsible_member_id: account?.responsible_member_id ?? organisation.membership?.member_id ?? '',
  }
  const form = useForm({
    initial,
    check: ({ name, permissions, responsible_member_id }) => ({
      ...(name.trim() === '' && { name: t('accountNameMissing') }),
      ...(permissions.length === 0 && { permissions: t('permissionMissing') }),
      ...(responsible_member_id === '' && { responsible_member_id: t('responsibleMissing') }),
    }),
    send({ permissions, ...values }) {
      const body = { ...values, permissions: [...permissions] }
      return account === undefined
        ? answerOf(api.POST('/api/orgs/{org}/service-accounts', { params: { path: { org } }, body }))
        : answerOf(
            api.PATCH('/api/orgs/{org}/service-accounts/{account}', {
              params: { path: { org, account: account.id } },
              body,
            }),
          )
    },
    onDone({ id, name }) {
      void client.invalidateQueries({ queryKey: serviceAccountsKey(org) })
      toastDone(t(account === undefined ? 'accountCreated' : 'accountChanged', { name }))
      onClose()
      if (account === undefined) router.history.push(`/o/${org}/people/service-accounts/${id}`)
    },
  })
  const { values } = form
  return (
    <FormDialog
      form={form}
      isOpen
      onClose={onClose}
      title={account === undefined ? t('createAccount') : t('editAccount', { name: account.name })}
      description={t('accountText')}
      submitLabel={t(account === undefined ? 'createAccount' : 'saveAccount')}
      isSheet
    >
      <TextField
        label={t('name')}
        hint={t('accountNameHint')}
        maxLength={200}
        value={values.name}
        onChange={(name) => form.set('name', name)}
        error={form.errorOf('name')}
      />
      <TextAreaField
        label={t('description')}
        rows={2}
        value={values.description}
        onChange={(text) => form.set('description', text)}
        error={form.errorOf('description')}
      />
      <ComboboxField
        label={t('responsible')}
        hint={t('responsibleHint')}
        value={values.responsible_member_id || null}
        options={people}
        onChange={(id) => form.set('responsible_member_id', id ?? '')}
        error={form.errorOf('responsible_member_id')}
      />
      <ScopePicker
        kind="organisation"
        label={t('mayAtMost')}
        value={values.permissions}
        onChange={(permissions) => form.set('permissions', permissions)}
        error={form.errorOf('permissions')}
      />
    </FormDialog>
  )
}
