import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useMemberName } from '../../api/directory.ts'
import { walletQuery } from '../../api/wallet.ts'
import type { Column } from '../../components/data-table-props.ts'
import type { CsvColumn } from '../../components/export-button.tsx'
import { Money, Tokens } from '../../components/figures.tsx'
import { useFormat } from '../../components/format.ts'
import { RiskBadge, StateBadge } from '../../components/state-badge.tsx'
import { TimeAgo } from '../../components/time-ago.tsx'
import { useAccess, useOrg } from '../../session/facts.ts'
import { Badge } from '../../ui/badge.tsx'
import { TextLink } from '../../ui/button.tsx'
import type { Execution } from './queries.ts'

/** The app of a run, the model of a call; a run has its own screen. */
function What({ execution: each }: { readonly execution: Execution }) {
  const { t } = useTranslation('executions')
  const org = useOrg()
  const className = 'truncate font-medium text-fg'
  if (each.is_run) {
    return (
      <TextLink to="/o/$org/runs/$run" params={{ org, run: each.id }} className={className}>
        {each.app_name ?? t(`engines.${each.engine_type}`, { defaultValue: each.engine_type })}
      </TextLink>
    )
  }
  return (
    <span className="flex min-w-0 items-center gap-2">
      <TextLink to="/o/$org/executions/$execution" params={{ org, execution: each.id }} className={className}>
        {each.model ?? t(`engines.${each.engine_type}`, { defaultValue: each.engine_type })}
      </TextLink>
      {each.parent_id !== null && <Badge>{t('inRun')}</Badge>}
    </span>
  )
}

/** What the list shows of each execution; money only where costs may be seen. */
export function useExecutionColumns(): readonly Column<Execution>[] {
  const { t } = useTranslation('executions')
  const org = useOrg()
  const format = useFormat()
  const nameOf = useMemberName()
  const { can } = useAccess()
  const { data: wallet } = useQuery({ ...walletQuery(org), enabled: can('billing.view') })
  const tokens = (each: Execution) => (each.input_tokens ?? 0) + (each.output_tokens ?? 0)
  return [
    {
      id: 'what',
      header: t('what'),
      width: 'minmax(180px, 3fr)',
      cell: (each) => <What execution={each} />,
    },
    {
      id: 'engine',
      header: t('engine'),
      width: 'minmax(100px, 1fr)',
      isSecondary: true,
      cell: (each) => t(`engines.${each.engine_type}`, { defaultValue: each.engine_type }),
    },
    { id: 'state', header: t('state'), width: 'minmax(130px, 1fr)', cell: (each) => <StateBadge state={each.state} /> },
    {
      id: 'who',
      header: t('who'),
      width: 'minmax(130px, 2fr)',
      cell: (each) => nameOf(each.member_id) ?? t('key', { id: each.api_key_id?.slice(-8) ?? '' }),
    },
    {
      id: 'trigger',
      header: t('trigger'),
      width: 'minmax(80px, 1fr)',
      isSecondary: true,
      cell: (each) => t(`triggers.${each.trigger_source}`, { defaultValue: each.trigger_source }),
    },
    {
      id: 'risk',
      header: t('risk'),
      width: 'minmax(80px, 1fr)',
      isSecondary: true,
      cell: (each) => <RiskBadge risk={each.risk} />,
    },
    {
      id: 'tokens',
      header: t('tokens'),
      width: 'minmax(80px, 1fr)',
      isNumber: true,
      isSecondary: true,
      cell: (each) => (each.input_tokens === null ? '–' : <Tokens count={tokens(each)} />),
    },
    {
      id: 'duration',
      header: t('duration'),
      width: 'minmax(80px, 1fr)',
      isNumber: true,
      isSecondary: true,
      cell: (each) => (each.duration_ms === null ? '–' : format.duration(each.duration_ms)),
    },
    ...(wallet === undefined
      ? []
      : [
          {
            id: 'charge',
            header: t('charge'),
            width: 'minmax(90px, 1fr)',
            isNumber: true,
            cell: (each: Execution) =>
              each.charge_micros == null ? '–' : <Money micros={each.charge_micros} currency={wallet.currency} />,
          },
        ]),
    {
      id: 'at',
      header: t('at'),
      width: 'minmax(120px, 1fr)',
      isNumber: true,
      cell: (each) => <TimeAgo at={each.admitted_at} />,
    },
  ]
}

const WORDS = [
  'app_name',
  'is_run',
  'parent_id',
  'id',
  'engine_type',
  'model',
  'state',
  'reason_code',
  'risk',
  'trigger_source',
  'member_id',
  'api_key_id',
  'team_id',
  'project_id',
  'use_case_id',
  'admitted_at',
  'settled_at',
  'duration_ms',
  'input_tokens',
  'output_tokens',
] as const

/** What a file of executions holds of each; money with its currency, where costs may be seen. */
export function useExecutionCsv(): readonly CsvColumn<Execution>[] {
  const org = useOrg()
  const { can } = useAccess()
  const { data: wallet } = useQuery({ ...walletQuery(org), enabled: can('billing.view') })
  return [
    ...WORDS.map((name): CsvColumn<Execution> => ({ name, value: (each) => each[name] })),
    ...(wallet === undefined
      ? []
      : [
          { name: 'charge_micros', value: (each: Execution) => each.charge_micros },
          { name: 'currency', value: () => wallet.currency },
        ]),
  ]
}
