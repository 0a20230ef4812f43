import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Gauge, Plus, Trash2 } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { useList } from '../../api/list.ts'
import { walletQuery } from '../../api/wallet.ts'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { CopyAsCurl } from '../../components/copy-as-curl.tsx'
import { DataTable } from '../../components/data-table.tsx'
import { Page, PageHeader } from '../../components/page.tsx'
import { EmptyState } from '../../components/states.tsx'
import { oneOf, useUrlState } from '../../components/url-state.ts'
import { useAccess, useOrg } from '../../session/facts.ts'
import { usePageActions } from '../../shell/page-actions.ts'
import { Button } from '../../ui/button.tsx'
import type { MenuItem } from '../../ui/menu.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { toastDone } from '../../ui/toast.tsx'
import { LimitForm } from './limit-form.tsx'
import { useLimitColumns, useScopeName } from './limit-columns.tsx'
import { type Limit, quotasQuery, spendLimitsQuery } from './queries.ts'
import { TopUpForm } from './top-up-form.tsx'

const TABS = ['tokens', 'micros'] as const
type Unit = (typeof TABS)[number]

/** Token quotas and spend limits below the organisation, with what is used of each. */
export function QuotasPage() {
  const { t } = useTranslation('quotas')
  const org = useOrg()
  const { can } = useAccess()
  const url = useUrlState(['tab'])
  const open = TABS.filter((tab) => can(tab === 'tokens' ? 'quota.manage' : 'spend_limit.manage'))
  const tab = oneOf(url.values.tab, open) ?? open[0] ?? 'tokens'
  const [editing, setEditing] = useState<Limit | 'new' | null>(null)
  usePageActions(
    useMemo(
      () => [
        {
          id: 'set-limit',
          label: t('setMore'),
          keywords: ['quota', 'limit', 'budget'],
          icon: <Plus size={15} />,
          run: () => setEditing('new'),
        },
      ],
      [t],
    ),
  )
  return (
    <Page kind="list">
      <PageHeader
        title={t('title')}
        purpose={t('purpose')}
        actions={
          <>
            <CopyAsCurl path={`/api/orgs/${org}/${tab === 'tokens' ? 'quotas' : 'spend-limits'}`} />
            <Button variant="primary" onClick={() => setEditing('new')}>
              <Plus size={15} aria-hidden />
              {t(tab === 'tokens' ? 'setQuota' : 'setSpendLimit')}
            </Button>
          </>
        }
      />
      <Tabs
        label={t('title')}
        value={tab}
        onChange={(next) => url.set({ tab: next === 'tokens' ? undefined : next })}
        tabs={open.map((unit) => ({
          value: unit,
          label: t(`tabs.${unit}`),
          content: <Limits unit={unit} onEdit={setEditing} />,
        }))}
      />
      <LimitForm
        key={editing === null ? 'none' : editing === 'new' ? `new ${tab}` : editing.id}
        unit={tab}
        limit={editing === 'new' ? null : editing}
        isOpen={editing !== null}
        onClose={() => setEditing(null)}
      />
    </Page>
  )
}

function Limits({ unit, onEdit }: { readonly unit: Unit; readonly onEdit: (limit: Limit | 'new') => void }) {
  const { t } = useTranslation('quotas')
  const org = useOrg()
  const { can } = useAccess()
  const client = useQueryClient()
  const list = useList(unit === 'tokens' ? quotasQuery(org) : spendLimitsQuery(org))
  const { data: wallet } = useQuery({ ...walletQuery(org), enabled: can('billing.view') })
  const nameOf = useScopeName()
  const [removing, setRemoving] = useState<Limit | null>(null)
  const [topping, setTopping] = useState<Limit | null>(null)
  const menuOf = (limit: Limit): readonly MenuItem[] => [
    { id: 'change', label: t('change'), onSelect: () => onEdit(limit) },
    ...(unit === 'tokens' && can('quota.topup') && limit.scope_kind !== 'organisation' && limit.scope_id !== null
      ? [{ id: 'top-up', label: t('topUpMore'), onSelect: () => setTopping(limit) }]
      : []),
    { id: 'remove', label: t('removeMore'), icon: Trash2, isDangerous: true, onSelect: () => setRemoving(limit) },
  ]
  const remove = async ({ id }: Limit) => {
    if (unit === 'tokens') await api.DELETE('/api/orgs/{org}/quotas/{quota}', { params: { path: { org, quota: id } } })
    else await api.DELETE('/api/orgs/{org}/spend-limits/{spend_limit}', { params: { path: { org, spend_limit: id } } })
    toastDone(t('removed'))
    await client.invalidateQueries({ queryKey: ['org', org, unit === 'tokens' ? 'quotas' : 'spend-limits'] })
  }
  return (
    <>
      <DataTable
        label={t(`tabs.${unit}`)}
        list={list}
        columns={useLimitColumns(wallet?.currency ?? null)}
        rowId={(limit) => limit.id}
        rowName={nameOf}
        rowMenu={menuOf}
        empty={
          <EmptyState
            icon={Gauge}
            title={t(`empty.${unit}`)}
            action={
              <Button onClick={() => onEdit('new')}>{t(unit === 'tokens' ? 'setQuota' : 'setSpendLimit')}</Button>
            }
          >
            {t(`emptyText.${unit}`)}
          </EmptyState>
        }
      />
      <ConfirmDialog
        isOpen={removing !== null}
        onClose={() => setRemoving(null)}
        title={t('removeTitle', { name: removing === null ? '' : nameOf(removing) })}
        confirmLabel={t('remove')}
        onConfirm={async () => (removing === null ? undefined : remove(removing))}
      >
        {t('removeText')}
      </ConfirmDialog>
      <TopUpForm key={topping?.id ?? 'none'} limit={topping} onClose={() => setTopping(null)} />
    </>
  )
}
