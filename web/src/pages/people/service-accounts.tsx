import { Bot } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useMemberName } from '../../api/directory.ts'
import { useList } from '../../api/list.ts'
import type { Column } from '../../components/data-table-props.ts'
import { DataTable } from '../../components/data-table.tsx'
import { StateBadge } from '../../components/state-badge.tsx'
import { EmptyState } from '../../components/states.tsx'
import { Day } from '../../components/time-ago.tsx'
import { useOrg } from '../../session/facts.ts'
import { TextLink } from '../../ui/button.tsx'
import { Tooltip } from '../../ui/tooltip.tsx'
import { type ServiceAccount, serviceAccountsQuery } from './service-account-queries.ts'
import { useAccountActs } from './service-account-acts.tsx'

/** The list of people, of its other kind: programs. */
export function ServiceAccounts({ create }: { readonly create: ReactNode }) {
  const { t } = useTranslation('people')
  const org = useOrg()
  const list = useList(serviceAccountsQuery(org))
  const acts = useAccountActs()
  return (
    <>
      <DataTable
        label={t('kinds.programs')}
        list={list}
        columns={useColumns(org)}
        rowId={(row) => row.id}
        rowName={(row) => row.name}
        rowHref={(row) => `/o/${org}/people/service-accounts/${row.id}`}
        rowMenu={acts.menuOf}
        empty={
          <EmptyState icon={Bot} title={t('noAccounts')} action={create}>
            {t('noAccountsText')}
          </EmptyState>
        }
      />
      {acts.dialogs}
    </>
  )
}

function useColumns(org: string): readonly Column<ServiceAccount>[] {
  const { t } = useTranslation('people')
  const nameOf = useMemberName()
  return [
    {
      id: 'name',
      header: t('name'),
      width: 'minmax(180px, 2fr)',
      cell: (row) => (
        <span className="flex items-center gap-2.5">
          <Bot size={16} aria-hidden className="shrink-0 text-fg3" />
          <TextLink
            to="/o/$org/people/service-accounts/$account"
            params={{ org, account: row.id }}
            className="truncate font-medium text-fg"
          >
            {row.name}
          </TextLink>
        </span>
      ),
    },
    {
      id: 'description',
      header: t('description'),
      width: 'minmax(160px, 2fr)',
      isSecondary: true,
      cell: (row) => <span className="text-fg2">{row.description || '–'}</span>,
    },
    {
      id: 'permissions',
      header: t('permissions'),
      width: 'minmax(120px, 1fr)',
      cell: (row) => (
        <Tooltip text={row.permissions.join(', ')}>
          <span tabIndex={0}>{t('permissionCount', { count: row.permissions.length })}</span>
        </Tooltip>
      ),
    },
    {
      id: 'responsible',
      header: t('responsible'),
      width: 'minmax(140px, 1fr)',
      cell: (row) => nameOf(row.responsible_member_id),
    },
    {
      id: 'status',
      header: t('status'),
      width: '110px',
      cell: (row) => <StateBadge state={row.disabled_at === null ? 'active' : 'disabled'} />,
    },
    {
      id: 'created',
      header: t('created'),
      width: '120px',
      isNumber: true,
      isSecondary: true,
      cell: (row) => <Day at={row.created_at} />,
    },
  ]
}
