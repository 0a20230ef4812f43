import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { Wallet } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../api/answer.ts'
import { announceExport } from '../../api/list-exports.ts'
import { useList } from '../../api/list.ts'
import { usageQuery } from '../../api/usage.ts'
import { walletQuery } from '../../api/wallet.ts'
import { CopyAsCurl } from '../../components/copy-as-curl.tsx'
import type { Column } from '../../components/data-table-props.ts'
import { DataTable } from '../../components/data-table.tsx'
import { Kpi, KpiRow, Money } from '../../components/figures.tsx'
import { type CsvColumn, ExportButton } from '../../components/export-button.tsx'
import { FilterBar } from '../../components/filter-bar.tsx'
import { FailedCard } from '../../components/failed-card.tsx'
import { useFormat } from '../../components/format.ts'
import { Card, Page, PageHeader } from '../../components/page.tsx'
import { EmptyState, failureOf } from '../../components/states.tsx'
import { Day, Moment, TimeAgo } from '../../components/time-ago.tsx'
import { TimeRangePicker, useTimeRange } from '../../components/time-range.tsx'
import { oneOf, useUrlState } from '../../components/url-state.ts'
import { useAccess, useOrg } from '../../session/facts.ts'
import { Badge } from '../../ui/badge.tsx'
import { Banner } from '../../ui/banner.tsx'
import { TextLink } from '../../ui/button.tsx'
import { Select } from '../../ui/select.tsx'
import { KINDS, readTransfers, type Transfer, transfersQuery } from './queries.ts'

type Facts = Answer<'/api/orgs/{org}/wallet', 'get'>

const ANY = 'any'
const DAY_MS = 86_400_000
const BURN_DAYS = 30

const csvOf = (currency: string): readonly CsvColumn<Transfer>[] => [
  { name: 'id', value: ({ id }) => id },
  { name: 'posted_at', value: ({ posted_at }) => posted_at },
  { name: 'kind', value: ({ kind }) => kind },
  { name: 'debit_account', value: ({ debit_account }) => debit_account },
  { name: 'credit_account', value: ({ credit_account }) => credit_account },
  { name: 'amount_micros', value: ({ amount_micros }) => amount_micros },
  { name: 'currency', value: () => currency },
  { name: 'execution_id', value: ({ execution_id }) => execution_id },
  { name: 'reason', value: ({ reason }) => reason },
]

/** The organisation's money: what is there, what is held, how long it lasts, and every movement. */
export function WalletPage() {
  const { t } = useTranslation('wallet')
  const org = useOrg()
  const { data: wallet } = useSuspenseQuery(walletQuery(org))
  const url = useUrlState(['range', 'from', 'to', 'kind'])
  const range = useTimeRange(url, '30d')
  const filter = { from: range.from, to: range.to, kind: oneOf(url.values.kind, KINDS) }
  const list = useList(transfersQuery(org, filter))
  return (
    <Page kind="list">
      <PageHeader
        title={t('title')}
        purpose={t(wallet.billing_mode === 'wallet' ? 'purpose' : 'purposeMetered')}
        badge={<Badge>{t(`mode.${wallet.billing_mode}`, { defaultValue: wallet.billing_mode })}</Badge>}
        actions={
          <>
            <CopyAsCurl path={`/api/orgs/${org}/wallet/transfers`} query={filter} />
            <ExportButton
              name="ledger"
              columns={csvOf(wallet.currency)}
              read={readTransfers(org, filter)}
              announce={() => announceExport(org, 'ledger', filter)}
            />
          </>
        }
      />
      <Standing org={org} wallet={wallet} />
      {wallet.lots.length > 0 && <Lots wallet={wallet} />}
      <FilterBar isSet={url.isSet} onClear={url.clear} views={<h2 className="text-sm font-medium">{t('ledger')}</h2>}>
        <span className="flex-1" />
        <TimeRangePicker url={url} range={range} />
        <Select
          isCompact
          label={t('kind')}
          value={filter.kind ?? ANY}
          options={[
            { value: ANY, label: t('anyKind') },
            ...KINDS.map((value) => ({ value, label: t(`kinds.${value}`) })),
          ]}
          onChange={(kind) => url.set({ kind: kind === ANY ? undefined : kind })}
        />
      </FilterBar>
      <DataTable
        label={t('ledger')}
        list={list}
        columns={useTransferColumns(wallet.currency)}
        rowId={(transfer) => transfer.id}
        rowName={(transfer) => t(`kinds.${transfer.kind}`, { defaultValue: transfer.kind })}
        isFiltered={url.isSet}
        onClearFilters={url.clear}
        empty={
          <EmptyState icon={Wallet} title={t('emptyTitle')}>
            {t('emptyText')}
          </EmptyState>
        }
      />
    </Page>
  )
}

/** Balance, held, available; and for whoever may see what is spent, at this month's pace, when it ends. */
function Standing({ org, wallet }: { readonly org: string; readonly wallet: Facts }) {
  const { t } = useTranslation('wallet')
  const { can } = useAccess()
  const seesSpent = can('insights.view') && can('costs.view')
  const from = new Date(Math.floor(Date.now() / DAY_MS) * DAY_MS - BURN_DAYS * DAY_MS).toISOString()
  const usage = useQuery({ ...usageQuery(org, { from }), enabled: seesSpent })
  const failure = failureOf(usage)
  const money = (micros: number) => <Money micros={micros} currency={wallet.currency} />
  const isEmpty = wallet.billing_mode === 'wallet' && wallet.available_micros <= 0
  return (
    <>
      {isEmpty && (
        <Banner tone="bad" title={t('isEmpty')}>
          {t('isEmptyText')}
        </Banner>
      )}
      <KpiRow>
        <Kpi label={t('available')} value={money(wallet.available_micros)} tone={isEmpty ? 'bad' : 'plain'} />
        <Kpi label={t('balance')} value={money(wallet.balance_micros)} />
        <Kpi label={t('held')} value={money(wallet.held_micros)} note={t('heldNote')} />
        {seesSpent && failure === null && (
          <Burn wallet={wallet} spent_micros={usage.data?.total.charge_micros ?? null} />
        )}
      </KpiRow>
      {failure !== null && <FailedCard failure={failure} what={t('burn')} />}
    </>
  )
}

/** What was spent lately, and how long the wallet lasts at that pace; null while it is not known. */
function Burn({ wallet, spent_micros }: { readonly wallet: Facts; readonly spent_micros: number | null }) {
  const { t } = useTranslation('wallet')
  const format = useFormat()
  if (spent_micros === null) return <Kpi label={t('burn')} value="–" />
  const per_day = spent_micros / BURN_DAYS
  const days = per_day > 0 ? Math.floor(wallet.available_micros / per_day) : null
  return (
    <Kpi
      label={t('burn')}
      value={<Money micros={spent_micros} currency={wallet.currency} />}
      {...(wallet.billing_mode === 'wallet' &&
        days !== null && {
          note: t('runway', { count: days, date: format.day(new Date(Date.now() + days * DAY_MS).toISOString()) }),
          tone: days < 14 ? ('warn' as const) : ('plain' as const),
        })}
    />
  )
}

/** Credit by when it was posted: what expires first is drawn first. */
function Lots({ wallet }: { readonly wallet: Facts }) {
  const { t } = useTranslation('wallet')
  return (
    <Card title={t('lots')} purpose={t('lotsPurpose')}>
      <ul className="divide-y">
        {wallet.lots.map((lot) => (
          <li key={lot.id} className="flex flex-wrap items-baseline gap-x-4 gap-y-1 py-2">
            <span className="min-w-32 font-medium">
              <Money micros={lot.remaining_micros} currency={wallet.currency} />
            </span>
            <span className="flex-1 text-fg2">
              {t('ofLot')} <Money micros={lot.amount_micros} currency={wallet.currency} />
            </span>
            <span className="text-fg3">
              {t('expires')} <Day at={lot.expires_at} /> (<TimeAgo at={lot.expires_at} />)
            </span>
          </li>
        ))}
      </ul>
    </Card>
  )
}

function useTransferColumns(currency: string): readonly Column<Transfer>[] {
  const { t } = useTranslation('wallet')
  const org = useOrg()
  const account = (name: string) => t(`accounts.${name}`, { defaultValue: name })
  return [
    {
      id: 'kind',
      header: t('kind'),
      width: 'minmax(130px, 1.5fr)',
      cell: (transfer) => (
        <span className="font-medium">{t(`kinds.${transfer.kind}`, { defaultValue: transfer.kind })}</span>
      ),
    },
    {
      id: 'debit',
      header: t('debit'),
      width: 'minmax(110px, 1fr)',
      isSecondary: true,
      cell: (transfer) => account(transfer.debit_account),
    },
    {
      id: 'credit',
      header: t('credit'),
      width: 'minmax(110px, 1fr)',
      isSecondary: true,
      cell: (transfer) => account(transfer.credit_account),
    },
    {
      id: 'about',
      header: t('about'),
      width: 'minmax(160px, 2fr)',
      cell: (transfer) =>
        transfer.execution_id === null ? (
          <span className="text-fg2">{transfer.reason ?? '–'}</span>
        ) : (
          <TextLink to="/o/$org/executions/$execution" params={{ org, execution: transfer.execution_id }}>
            {t('execution', { id: transfer.execution_id.slice(-8) })}
          </TextLink>
        ),
    },
    {
      id: 'amount',
      header: t('amount'),
      width: 'minmax(110px, 1fr)',
      isNumber: true,
      cell: (transfer) => <Money micros={transfer.amount_micros} currency={currency} />,
    },
    {
      id: 'at',
      header: t('at'),
      width: 'minmax(160px, 1.2fr)',
      isNumber: true,
      cell: (transfer) => <Moment at={transfer.posted_at} />,
    },
  ]
}
