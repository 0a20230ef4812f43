import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Archive, FolderKanban, Plus } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../../api/client.ts'
import { useList } from '../../api/list.ts'
import { CopyAsCurl } from '../../components/copy-as-curl.tsx'
import { DataTable } from '../../components/data-table.tsx'
import { FilterBar } from '../../components/filter-bar.tsx'
import { NameDialog } from '../../components/name-dialog.tsx'
import { Page, PageHeader } from '../../components/page.tsx'
import { useRefusal } from '../../components/permission-refusal.ts'
import { EmptyState } from '../../components/states.tsx'
import { useUrlState } from '../../components/url-state.ts'
import { useAccess, useOrg } from '../../session/facts.ts'
import { usePageActions } from '../../shell/page-actions.ts'
import { Button } from '../../ui/button.tsx'
import { ToggleGroup } from '../../ui/toggle-group.tsx'
import { toastDone } from '../../ui/toast.tsx'
import { ArchiveProject } from './archive-project.tsx'
import { useProjectColumns } from './project-columns.tsx'
import { type Project, projectsQuery } from './queries.ts'

/** The projects one may know of. */
export function ProjectsPage() {
  const { t } = useTranslation('projects')
  const org = useOrg()
  const { can } = useAccess()
  const url = useUrlState(['archived'])
  const isArchived = url.values.archived === 'yes'
  const list = useList(projectsQuery(org, isArchived))
  const [isCreating, setCreating] = useState(false)
  const [archiving, setArchiving] = useState<Project | null>(null)
  const columns = useProjectColumns()
  const refusal = useRefusal('project.create')
  const mayCreate = refusal === null
  usePageActions(
    useMemo(
      () =>
        mayCreate
          ? [{ id: 'create-project', label: t('createMore'), icon: <Plus size={15} />, run: () => setCreating(true) }]
          : [],
      [mayCreate, t],
    ),
  )
  const create = (
    <Button variant="primary" disabledReason={refusal} onClick={() => setCreating(true)}>
      <Plus size={15} aria-hidden />
      {t('create')}
    </Button>
  )
  return (
    <Page kind="list">
      <PageHeader
        title={t('title')}
        purpose={t('purpose')}
        actions={
          <>
            <CopyAsCurl path={`/api/orgs/${org}/projects`} query={{ archived: isArchived ? 'true' : undefined }} />
            {create}
          </>
        }
      />
      <FilterBar isSet={false} onClear={url.clear}>
        <ToggleGroup
          label={t('status')}
          value={isArchived ? 'archived' : 'open'}
          options={[
            { value: 'open', label: t('open') },
            { value: 'archived', label: t('archived') },
          ]}
          onChange={(value) => url.set({ archived: value === 'archived' ? 'yes' : undefined })}
        />
      </FilterBar>
      <DataTable
        label={t('title')}
        list={list}
        columns={columns}
        rowId={(project) => project.id}
        rowName={(project) => project.name}
        rowHref={(project) => `/o/${org}/projects/${project.id}`}
        rowMenu={(project) =>
          can('project.delete') && project.archived_at === null
            ? [
                {
                  id: 'archive',
                  label: t('archiveMore'),
                  icon: Archive,
                  isDangerous: true,
                  onSelect: () => setArchiving(project),
                  disabledReason: project.kind === 'default' ? t('defaultStays') : null,
                },
              ]
            : []
        }
        empty={
          <EmptyState
            icon={FolderKanban}
            title={isArchived ? t('emptyArchived') : t('emptyTitle')}
            action={mayCreate && !isArchived ? create : undefined}
          >
            {!isArchived && t('emptyText')}
          </EmptyState>
        }
      />
      <ArchiveProject project={archiving} onClose={() => setArchiving(null)} />
      <CreateProject isOpen={isCreating} onClose={() => setCreating(false)} />
    </Page>
  )
}

function CreateProject({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) {
  const { t } = useTranslation('projects')
  const org = useOrg()
  const client = useQueryClient()
  const navigate = useNavigate()
  return (
    <NameDialog
      isOpen={isOpen}
      onClose={onClose}
      title={t('create')}
      text={t('createText')}
      submitLabel={t('create')}
      send={(name) => answerOf(api.POST('/api/orgs/{org}/projects', { params: { path: { org } }, body: { name } }))}
      onDone={({ id, name }) => {
        toastDone(t('created_', { name }))
        void client.invalidateQueries({ queryKey: ['org', org, 'projects'] })
        void navigate({ to: '/o/$org/projects/$project', params: { org, project: id } })
      }}
    />
  )
}
