import { useQuery } from '@tanstack/react-query'
import { HeartPulse } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { type AppHealth, appHealthQuery } from '../../api/app-health.ts'
import { wholeList } from '../../api/list.ts'
import type { Column } from '../../components/data-table-props.ts'
import { DataTable } from '../../components/data-table.tsx'
import { useFormat } from '../../components/format.ts'
import { EmptyState } from '../../components/states.tsx'
import { TextLink } from '../../ui/button.tsx'

/** How the apps that ran in the last 30 days did: those with most runs first. */
export function HealthTable({ org }: { readonly org: string }) {
  const { t } = useTranslation('catalogue')
  const query = useQuery(appHealthQuery(org))
  return (
    <DataTable
      label={t('tabs.health')}
      list={wholeList(query.data?.items, query)}
      columns={useHealthColumns(org)}
      rowId={({ app_id }) => app_id}
      rowName={({ app_name }) => app_name}
      rowHref={({ app_id }) => `/o/${org}/apps/${app_id}`}
      empty={
        <EmptyState icon={HeartPulse} title={t('health.emptyTitle')}>
          {t('health.emptyText')}
        </EmptyState>
      }
    />
  )
}

function useHealthColumns(org: string): readonly Column<AppHealth>[] {
  const { t } = useTranslation('catalogue')
  const format = useFormat()
  const share = (rate: number | null): string => (rate === null ? '–' : format.percent(rate))
  const figure = (
    id: 'success' | 'failure' | 'accepted' | 'rejected',
    rateOf: (health: AppHealth) => number | null,
    isSecondary = false,
  ): Column<AppHealth> => ({
    id,
    header: t(`health.${id}`),
    width: 'minmax(120px, 1fr)',
    isNumber: true,
    isSecondary,
    cell: (health) => share(rateOf(health)),
  })
  return [
    {
      id: 'app',
      header: t('health.app'),
      width: 'minmax(180px, 3fr)',
      cell: ({ app_id, app_name }) => (
        <TextLink to="/o/$org/apps/$app" params={{ org, app: app_id }} className="truncate font-medium text-fg">
          {app_name}
        </TextLink>
      ),
    },
    {
      id: 'runs',
      header: t('health.runs'),
      width: 'minmax(70px, 1fr)',
      isNumber: true,
      cell: ({ runs }) => format.number(runs),
    },
    figure('success', ({ success_rate }) => success_rate),
    figure('failure', ({ failure_rate }) => failure_rate, true),
    figure('accepted', ({ acceptance_rate }) => acceptance_rate),
    figure('rejected', ({ rejection_rate }) => rejection_rate, true),
    {
      id: 'feedback',
      header: t('health.feedback'),
      width: 'minmax(110px, 1fr)',
      isNumber: true,
      cell: ({ helpful, not_helpful }) =>
        helpful + not_helpful === 0
          ? '–'
          : t('health.helpful', { helpful: format.number(helpful), of: format.number(helpful + not_helpful) }),
    },
  ]
}
