import { History as HistoryIcon } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useList } from '../../api/list.ts'
import type { Column } from '../../components/data-table-props.ts'
import { DataTable } from '../../components/data-table.tsx'
import { RiskBadge, StateBadge } from '../../components/state-badge.tsx'
import { EmptyState } from '../../components/states.tsx'
import { TimeAgo } from '../../components/time-ago.tsx'
import { useOrg } from '../../session/facts.ts'
import { TextLink } from '../../ui/button.tsx'
import { type Decided, historyQuery } from './queries.ts'

/** What the reader has decided, and what became of it. */
export function History() {
  const { t } = useTranslation('approvals')
  const org = useOrg()
  const list = useList(historyQuery(org))
  const columns: readonly Column<Decided>[] = [
    {
      id: 'app',
      header: t('app'),
      width: 'minmax(180px, 3fr)',
      cell: (row) => (
        <TextLink
          to="/o/$org/approvals/$run"
          params={{ org, run: row.run_id }}
          search={{ view: 'history' }}
          className="truncate font-medium text-fg"
        >
          {row.app_name}
        </TextLink>
      ),
    },
    {
      id: 'act',
      header: t('youDid'),
      width: 'minmax(130px, 2fr)',
      cell: (row) => t(`acted.${row.act}`, { defaultValue: row.act }),
    },
    {
      id: 'level',
      header: t('level'),
      width: 'minmax(120px, 2fr)',
      isSecondary: true,
      cell: (row) => t(`levels.${row.level}`, { defaultValue: String(row.level) }),
    },
    { id: 'risk', header: t('risk'), width: 'minmax(80px, 1fr)', cell: (row) => <RiskBadge risk={row.risk} /> },
    { id: 'state', header: t('became'), width: 'minmax(120px, 1fr)', cell: (row) => <StateBadge state={row.state} /> },
    {
      id: 'at',
      header: t('at'),
      width: 'minmax(120px, 1fr)',
      isNumber: true,
      cell: (row) => <TimeAgo at={row.decided_at} />,
    },
  ]
  return (
    <DataTable
      label={t('views.history')}
      list={list}
      columns={columns}
      rowId={(row) => row.id}
      rowName={(row) => row.app_name}
      rowHref={(row) => `/o/${org}/approvals/${row.run_id}?view=history`}
      empty={
        <EmptyState icon={HistoryIcon} title={t('empty.history')}>
          {t('emptyText.history')}
        </EmptyState>
      }
    />
  )
}
