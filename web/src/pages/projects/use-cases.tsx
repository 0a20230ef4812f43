import { useQueryClient } from '@tanstack/react-query'
import { Archive, Lightbulb, Plus } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../../api/client.ts'
import { useList } from '../../api/list.ts'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { CopyId } from '../../components/copy-id.tsx'
import type { Column } from '../../components/data-table-props.ts'
import { DataTable } from '../../components/data-table.tsx'
import { NameDialog } from '../../components/name-dialog.tsx'
import { EmptyState } from '../../components/states.tsx'
import { Day } from '../../components/time-ago.tsx'
import { useUrlState } from '../../components/url-state.ts'
import { useOrg } from '../../session/facts.ts'
import { Button } from '../../ui/button.tsx'
import { toastDone } from '../../ui/toast.tsx'
import { ToggleGroup } from '../../ui/toggle-group.tsx'
import { type Project, type UseCase, useCasesQuery } from './queries.ts'

/** What a project is used for: each with its own keys and figures. Builders make them. */
export function UseCases({ project }: { readonly project: Project }) {
  const { t } = useTranslation('projects')
  const org = useOrg()
  const client = useQueryClient()
  const url = useUrlState(['archived'])
  const isArchived = url.values.archived === 'yes'
  const list = useList(useCasesQuery(org, project.id, isArchived))
  const [isCreating, setCreating] = useState(false)
  const [archiving, setArchiving] = useState<UseCase | null>(null)
  const columns = useColumns()
  const mayBuild = project.my_role === 'builder' || project.my_role === 'admin'
  const reason = project.archived_at !== null ? t('isArchived') : mayBuild ? null : t('needsBuilder')
  const reread = () => client.invalidateQueries({ queryKey: ['org', org, 'projects', project.id, 'use cases'] })
  const path = { org, project: project.id }
  const archive = async ({ id, name }: UseCase) => {
    const params = { path: { ...path, use_case: id } }
    await api.DELETE('/api/orgs/{org}/projects/{project}/use-cases/{use_case}', { params })
    toastDone(t('archived_', { name }))
    await reread()
  }
  const create = (
    <Button disabledReason={reason} onClick={() => setCreating(true)}>
      <Plus size={15} aria-hidden />
      {t('createUseCase')}
    </Button>
  )
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <ToggleGroup
          label={t('status')}
          value={isArchived ? 'archived' : 'open'}
          options={[
            { value: 'open', label: t('open') },
            { value: 'archived', label: t('archived') },
          ]}
          onChange={(value) => url.set({ archived: value === 'archived' ? 'yes' : undefined })}
        />
        {create}
      </div>
      <DataTable
        label={t('useCases')}
        list={list}
        columns={columns}
        rowId={(useCase) => useCase.id}
        rowName={(useCase) => useCase.name}
        {...(!isArchived && {
          rowMenu: (useCase: UseCase) => [
            {
              id: 'archive',
              label: t('archiveMore'),
              icon: Archive,
              isDangerous: true,
              onSelect: () => setArchiving(useCase),
              disabledReason: reason,
            },
          ],
        })}
        empty={
          <EmptyState icon={Lightbulb} title={isArchived ? t('noArchivedUseCases') : t('noUseCases')}>
            {!isArchived && t('noUseCasesText')}
          </EmptyState>
        }
      />
      <NameDialog
        isOpen={isCreating}
        onClose={() => setCreating(false)}
        title={t('createUseCase')}
        text={t('createUseCaseText')}
        submitLabel={t('createUseCase')}
        send={(name) =>
          answerOf(api.POST('/api/orgs/{org}/projects/{project}/use-cases', { params: { path }, body: { name } }))
        }
        onDone={({ name }) => {
          toastDone(t('created_', { name }))
          void reread()
        }}
      />
      {archiving !== null && (
        <ConfirmDialog
          isOpen
          onClose={() => setArchiving(null)}
          title={t('archiveTitle', { name: archiving.name })}
          confirmLabel={t('archiveUseCase')}
          onConfirm={() => archive(archiving)}
        >
          {t('archiveUseCaseText')}
        </ConfirmDialog>
      )}
    </div>
  )
}

function useColumns(): readonly Column<UseCase>[] {
  const { t } = useTranslation('projects')
  return useMemo(
    () => [
      {
        id: 'name',
        header: t('name'),
        width: 'minmax(180px, 3fr)',
        cell: (useCase) => <span className="font-medium">{useCase.name}</span>,
      },
      { id: 'id', header: t('id'), width: 'minmax(120px, 1fr)', cell: (useCase) => <CopyId id={useCase.id} /> },
      {
        id: 'created',
        header: t('created'),
        width: 'minmax(120px, 1fr)',
        isNumber: true,
        cell: (useCase) => <Day at={useCase.created_at} />,
      },
    ],
    [t],
  )
}
