import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Plus, UsersRound } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../../api/client.ts'
import { useList } from '../../api/list.ts'
import { CopyAsCurl } from '../../components/copy-as-curl.tsx'
import { DataTable } from '../../components/data-table.tsx'
import type { Column } from '../../components/data-table-props.ts'
import { NameDialog } from '../../components/name-dialog.tsx'
import { Page, PageHeader } from '../../components/page.tsx'
import { useRefusal } from '../../components/permission-refusal.ts'
import { EmptyState } from '../../components/states.tsx'
import { Day } from '../../components/time-ago.tsx'
import { useOrg } from '../../session/facts.ts'
import { usePageActions } from '../../shell/page-actions.ts'
import { Button, TextLink } from '../../ui/button.tsx'
import { toastDone } from '../../ui/toast.tsx'
import { type Team, teamsQuery } from './queries.ts'
import { useTeamActs } from './team-acts.tsx'

/** Every team of the organisation. */
export function TeamsPage() {
  const { t } = useTranslation('teams')
  const org = useOrg()
  const list = useList(teamsQuery(org))
  const [isCreating, setCreating] = useState(false)
  const acts = useTeamActs()
  const columns = useColumns()
  const refusal = useRefusal('team.manage')
  const mayCreate = refusal === null
  usePageActions(
    useMemo(
      () =>
        mayCreate
          ? [{ id: 'create-team', label: t('createMore'), icon: <Plus size={15} />, run: () => setCreating(true) }]
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
            <CopyAsCurl path={`/api/orgs/${org}/teams`} />
            {create}
          </>
        }
      />
      <DataTable
        label={t('title')}
        list={list}
        columns={columns}
        rowId={(team) => team.id}
        rowName={(team) => team.name}
        rowHref={(team) => `/o/${org}/teams/${team.id}`}
        rowMenu={acts.menuOf}
        empty={
          <EmptyState icon={UsersRound} title={t('emptyTitle')} action={mayCreate ? create : undefined}>
            {t('emptyText')}
          </EmptyState>
        }
      />
      {acts.dialogs}
      <CreateTeam isOpen={isCreating} onClose={() => setCreating(false)} />
    </Page>
  )
}

function useColumns(): readonly Column<Team>[] {
  const { t } = useTranslation('teams')
  const org = useOrg()
  return useMemo(
    () => [
      {
        id: 'name',
        orderBy: ({ name }) => name,
        header: t('name'),
        width: 'minmax(200px, 4fr)',
        cell: (team) => (
          <TextLink to="/o/$org/teams/$team" params={{ org, team: team.id }} className="font-medium text-fg">
            {team.name}
          </TextLink>
        ),
      },
      {
        id: 'members',
        orderBy: ({ member_count }) => member_count,
        header: t('members'),
        width: 'minmax(90px, 1fr)',
        isNumber: true,
        cell: (team) => team.member_count,
      },
      {
        id: 'created',
        orderBy: ({ created_at }) => created_at,
        header: t('created'),
        width: 'minmax(120px, 1fr)',
        isNumber: true,
        isSecondary: true,
        cell: (team) => <Day at={team.created_at} />,
      },
    ],
    [t, org],
  )
}

function CreateTeam({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) {
  const { t } = useTranslation('teams')
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
      send={(name) => answerOf(api.POST('/api/orgs/{org}/teams', { params: { path: { org } }, body: { name } }))}
      onDone={(team) => {
        toastDone(t('created_', { name: team.name }))
        void client.invalidateQueries({ queryKey: ['org', org, 'teams'] })
        void navigate({ to: '/o/$org/teams/$team', params: { org, team: team.id } })
      }}
    />
  )
}
