import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { walletQuery } from '../../api/wallet.ts'
import { CopyAsCurl } from '../../components/copy-as-curl.tsx'
import { Kpi, KpiRow, Money } from '../../components/figures.tsx'
import { useFormat } from '../../components/format.ts'
import { Card, Facts, Page, PageHeader } from '../../components/page.tsx'
import { ErrorState, Skeleton } from '../../components/states.tsx'
import { Day } from '../../components/time-ago.tsx'
import { useAccess, useOrg } from '../../session/facts.ts'
import { Badge } from '../../ui/badge.tsx'
import { Banner } from '../../ui/banner.tsx'
import { TextLink } from '../../ui/button.tsx'
import { chargedQuery, newestTransfersQuery, startOfMonth } from './queries.ts'

/** How the organisation pays, and real figures. Without `billing.manage` it is read only. */
export function BillingPage() {
  const { t } = useTranslation('billing')
  const org = useOrg()
  const { can } = useAccess()
  const { data: wallet } = useSuspenseQuery(walletQuery(org))
  return (
    <Page kind="detail">
      <PageHeader
        title={t('title')}
        badge={<Badge tone="info">{t(`modes.${wallet.billing_mode}`, { defaultValue: wallet.billing_mode })}</Badge>}
        purpose={t('purpose')}
        actions={<CopyAsCurl path={`/api/orgs/${org}/wallet`} />}
      />
      {!can('billing.manage') && (
        <Banner tone="info" title={t('readOnlyTitle')}>
          {t('readOnlyText')}
        </Banner>
      )}
      <Figures currency={wallet.currency} />
      <div className="grid items-start gap-5 lg:grid-cols-2">
        <Card title={t('mode')}>
          <Facts
            facts={[
              { label: t('mode'), value: t(`modes.${wallet.billing_mode}`, { defaultValue: wallet.billing_mode }) },
              { label: t('meaning'), value: t(`modeText.${wallet.billing_mode}`, { defaultValue: '–' }) },
              { label: t('currency'), value: wallet.currency },
            ]}
          />
        </Card>
        <Lots />
      </div>
      {can('invoice.view') && (
        <Card title={t('invoices')}>
          <p className="text-fg2">{t('noInvoicesText')}</p>
        </Card>
      )}
      <Newest currency={wallet.currency} />
    </Page>
  )
}

function Figures({ currency }: { readonly currency: string }) {
  const { t } = useTranslation('billing')
  const org = useOrg()
  const format = useFormat()
  const { can } = useAccess()
  const [from] = useState(startOfMonth)
  const { data: wallet } = useSuspenseQuery(walletQuery(org))
  const { data: used } = useQuery({ ...chargedQuery(org, from), enabled: can('insights.view') })
  return (
    <KpiRow>
      {used?.total.charge_micros !== undefined && (
        <Kpi
          label={t('thisMonth')}
          value={<Money micros={used.total.charge_micros} currency={currency} />}
          note={t('calls', { count: used.total.calls, shown: format.number(used.total.calls) })}
        />
      )}
      <Kpi label={t('balance')} value={<Money micros={wallet.balance_micros} currency={currency} />} />
      <Kpi label={t('held')} value={<Money micros={wallet.held_micros} currency={currency} />} note={t('heldNote')} />
      <Kpi label={t('available')} value={<Money micros={wallet.available_micros} currency={currency} />} />
    </KpiRow>
  )
}

/** Credit in the lots it came in, those that expire first on top. */
function Lots() {
  const { t } = useTranslation('billing')
  const { data: wallet } = useSuspenseQuery(walletQuery(useOrg()))
  const lots = wallet.lots.filter(({ remaining_micros }) => remaining_micros > 0)
  return (
    <Card title={t('credit')} purpose={t('creditText')}>
      {lots.length === 0 ? (
        <p className="text-fg2">{t('noCredit')}</p>
      ) : (
        <ul className="divide-y">
          {lots.map(({ id, remaining_micros, amount_micros, expires_at }) => (
            <li key={id} className="flex flex-wrap justify-between gap-x-4 py-2 first:pt-0 last:pb-0">
              <span>
                <Money micros={remaining_micros} currency={wallet.currency} />{' '}
                <span className="text-fg3">
                  {t('of')} <Money micros={amount_micros} currency={wallet.currency} />
                </span>
              </span>
              <span className="text-fg2">
                {t('expires')} <Day at={expires_at} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}

function Newest({ currency }: { readonly currency: string }) {
  const { t } = useTranslation('billing')
  const org = useOrg()
  const { data, error, refetch } = useQuery(newestTransfersQuery(org))
  const link = (
    <TextLink to="/o/$org/wallet" params={{ org }}>
      {t('seeLedger')}
    </TextLink>
  )
  return (
    <Card title={t('ledger')} purpose={t('ledgerText')} actions={link}>
      {data === undefined ? (
        error === null ? (
          <Skeleton />
        ) : (
          <ErrorState error={error} onRetry={() => void refetch()} />
        )
      ) : data.items.length === 0 ? (
        <p className="text-fg2">{t('noTransfers')}</p>
      ) : (
        <ul className="divide-y">
          {data.items.map(({ id, kind, amount_micros, posted_at, reason }) => (
            <li
              key={id}
              className="grid grid-cols-[1fr_auto] gap-x-4 py-2 first:pt-0 last:pb-0 sm:grid-cols-[160px_1fr_auto]"
            >
              <Day at={posted_at} />
              <span className="min-w-0 truncate max-sm:order-last max-sm:col-span-2 max-sm:text-fg2">
                {t(`kinds.${kind}`, { defaultValue: kind })}
                {reason !== null && <span className="text-fg3"> · {reason}</span>}
              </span>
              <Money micros={amount_micros} currency={currency} />
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}
