import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { useOrg } from '../../session/facts.ts'
import { toastDone } from '../../ui/toast.tsx'
import type { Project } from './queries.ts'

/** Asks before a project is archived: the keys that work in it end, and it does not come back. */
export function ArchiveProject(props: {
  readonly project: Pick<Project, 'id' | 'name'> | null
  readonly onClose: () => void
  readonly onDone?: () => void
}) {
  const { t } = useTranslation('projects')
  const org = useOrg()
  const client = useQueryClient()
  const { project } = props
  if (project === null) return null
  const archive = async () => {
    await api.DELETE('/api/orgs/{org}/projects/{project}', { params: { path: { org, project: project.id } } })
    toastDone(t('archived_', { name: project.name }))
    props.onDone?.()
    await client.invalidateQueries({ queryKey: ['org', org, 'projects'] })
  }
  return (
    <ConfirmDialog
      isOpen
      onClose={props.onClose}
      title={t('archiveTitle', { name: project.name })}
      confirmLabel={t('archive')}
      typeToConfirm={project.name}
      onConfirm={archive}
    >
      {t('archiveText')}
    </ConfirmDialog>
  )
}
