import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Gauge, Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../../../api/client.ts'
import { useList } from '../../../api/list.ts'
import { type PlatformOrganisation, tiersQuery } from '../../../api/platform.ts'
import { toProblem } from '../../../api/problem.ts'
import { ConfirmDialog } from '../../../components/confirm-dialog.tsx'
import type { Column } from '../../../components/data-table-props.ts'
import { DataTable } from '../../../components/data-table.tsx'
import { Tokens } from '../../../components/figures.tsx'
import { Card } from '../../../components/page.tsx'
import { problemText } from '../../../components/problem-text.ts'
import { EmptyState, ErrorState, Skeleton } from '../../../components/states.tsx'
import { TimeAgo } from '../../../components/time-ago.tsx'
import { Button, TextLink } from '../../../ui/button.tsx'
import { SelectField } from '../../../ui/select.tsx'
import { toastDone, toastProblem } from '../../../ui/toast.tsx'
import { keyOf, type Quota, quotasQuery, tierQuery } from './queries.ts'
import { QuotaForm } from './quota-form.tsx'

/** What bounds the organisation from above: its tier, and the quotas that only super-admins set. */
export function LimitsTab({ organisation }: { readonly organisation: PlatformOrganisation }) {
  return (
    <div className="flex flex-col gap-5">
      <TierCard organisation={organisation} />
      <Quotas organisation={organisation} />
    </div>
  )
}

function TierCard({ organisation }: { readonly organisation: PlatformOrganisation }) {
  const { t } = useTranslation('platform')
  const { t: words } = useTranslation('words')
  const client = useQueryClient()
  const { data: own } = useQuery(tierQuery(organisation.id))
  const { data: tiers, error, refetch } = useQuery(tiersQuery)
  const set = useMutation({
    mutationFn: (tier: string) =>
      answerOf(
        api.PUT('/api/platform/organisations/{organisation}/tier', {
          params: { path: { organisation: organisation.id } },
          body: { tier },
        }),
      ),
    async onSuccess({ tier }) {
      await client.invalidateQueries({ queryKey: keyOf(organisation.id) })
      void client.invalidateQueries({ queryKey: tiersQuery.queryKey })
      toastDone(t('tiers.given', { name: organisation.name, tier: tier.name }))
    },
    onError: (failure) => toastProblem(problemText(words, toProblem(failure))),
  })
  return (
    <Card title={t('tier')} purpose={t('tiers.cardPurpose')}>
      {tiers === undefined ? (
        error === null ? (
          <Skeleton lines={2} />
        ) : (
          <ErrorState error={error} onRetry={() => void refetch()} />
        )
      ) : (
        <div className="flex flex-col gap-2">
          <SelectField
            label={t('tier')}
            value={own?.tier?.name ?? ''}
            isDisabled={set.isPending}
            options={tiers.items.map(({ name }) => ({ value: name, label: name }))}
            onChange={(tier) => set.mutate(tier)}
          />
          <p className="meta text-fg3">
            <TextLink to="/platform/tiers">{t('tiers.toTiers')}</TextLink>
          </p>
        </div>
      )}
    </Card>
  )
}

function useQuotaColumns(): readonly Column<Quota>[] {
  const { t } = useTranslation('quotas')
  return [
    {
      id: 'period',
      header: t('period'),
      width: 'minmax(100px, 1fr)',
      cell: (quota) => (
        <span className="font-medium">{t(`periods.${quota.period}`, { defaultValue: quota.period })}</span>
      ),
    },
    {
      id: 'limit',
      header: t('limit'),
      width: 'minmax(100px, 1fr)',
      isNumber: true,
      cell: (quota) => <Tokens count={quota.limit_tokens} />,
    },
    {
      id: 'used',
      header: t('used'),
      width: 'minmax(100px, 1fr)',
      isNumber: true,
      cell: (quota) => (quota.standing === null ? '–' : <Tokens count={quota.standing.used} />),
    },
    {
      id: 'extra',
      header: t('topUp'),
      width: 'minmax(100px, 1fr)',
      isNumber: true,
      isSecondary: true,
      cell: (quota) => (quota.standing === null ? '–' : <Tokens count={quota.standing.top_up} />),
    },
    {
      id: 'resets',
      header: t('resets'),
      width: 'minmax(120px, 1fr)',
      isNumber: true,
      cell: (quota) => (quota.standing?.resets_at == null ? '–' : <TimeAgo at={quota.standing.resets_at} />),
    },
  ]
}

function Quotas({ organisation }: { readonly organisation: PlatformOrganisation }) {
  const { t } = useTranslation('quotas')
  const { t: platform } = useTranslation('platform')
  const client = useQueryClient()
  const list = useList(quotasQuery(organisation.id))
  const [asked, setAsked] = useState<{ readonly act: 'set' | 'top-up'; readonly quota: Quota | null } | null>(null)
  const [removing, setRemoving] = useState<Quota | null>(null)
  const remove = async (quota: string) => {
    const params = { path: { organisation: organisation.id, quota } }
    await api.DELETE('/api/platform/organisations/{organisation}/quotas/{quota}', { params })
    toastDone(t('removed'))
    await client.invalidateQueries({ queryKey: keyOf(organisation.id) })
  }
  return (
    <section aria-label={platform('limits.title')} className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-3">
        <div className="min-w-0 flex-1 basis-52">
          <h2 className="text-sm font-medium">{platform('limits.title')}</h2>
          <p className="meta text-fg3">{platform('limits.purpose')}</p>
        </div>
        <Button onClick={() => setAsked({ act: 'set', quota: null })}>
          <Plus size={15} aria-hidden />
          {t('setQuota')}
        </Button>
      </div>
      <DataTable
        label={platform('limits.title')}
        list={list}
        columns={useQuotaColumns()}
        rowId={(quota) => quota.id}
        rowName={(quota) => t(`periods.${quota.period}`, { defaultValue: quota.period })}
        rowMenu={(quota) => [
          { id: 'change', label: t('change'), onSelect: () => setAsked({ act: 'set', quota }) },
          { id: 'top-up', label: t('topUpMore'), onSelect: () => setAsked({ act: 'top-up', quota }) },
          { id: 'remove', label: t('removeMore'), icon: Trash2, isDangerous: true, onSelect: () => setRemoving(quota) },
        ]}
        empty={
          <EmptyState icon={Gauge} title={platform('limits.empty')}>
            {platform('limits.emptyText')}
          </EmptyState>
        }
      />
      {asked !== null && (
        <QuotaForm
          key={`${asked.act} ${asked.quota?.id}`}
          {...asked}
          organisation={organisation.id}
          onClose={() => setAsked(null)}
        />
      )}
      <ConfirmDialog
        isOpen={removing !== null}
        onClose={() => setRemoving(null)}
        title={platform('limits.removeTitle', { name: organisation.name })}
        confirmLabel={t('remove')}
        onConfirm={async () => (removing === null ? undefined : remove(removing.id))}
      >
        {platform('limits.removeText')}
      </ConfirmDialog>
    </section>
  )
}
