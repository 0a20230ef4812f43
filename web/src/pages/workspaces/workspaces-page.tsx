import { useNavigate } from '@tanstack/react-router'
import { LayoutGrid, Plus } from 'lucide-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useList } from '../../api/list.ts'
import { CopyAsCurl } from '../../components/copy-as-curl.tsx'
import { DataTable } from '../../components/data-table.tsx'
import type { Column } from '../../components/data-table-props.ts'
import { Page, PageHeader } from '../../components/page.tsx'
import { useRefusal } from '../../components/permission-refusal.ts'
import { EmptyState } from '../../components/states.tsx'
import { Day } from '../../components/time-ago.tsx'
import { useUrlState } from '../../components/url-state.ts'
import { useOrg } from '../../session/facts.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button, TextLink } from '../../ui/button.tsx'
import { type Workspace, workspacesQuery } from './queries.ts'
import { useWorkspaceActs } from './workspace-acts.tsx'
import { WorkspaceForm } from './workspace-form.tsx'

/** Workspaces: admins see all of them, members those they are in. `new` in the address opens the form. */
export function WorkspacesPage() {
  const { t } = useTranslation('workspaces')
  const org = useOrg()
  const navigate = useNavigate()
  const url = useUrlState(['new'])
  const list = useList(workspacesQuery(org))
  const acts = useWorkspaceActs()
  const columns = useColumns()
  const refusal = useRefusal('workspace.create')
  const mayCreate = refusal === null
  const create = (
    <Button variant="primary" disabledReason={refusal} onClick={() => url.set({ new: 'yes' })}>
      <Plus size={15} aria-hidden />
      {t('create')}
    </Button>
  )
  return (
    <Page kind="list">
      <PageHeader
        title={t('title')}
        purpose={mayCreate ? t('purposeAll') : t('purposeOwn')}
        actions={
          <>
            <CopyAsCurl path={`/api/orgs/${org}/workspaces`} />
            {create}
          </>
        }
      />
      <DataTable
        label={t('title')}
        list={list}
        columns={columns}
        rowId={(workspace) => workspace.id}
        rowName={(workspace) => workspace.name}
        rowHref={(workspace) => `/o/${org}/workspaces/${workspace.id}`}
        rowMenu={acts.menuOf}
        empty={
          <EmptyState
            icon={LayoutGrid}
            title={mayCreate ? t('emptyTitle') : t('emptyOwnTitle')}
            action={mayCreate ? create : undefined}
          >
            {mayCreate ? t('emptyText') : t('emptyOwnText')}
          </EmptyState>
        }
      />
      {acts.dialogs}
      {mayCreate && (
        <WorkspaceForm
          isOpen={url.values.new !== undefined}
          onClose={() => url.set({ new: undefined }, true)}
          onDone={({ id }) => void navigate({ to: '/o/$org/workspaces/$workspace', params: { org, workspace: id } })}
        />
      )}
    </Page>
  )
}

function useColumns(): readonly Column<Workspace>[] {
  const { t } = useTranslation('workspaces')
  const org = useOrg()
  return useMemo(
    () => [
      {
        id: 'name',
        orderBy: ({ name }) => name,
        header: t('name'),
        width: 'minmax(180px, 2fr)',
        cell: (row) => (
          <TextLink
            to="/o/$org/workspaces/$workspace"
            params={{ org, workspace: row.id }}
            className="font-medium text-fg"
          >
            {row.name}
          </TextLink>
        ),
      },
      {
        id: 'description',
        header: t('description'),
        width: 'minmax(160px, 3fr)',
        isSecondary: true,
        cell: (row) => <span className="text-fg2">{row.description === '' ? '–' : row.description}</span>,
      },
      {
        id: 'role',
        orderBy: ({ my_role }) => my_role,
        header: t('myRole'),
        width: 'minmax(120px, 1fr)',
        cell: (row) => <Badge>{t(`roles.${row.my_role}`)}</Badge>,
      },
      {
        id: 'created',
        orderBy: ({ created_at }) => created_at,
        header: t('created'),
        width: 'minmax(120px, 1fr)',
        isNumber: true,
        isSecondary: true,
        cell: (row) => <Day at={row.created_at} />,
      },
    ],
    [t, org],
  )
}
