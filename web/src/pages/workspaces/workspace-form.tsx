import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../../api/client.ts'
import { FormDialog } from '../../components/form-dialog.tsx'
import { useForm } from '../../components/form.tsx'
import { useOrg } from '../../session/facts.ts'
import { TextAreaField, TextField } from '../../ui/field.tsx'
import { toastDone } from '../../ui/toast.tsx'
import type { Workspace } from './queries.ts'

type Values = Pick<Workspace, 'name' | 'description'>

/** Makes a workspace, or changes the one that is given. */
export function WorkspaceForm(props: {
  readonly isOpen: boolean
  readonly onClose: () => void
  readonly workspace?: Workspace
  readonly onDone?: (workspace: Workspace) => void
}) {
  const { t } = useTranslation('workspaces')
  const org = useOrg()
  const client = useQueryClient()
  const { workspace } = props
  const initial: Values = { name: workspace?.name ?? '', description: workspace?.description ?? '' }
  const form = useForm({
    initial,
    check: ({ name, description }) => ({
      ...(name.trim() === '' && { name: t('nameMissing') }),
      ...(description.length > 2000 && { description: t('descriptionLong') }),
    }),
    send: (body) =>
      workspace === undefined
        ? answerOf(api.POST('/api/orgs/{org}/workspaces', { params: { path: { org } }, body }))
        : answerOf(
            api.PATCH('/api/orgs/{org}/workspaces/{workspace}', {
              params: { path: { org, workspace: workspace.id } },
              body,
            }),
          ),
    onDone(saved, sent) {
      form.reset(workspace === undefined ? initial : sent)
      props.onClose()
      toastDone(t(workspace === undefined ? 'created_' : 'changed', { name: saved.name }))
      void client.invalidateQueries({ queryKey: ['org', org, 'workspaces'] })
      props.onDone?.(saved)
    },
  })
  const title = workspace === undefined ? t('create') : t('changeTitle', { name: workspace.name })
  return (
    <FormDialog
      form={form}
      isOpen={props.isOpen}
      onClose={props.onClose}
      title={title}
      {...(workspace === undefined && { description: t('createText') })}
      submitLabel={workspace === undefined ? t('create') : t('change')}
    >
      <TextField
        label={t('name')}
        value={form.values.name}
        onChange={(name) => form.set('name', name)}
        error={form.errorOf('name')}
      />
      <TextAreaField
        label={t('description')}
        note={t('optional')}
        value={form.values.description}
        onChange={(description) => form.set('description', description)}
        error={form.errorOf('description')}
      />
    </FormDialog>
  )
}
