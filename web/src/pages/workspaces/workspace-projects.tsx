import { useQuery, useQueryClient } from '@tanstack/react-query'
import { FolderMinus, FolderPlus, Folders } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { useList } from '../../api/list.ts'
import { toProblem } from '../../api/problem.ts'
import { DataTable } from '../../components/data-table.tsx'
import type { Column } from '../../components/data-table-props.ts'
import { FormDialog } from '../../components/form-dialog.tsx'
import { useForm } from '../../components/form.tsx'
import { problemText } from '../../components/problem-text.ts'
import { EmptyState } from '../../components/states.tsx'
import { useOrg } from '../../session/facts.ts'
import { Button, TextLink } from '../../ui/button.tsx'
import { ComboboxField } from '../../ui/combobox.tsx'
import { toastDone, toastProblem } from '../../ui/toast.tsx'
import { assignableQuery, type Project, type Workspace, workspaceProjectsQuery } from './queries.ts'

function usePut(): (project: Pick<Project, 'id'>, workspace_id: string | null) => Promise<void> {
  const org = useOrg()
  const client = useQueryClient()
  return async ({ id }, workspace_id) => {
    const params = { path: { org, project: id } }
    await api.PATCH('/api/orgs/{org}/projects/{project}', { params, body: { workspace_id } })
    await client.invalidateQueries({ queryKey: ['org', org, 'projects'] })
  }
}

/** The projects in a workspace. Putting one in needs Collaborator here and Admin of the project. */
export function WorkspaceProjects({ workspace }: { readonly workspace: Workspace }) {
  const { t } = useTranslation('workspaces')
  const { t: words } = useTranslation('words')
  const org = useOrg()
  const list = useList(workspaceProjectsQuery(org, workspace.id))
  const [isAssigning, setAssigning] = useState(false)
  const put = usePut()
  const columns = useColumns()
  const mayAssign = workspace.my_role !== 'viewer'
  const tell = (error: unknown) => toastProblem(problemText(words, toProblem(error)))
  const takeOut = (project: Project) => {
    const undo = { label: words('undo'), run: () => void put(project, workspace.id).catch(tell) }
    void put(project, null).then(() => toastDone(t('projectOut', { name: project.name }), undo), tell)
  }
  const assign = (
    <Button onClick={() => setAssigning(true)} disabledReason={mayAssign ? null : t('needsCollaborator')}>
      <FolderPlus size={15} aria-hidden />
      {t('assign')}
    </Button>
  )
  return (
    <div className="flex flex-col gap-3">
      <div className="flex justify-end">{assign}</div>
      <DataTable
        label={t('projectsOf', { name: workspace.name })}
        list={list}
        columns={columns}
        rowId={(project) => project.id}
        rowName={(project) => project.name}
        rowHref={(project) => `/o/${org}/projects/${project.id}`}
        rowMenu={(project) => [
          {
            id: 'out',
            label: t('takeOut'),
            icon: FolderMinus,
            onSelect: () => takeOut(project),
            disabledReason: mayAssign
              ? project.my_role === 'admin'
                ? null
                : t('needsProjectAdmin')
              : t('needsCollaborator'),
          },
        ]}
        empty={
          <EmptyState icon={Folders} title={t('noProjectsTitle')}>
            {t('noProjectsText')}
          </EmptyState>
        }
      />
      <AssignProject workspace={workspace} isOpen={isAssigning} onClose={() => setAssigning(false)} />
    </div>
  )
}

function useColumns(): readonly Column<Project>[] {
  const { t } = useTranslation('workspaces')
  const org = useOrg()
  return useMemo(
    () => [
      {
        id: 'name',
        header: t('project'),
        width: 'minmax(180px, 3fr)',
        cell: (project) => (
          <TextLink
            to="/o/$org/projects/$project"
            params={{ org, project: project.id }}
            className="font-medium text-fg"
          >
            {project.name}
          </TextLink>
        ),
      },
      {
        id: 'role',
        header: t('myProjectRole'),
        width: 'minmax(140px, 1fr)',
        cell: (project) => (project.my_role === null ? t('noRole') : t(`projectRoles.${project.my_role}`)),
      },
    ],
    [t, org],
  )
}

const EMPTY: { readonly project_id: string | null } = { project_id: null }

function AssignProject(props: {
  readonly workspace: Workspace
  readonly isOpen: boolean
  readonly onClose: () => void
}) {
  const { t } = useTranslation('workspaces')
  const org = useOrg()
  const put = usePut()
  const { data: projects } = useQuery({ ...assignableQuery(org), enabled: props.isOpen })
  const form = useForm({
    initial: EMPTY,
    check: ({ project_id }) => (project_id === null ? { project_id: t('projectMissing') } : {}),
    send: async ({ project_id }) => {
      if (project_id !== null) await put({ id: project_id }, props.workspace.id)
    },
    onDone() {
      form.reset(EMPTY)
      props.onClose()
      toastDone(t('assigned'))
    },
  })
  const offered = (projects ?? []).filter(({ workspace_id }) => workspace_id !== props.workspace.id)
  return (
    <FormDialog
      form={form}
      isOpen={props.isOpen}
      onClose={props.onClose}
      title={t('assign')}
      description={t('assignText')}
      submitLabel={t('assign')}
    >
      <ComboboxField
        label={t('project')}
        value={form.values.project_id}
        options={offered.map(({ id, name, workspace_id }) => ({
          value: id,
          label: name,
          ...(workspace_id !== null && { hint: t('movesHere') }),
        }))}
        onChange={(project_id) => form.set('project_id', project_id)}
        error={form.errorOf('project_id')}
      />
    </FormDialog>
  )
}
