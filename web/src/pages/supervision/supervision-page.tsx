import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Plus, Route } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { wholeList } from '../../api/list.ts'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { CopyAsCurl } from '../../components/copy-as-curl.tsx'
import type { Column } from '../../components/data-table-props.ts'
import { DataTable } from '../../components/data-table.tsx'
import { Page, PageHeader } from '../../components/page.tsx'
import { RiskBadge } from '../../components/state-badge.tsx'
import { EmptyState } from '../../components/states.tsx'
import { useAccess, useOrg } from '../../session/facts.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { toastDone } from '../../ui/toast.tsx'
import { SupervisionFigures } from './supervision-figures.tsx'
import { type Workflow, workflowsKey, workflowsQuery } from './queries.ts'
import { WorkflowForm } from './workflow-form.tsx'

/** Who looks at which drafts, by when, and how that goes. */
export function SupervisionPage() {
  const { t } = useTranslation('supervision')
  const org = useOrg()
  const { can } = useAccess()
  const client = useQueryClient()
  const query = useQuery(workflowsQuery(org))
  const [editing, setEditing] = useState<Workflow | 'new' | null>(null)
  const [removing, setRemoving] = useState<Workflow | null>(null)
  const mayChange = can('policy.manage')
  const reason = mayChange ? null : t('needsPolicy')
  const create = (
    <Button variant="primary" disabledReason={reason} onClick={() => setEditing('new')}>
      <Plus size={15} aria-hidden />
      {t('create')}
    </Button>
  )
  const remove = async () => {
    if (removing === null) return
    const params = { path: { org, workflow: removing.id } }
    await api.DELETE('/api/orgs/{org}/supervision/workflows/{workflow}', { params })
    toastDone(t('removed'))
    await client.invalidateQueries({ queryKey: workflowsKey(org) })
  }
  return (
    <Page kind="list">
      <PageHeader
        title={t('title')}
        purpose={t('purpose')}
        actions={
          <>
            <CopyAsCurl path={`/api/orgs/${org}/supervision/workflows`} />
            {create}
          </>
        }
      />
      {can('run.view_org') && <SupervisionFigures org={org} />}
      <DataTable
        label={t('workflows')}
        list={wholeList(query.data?.items, query)}
        columns={useColumns()}
        rowId={({ id }) => id}
        rowName={({ name }) => name}
        rowMenu={(workflow) => [
          { id: 'change', label: t('change'), disabledReason: reason, onSelect: () => setEditing(workflow) },
          {
            id: 'remove',
            label: t('removeMore'),
            isDangerous: true,
            disabledReason: reason,
            onSelect: () => setRemoving(workflow),
          },
        ]}
        empty={
          <EmptyState icon={Route} title={t('emptyTitle')} action={create}>
            {t('emptyText')}
          </EmptyState>
        }
      />
      <WorkflowForm
        key={editing === null ? 'none' : editing === 'new' ? 'new' : `${editing.id} ${editing.version}`}
        workflow={editing === 'new' ? null : editing}
        position={query.data?.items.length ?? 0}
        isOpen={editing !== null}
        onClose={() => setEditing(null)}
      />
      <ConfirmDialog
        isOpen={removing !== null}
        onClose={() => setRemoving(null)}
        title={t('removeTitle', { name: removing?.name ?? '' })}
        confirmLabel={t('remove')}
        onConfirm={remove}
      >
        {t('removeText')}
      </ConfirmDialog>
    </Page>
  )
}

function useColumns(): readonly Column<Workflow>[] {
  const { t } = useTranslation('supervision')
  return [
    {
      id: 'name',
      header: t('name'),
      width: 'minmax(180px, 3fr)',
      cell: (workflow) => (
        <span className="flex min-w-0 items-center gap-2">
          <span className="truncate font-medium">{workflow.name}</span>
          {!workflow.is_enabled && <Badge>{t('off')}</Badge>}
        </span>
      ),
    },
    {
      id: 'applies',
      header: t('appliesTo'),
      width: 'minmax(160px, 3fr)',
      cell: ({ applies_to: { from_risk, categories = [], engines = [] } }) => (
        <span className="flex flex-wrap gap-x-2">
          {from_risk === undefined ? (
            t('anyRisk')
          ) : (
            <>
              {t('fromRisk')} <RiskBadge risk={from_risk} />
            </>
          )}
          {categories.length > 0 && <span className="text-fg3">{categories.join(', ')}</span>}
          {engines.length > 0 && <span className="text-fg3">{engines.join(', ')}</span>}
        </span>
      ),
    },
    {
      id: 'levels',
      header: t('levelsTitle'),
      width: 'minmax(200px, 4fr)',
      cell: ({ levels }) => levels.map(({ level, quorum = 1 }) => t(`levels.${level}`, { count: quorum })).join(' → '),
    },
    {
      id: 'deadline',
      header: t('deadline'),
      width: 'minmax(110px, 1fr)',
      isSecondary: true,
      isNumber: true,
      cell: ({ levels }) => {
        const hours = levels.flatMap(({ deadline_hours }) => (deadline_hours === undefined ? [] : [deadline_hours]))
        return hours.length === 0 ? '–' : t('hours', { count: Math.min(...hours) })
      },
    },
  ]
}
