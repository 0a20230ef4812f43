import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Archive } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../../api/client.ts'
import { CopyId } from '../../components/copy-id.tsx'
import { Form, SaveBar, useForm, useLeaveGuard } from '../../components/form.tsx'
import { Card, Facts } from '../../components/page.tsx'
import { Moment } from '../../components/time-ago.tsx'
import { useAccess, useOrg } from '../../session/facts.ts'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { SelectField } from '../../ui/select.tsx'
import { toastDone } from '../../ui/toast.tsx'
import { ArchiveProject } from './archive-project.tsx'
import { offeredWorkspacesQuery, type Project } from './queries.ts'

const NONE = 'none'

/** Name and workspace of a project, and its end. Project admins change it; whoever else may see it reads it. */
export function ProjectSettings({ project }: { readonly project: Project }) {
  const { t } = useTranslation('projects')
  const { can } = useAccess()
  const [isArchiving, setArchiving] = useState(false)
  const reason = project.kind === 'default' ? t('defaultStays') : project.archived_at !== null ? t('isArchived') : null
  return (
    <div className="flex max-w-[720px] flex-col gap-5">
      {project.my_role === 'admin' && project.archived_at === null ? (
        <SettingsForm key={project.id} project={project} />
      ) : (
        <Card title={t('settings')} purpose={project.archived_at !== null ? t('isArchived') : t('settingsReadOnly')}>
          <Facts facts={[{ label: t('name'), value: project.name }]} />
        </Card>
      )}
      <Card title={t('about')}>
        <Facts
          facts={[
            { label: t('created'), value: <Moment at={project.created_at} /> },
            { label: t('id'), value: <CopyId id={project.id} isWhole /> },
          ]}
        />
      </Card>
      {can('project.delete') && (
        <Card title={t('archiveCard')} purpose={t('archiveText')}>
          <Button disabledReason={reason} onClick={() => setArchiving(true)}>
            <Archive size={15} aria-hidden />
            {t('archiveMore')}
          </Button>
        </Card>
      )}
      <ArchiveProject project={isArchiving ? project : null} onClose={() => setArchiving(false)} />
    </div>
  )
}

function SettingsForm({ project }: { readonly project: Project }) {
  const { t } = useTranslation('projects')
  const org = useOrg()
  const client = useQueryClient()
  const { data: workspaces } = useQuery(offeredWorkspacesQuery(org))
  const form = useForm({
    initial: { name: project.name, workspace_id: project.workspace_id },
    check: ({ name }) => (name.trim() === '' ? { name: t('nameMissing') } : {}),
    send: (body) =>
      answerOf(
        api.PATCH('/api/orgs/{org}/projects/{project}', { params: { path: { org, project: project.id } }, body }),
      ),
    onDone() {
      toastDone(t('saved'))
      void client.invalidateQueries({ queryKey: ['org', org, 'projects'] })
    },
  })
  const guard = useLeaveGuard(form.isDirty)
  const current = project.workspace_id
  const known = workspaces ?? []
  const isForeign = current !== null && !known.some(({ id }) => id === current)
  return (
    <Form form={form}>
      <Card title={t('settings')}>
        <div className="flex flex-col gap-4">
          <TextField
            label={t('name')}
            value={form.values.name}
            onChange={(name) => form.set('name', name)}
            error={form.errorOf('name')}
          />
          <SelectField
            label={t('workspace')}
            hint={t('workspaceHint')}
            value={form.values.workspace_id ?? NONE}
            options={[
              { value: NONE, label: t('noWorkspace') },
              ...(isForeign ? [{ value: current, label: `…${current.slice(-8)}` }] : []),
              ...known.map(({ id, name, my_role }) => ({
                value: id,
                label: name,
                isDisabled: my_role === 'viewer',
                ...(my_role === 'viewer' && { hint: t('needsCollaborator') }),
              })),
            ]}
            onChange={(value) => form.set('workspace_id', value === NONE ? null : value)}
            error={form.errorOf('workspace_id')}
          />
        </div>
      </Card>
      <SaveBar form={form} />
      {guard.question}
    </Form>
  )
}
