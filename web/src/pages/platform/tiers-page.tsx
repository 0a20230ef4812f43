import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Layers, Pencil, Plus, Trash2 } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { wholeList } from '../../api/list.ts'
import { type Tier, tiersQuery } from '../../api/platform.ts'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { CopyAsCurl } from '../../components/copy-as-curl.tsx'
import type { Column } from '../../components/data-table-props.ts'
import { DataTable } from '../../components/data-table.tsx'
import { useFormat } from '../../components/format.ts'
import { Page, PageHeader } from '../../components/page.tsx'
import { EmptyState } from '../../components/states.tsx'
import { usePageActions } from '../../shell/page-actions.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import type { MenuItem } from '../../ui/menu.tsx'
import { toastDone } from '../../ui/toast.tsx'
import { TierForm } from './tier-form.tsx'

const MEGABYTE = 1_000_000

/** Account tiers and the most that each may ask for; they bind like the policy of the platform. */
export function TiersPage() {
  const { t } = useTranslation('platform')
  const client = useQueryClient()
  const query = useQuery(tiersQuery)
  const [editing, setEditing] = useState<Tier | 'new' | null>(null)
  const [removing, setRemoving] = useState<Tier | null>(null)
  const columns = useColumns()
  usePageActions(
    useMemo(
      () => [
        {
          id: 'add-tier',
          label: t('tiers.addMore'),
          icon: <Plus size={15} aria-hidden />,
          run: () => setEditing('new'),
        },
      ],
      [t],
    ),
  )
  const menuOf = (tier: Tier): readonly MenuItem[] => [
    { id: 'edit', label: t('tiers.editMore'), icon: Pencil, onSelect: () => setEditing(tier) },
    {
      id: 'remove',
      label: t('tiers.removeMore'),
      icon: Trash2,
      isDangerous: true,
      disabledReason: tier.is_default ? t('tiers.isDefault') : tier.organisations > 0 ? t('tiers.inUse') : null,
      onSelect: () => setRemoving(tier),
    },
  ]
  const remove = async ({ name }: Tier) => {
    await api.DELETE('/api/platform/tiers/{tier}', { params: { path: { tier: name } } })
    await client.invalidateQueries({ queryKey: ['platform', 'tiers'] })
    toastDone(t('tiers.removed', { name }))
  }
  return (
    <Page kind="list">
      <PageHeader
        title={t('tiers.title')}
        purpose={t('tiers.purpose')}
        actions={
          <>
            <CopyAsCurl path="/api/platform/tiers" />
            <Button variant="primary" onClick={() => setEditing('new')}>
              <Plus size={15} aria-hidden />
              {t('tiers.add')}
            </Button>
          </>
        }
      />
      <DataTable
        label={t('tiers.title')}
        list={wholeList(query.data?.items, query)}
        columns={columns}
        rowId={({ name }) => name}
        rowName={({ name }) => name}
        rowMenu={menuOf}
        empty={
          <EmptyState icon={Layers} title={t('tiers.empty')}>
            {t('tiers.emptyText')}
          </EmptyState>
        }
      />
      {editing !== null && (
        <TierForm
          key={editing === 'new' ? 'new' : editing.name}
          tier={editing === 'new' ? null : editing}
          onClose={() => setEditing(null)}
        />
      )}
      <ConfirmDialog
        isOpen={removing !== null}
        onClose={() => setRemoving(null)}
        title={t('tiers.removeTitle', { name: removing?.name ?? '' })}
        confirmLabel={t('tiers.remove')}
        onConfirm={async () => (removing === null ? undefined : remove(removing))}
      >
        {t('tiers.removeText')}
      </ConfirmDialog>
    </Page>
  )
}

function useColumns(): readonly Column<Tier>[] {
  const { t } = useTranslation('platform')
  const format = useFormat()
  return useMemo(() => {
    const write = (value: number | null, unit: 'seconds' | 'steps' | 'megabytes') =>
      value === null ? (
        <span className="text-fg3">{t('tiers.noLimit')}</span>
      ) : (
        t(`tiers.units.${unit}`, { count: value, text: format.number(value) })
      )
    return [
      {
        id: 'name',
        header: t('name'),
        width: 'minmax(150px, 2fr)',
        cell: (tier: Tier) => (
          <span className="flex items-center gap-2">
            <span className="font-mono text-[12px] font-medium">{tier.name}</span>
            {tier.is_default && <Badge tone="info">{t('tiers.default')}</Badge>}
          </span>
        ),
      },
      {
        id: 'organisations',
        header: t('organisations'),
        width: 'minmax(110px, 1fr)',
        isNumber: true,
        cell: (tier: Tier) => format.number(tier.organisations),
      },
      {
        id: 'seconds',
        header: t('tiers.seconds'),
        width: 'minmax(130px, 1fr)',
        isNumber: true,
        cell: (tier: Tier) => write(tier.max_execution_seconds, 'seconds'),
      },
      {
        id: 'input',
        header: t('tiers.input'),
        width: 'minmax(130px, 1fr)',
        isNumber: true,
        cell: (tier: Tier) =>
          write(tier.max_input_bytes === null ? null : tier.max_input_bytes / MEGABYTE, 'megabytes'),
      },
      {
        id: 'steps',
        header: t('tiers.steps'),
        width: 'minmax(110px, 1fr)',
        isNumber: true,
        cell: (tier: Tier) => write(tier.max_steps, 'steps'),
      },
    ]
  }, [t, format])
}
