import { useQueryClient } from '@tanstack/react-query'
import { KeyRound, Pencil, Plug, Power, PowerOff } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../../api/client.ts'
import { useList } from '../../api/list.ts'
import { toProblem } from '../../api/problem.ts'
import type { Column } from '../../components/data-table-props.ts'
import { DataTable } from '../../components/data-table.tsx'
import { problemText } from '../../components/problem-text.ts'
import { EmptyState } from '../../components/states.tsx'
import { Day } from '../../components/time-ago.tsx'
import { useAccess, useOrg } from '../../session/facts.ts'
import { Badge } from '../../ui/badge.tsx'
import { Banner } from '../../ui/banner.tsx'
import { toastDone, toastProblem } from '../../ui/toast.tsx'
import { ProviderForm } from './provider-form.tsx'
import { ProviderKeyForm } from './provider-key-form.tsx'
import { type Provider, providersQuery, STALE } from './queries.ts'

type Asked = { readonly act: 'change' | 'key'; readonly provider: Provider }

/** The organisation's own providers. Owners manage them; whoever else may see them reads. */
export function Providers(props: { readonly isAdding: boolean; readonly onAdded: () => void }) {
  const { t } = useTranslation('providers')
  const org = useOrg()
  const { can } = useAccess()
  const list = useList(providersQuery(org))
  const [asked, setAsked] = useState<Asked | null>(null)
  const change = useSwitch()
  const columns = useColumns()
  const close = () => setAsked(null)
  const menuOf = (provider: Provider) => {
    const isOn = provider.status === 'enabled'
    return [
      ...(can('secrets.manage')
        ? [
            {
              id: 'key',
              label: t('setKeyMore'),
              icon: KeyRound,
              onSelect: () => setAsked({ act: 'key', provider }),
            },
          ]
        : []),
      ...(can('provider.manage')
        ? [
            { id: 'edit', label: t('editMore'), icon: Pencil, onSelect: () => setAsked({ act: 'change', provider }) },
            {
              id: 'switch',
              label: t(isOn ? 'switchOff' : 'switchOn'),
              icon: isOn ? PowerOff : Power,
              onSelect: () => change(provider, isOn ? 'disabled' : 'enabled'),
            },
          ]
        : []),
    ]
  }
  return (
    <div className="flex flex-col gap-3">
      {!can('provider.manage') && (
        <Banner tone="info" title={t('readOnlyTitle')}>
          {t('readOnlyText')}
        </Banner>
      )}
      <DataTable
        label={t('tabs.providers')}
        list={list}
        columns={columns}
        rowId={(provider) => provider.id}
        rowName={(provider) => provider.name}
        rowMenu={menuOf}
        empty={
          <EmptyState icon={Plug} title={t('noProviders')}>
            {t('noProvidersText')}
          </EmptyState>
        }
      />
      <ProviderForm isOpen={props.isAdding} onClose={props.onAdded} />
      {asked?.act === 'change' && (
        <ProviderForm key={asked.provider.id} isOpen onClose={close} provider={asked.provider} />
      )}
      {asked?.act === 'key' && <ProviderKeyForm key={asked.provider.id} provider={asked.provider} onClose={close} />}
    </div>
  )
}

/** Switches a provider off or on, with the way back. */
function useSwitch(): (provider: Provider, status: Provider['status']) => void {
  const { t } = useTranslation('providers')
  const { t: words } = useTranslation('words')
  const org = useOrg()
  const client = useQueryClient()
  const set = async (provider: string, status: Provider['status']) => {
    const params = { path: { org, provider } }
    await answerOf(api.PATCH('/api/orgs/{org}/providers/{provider}', { params, body: { status } }))
    await Promise.all(STALE(org).map((stale) => client.invalidateQueries(stale)))
  }
  const tell = (error: unknown) => toastProblem(problemText(words, toProblem(error)))
  return (provider, status) => {
    const undo = { label: words('undo'), run: () => void set(provider.id, provider.status).catch(tell) }
    void set(provider.id, status).then(
      () => toastDone(t(status === 'enabled' ? 'isOn' : 'isOff', { name: provider.name }), undo),
      tell,
    )
  }
}

function useColumns(): readonly Column<Provider>[] {
  const { t } = useTranslation('providers')
  return useMemo(
    () => [
      {
        id: 'name',
        header: t('provider'),
        width: 'minmax(160px, 2fr)',
        cell: (provider) => <span className="font-medium">{provider.name}</span>,
      },
      {
        id: 'address',
        header: t('address'),
        width: 'minmax(200px, 3fr)',
        isSecondary: true,
        cell: (provider) => <span className="font-mono text-[12px] text-fg2">{provider.base_url}</span>,
      },
      {
        id: 'key',
        header: t('key'),
        width: 'minmax(150px, 1fr)',
        cell: (provider) => <KeyState provider={provider} />,
      },
      {
        id: 'status',
        header: t('status'),
        width: 'minmax(100px, 1fr)',
        cell: (provider) => (
          <Badge tone={provider.status === 'enabled' ? 'ok' : 'warn'}>{t(`statuses.${provider.status}`)}</Badge>
        ),
      },
      {
        id: 'created',
        header: t('added'),
        width: 'minmax(110px, 1fr)',
        isNumber: true,
        isSecondary: true,
        cell: (provider) => <Day at={provider.created_at} />,
      },
    ],
    [t],
  )
}

/** Whether a key is set; its mask for those who may set it. */
function KeyState({ provider }: { readonly provider: Pick<Provider, 'has_key' | 'key_mask'> }) {
  const { t } = useTranslation('providers')
  if (!provider.has_key) return <Badge tone="warn">{t('noKey')}</Badge>
  if (provider.key_mask === null) return <Badge tone="ok">{t('keySet')}</Badge>
  return <code className="font-mono text-[12px] text-fg2">{provider.key_mask}</code>
}
