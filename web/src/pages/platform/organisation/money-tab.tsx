import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Plus, Wallet } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../../../api/client.ts'
import { useList } from '../../../api/list.ts'
import type { PlatformOrganisation } from '../../../api/platform.ts'
import { toProblem } from '../../../api/problem.ts'
import type { Column } from '../../../components/data-table-props.ts'
import { DataTable } from '../../../components/data-table.tsx'
import { Kpi, KpiRow, Money } from '../../../components/figures.tsx'
import { Card } from '../../../components/page.tsx'
import { problemText } from '../../../components/problem-text.ts'
import { EmptyState, ErrorState, Skeleton } from '../../../components/states.tsx'
import { Moment } from '../../../components/time-ago.tsx'
import { Button } from '../../../ui/button.tsx'
import { RadioCards } from '../../../ui/radio-cards.tsx'
import { toastDone, toastProblem } from '../../../ui/toast.tsx'
import { PostCredit } from './post-credit.tsx'
import { keyOf, type PlatformWallet, type Transfer, transfersQuery, walletQuery } from './queries.ts'

const MODES = ['metered', 'wallet'] as const

/** How the organisation is billed, what its wallet holds, and what is posted to it. */
export function MoneyTab({ organisation }: { readonly organisation: PlatformOrganisation }) {
  const { data: wallet, error, refetch } = useQuery(walletQuery(organisation.id))
  if (wallet === undefined) {
    return error === null ? <Skeleton lines={6} /> : <ErrorState error={error} onRetry={() => void refetch()} />
  }
  return (
    <div className="flex flex-col gap-5">
      <Standing organisation={organisation} wallet={wallet} />
      <Mode organisation={organisation} wallet={wallet} />
      <Ledger organisation={organisation.id} currency={wallet.currency} />
    </div>
  )
}

type Props = { readonly organisation: PlatformOrganisation; readonly wallet: PlatformWallet }

function Standing({ organisation, wallet }: Props) {
  const { t } = useTranslation('platform')
  const [posting, setPosting] = useState<'credit' | 'adjustment' | null>(null)
  const money = (micros: number) => <Money micros={micros} currency={wallet.currency} />
  return (
    <>
      <KpiRow>
        <Kpi label={t('money.available')} value={money(wallet.available_micros)} />
        <Kpi label={t('money.balance')} value={money(wallet.balance_micros)} />
        <Kpi label={t('money.held')} value={money(wallet.held_micros)} />
      </KpiRow>
      <div className="flex flex-wrap gap-2">
        <Button onClick={() => setPosting('credit')}>
          <Plus size={15} aria-hidden />
          {t('money.creditMore')}
        </Button>
        <Button onClick={() => setPosting('adjustment')}>{t('money.adjustMore')}</Button>
      </div>
      {posting !== null && (
        <PostCredit kind={posting} organisation={organisation} wallet={wallet} onClose={() => setPosting(null)} />
      )}
    </>
  )
}

/** Metered accrues to an invoice; a wallet is spent down and stops at nothing left. */
function Mode({ organisation, wallet }: Props) {
  const { t } = useTranslation('platform')
  const { t: words } = useTranslation('words')
  const client = useQueryClient()
  const set = useMutation({
    mutationFn: (billing_mode: (typeof MODES)[number]) =>
      answerOf(
        api.PUT('/api/platform/organisations/{organisation}/billing-mode', {
          params: { path: { organisation: organisation.id } },
          body: { billing_mode },
        }),
      ),
    async onSuccess({ billing_mode }) {
      await client.invalidateQueries({ queryKey: keyOf(organisation.id) })
      toastDone(t('money.modeSet', { mode: t(`mode.${billing_mode}`) }))
    },
    onError: (error) => toastProblem(problemText(words, toProblem(error))),
  })
  return (
    <Card title={t('money.mode')} purpose={t('money.modePurpose')}>
      <RadioCards
        label={t('billingMode')}
        columns={2}
        value={wallet.billing_mode === 'wallet' ? 'wallet' : 'metered'}
        options={MODES.map((value) => ({
          value,
          label: t(`mode.${value}`),
          hint: t(`modeHint.${value}`),
          isDisabled: set.isPending,
        }))}
        onChange={(mode) => set.mutate(mode)}
      />
    </Card>
  )
}

function Ledger({ organisation, currency }: { readonly organisation: string; readonly currency: string }) {
  const { t } = useTranslation('wallet')
  const { t: platform } = useTranslation('platform')
  const list = useList(transfersQuery(organisation))
  const kindOf = ({ kind }: Transfer) => t(`kinds.${kind}`, { defaultValue: kind })
  const columns: readonly Column<Transfer>[] = [
    {
      id: 'kind',
      header: t('kind'),
      width: 'minmax(120px, 1fr)',
      cell: (transfer) => <span className="font-medium">{kindOf(transfer)}</span>,
    },
    {
      id: 'about',
      header: t('about'),
      width: 'minmax(140px, 2fr)',
      cell: (transfer) => (
        <span className="text-fg2">
          {transfer.reason ??
            (transfer.execution_id === null ? '–' : t('execution', { id: transfer.execution_id.slice(-8) }))}
        </span>
      ),
    },
    {
      id: 'amount',
      header: t('amount'),
      width: 'minmax(100px, 1fr)',
      isNumber: true,
      cell: (transfer) => <Money micros={transfer.amount_micros} currency={currency} />,
    },
    {
      id: 'at',
      header: t('at'),
      width: 'minmax(185px, 1fr)',
      isNumber: true,
      cell: (transfer) => <Moment at={transfer.posted_at} />,
    },
  ]
  return (
    <section aria-label={t('ledger')} className="flex flex-col gap-3">
      <h2 className="text-sm font-medium">{t('ledger')}</h2>
      <DataTable
        label={t('ledger')}
        list={list}
        columns={columns}
        rowId={(transfer) => transfer.id}
        rowName={kindOf}
        empty={
          <EmptyState icon={Wallet} title={platform('money.empty')}>
            {platform('money.emptyText')}
          </EmptyState>
        }
      />
    </section>
  )
}
