import { useQueryClient } from '@tanstack/react-query'
import { KeyRound, Pencil, Plug, Power, PowerOff, Zap } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useList } from '../../api/list.ts'
import { toProblem } from '../../api/problem.ts'
import { type Provider, type ProviderDesk, staleOf } from '../../api/provider-desk.ts'
import type { Column } from '../../components/data-table-props.ts'
import { DataTable } from '../../components/data-table.tsx'
import { problemText } from '../../components/problem-text.ts'
import { EmptyState } from '../../components/states.tsx'
import { Day } from '../../components/time-ago.tsx'
import { Badge } from '../../ui/badge.tsx'
import { toastDone, toastProblem } from '../../ui/toast.tsx'
import { ProviderForm } from './provider-form.tsx'
import { ProviderKeyForm } from './provider-key-form.tsx'
import { providersQuery } from './queries.ts'
import { TestCallDialog } from './test-call.tsx'

type Asked = { readonly act: 'change' | 'key' | 'test'; readonly provider: Provider }

export type MayManage = { readonly manage: boolean; readonly setKey: boolean }

/** The providers of an organisation's own, or of the platform. Who may not manage them reads. */
export function Providers(props: {
  readonly desk: ProviderDesk
  readonly may: MayManage
  readonly isAdding: boolean
  readonly onAdded: () => void
}) {
  const { t } = useTranslation('providers')
  const { desk, may } = props
  const list = useList(providersQuery(desk))
  const [asked, setAsked] = useState<Asked | null>(null)
  const change = useSwitch(desk)
  const columns = useColumns()
  const close = () => setAsked(null)
  const menuOf = (provider: Provider) => {
    const isOn = provider.status === 'enabled'
    return [
      ...(may.setKey
        ? [
            {
              id: 'key',
              label: t('setKeyMore'),
              icon: KeyRound,
              onSelect: () => setAsked({ act: 'key', provider }),
            },
          ]
        : []),
      ...(may.manage
        ? [
            { id: 'test', label: t('testMore'), icon: Zap, onSelect: () => setAsked({ act: 'test', provider }) },
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
      <DataTable
        label={t('tabs.providers')}
        list={list}
        columns={columns}
        rowId={(provider) => provider.id}
        rowName={(provider) => provider.name}
        rowMenu={menuOf}
        empty={
          <EmptyState icon={Plug} title={t(desk.org === null ? 'noPlatformProviders' : 'noProviders')}>
            {t(desk.org === null ? 'noPlatformProvidersText' : 'noProvidersText')}
          </EmptyState>
        }
      />
      <ProviderForm desk={desk} isOpen={props.isAdding} onClose={props.onAdded} />
      {asked?.act === 'change' && (
        <ProviderForm desk={desk} key={asked.provider.id} isOpen onClose={close} provider={asked.provider} />
      )}
      {asked?.act === 'key' && (
        <ProviderKeyForm desk={desk} key={asked.provider.id} provider={asked.provider} onClose={close} />
      )}
      {asked?.act === 'test' && <TestCallDialog desk={desk} provider={asked.provider} model={null} onClose={close} />}
    </div>
  )
}

/** Switches a provider off or on, with the way back. */
function useSwitch(desk: ProviderDesk): (provider: Provider, status: Provider['status']) => void {
  const { t } = useTranslation('providers')
  const { t: words } = useTranslation('words')
  const client = useQueryClient()
  const set = async (provider: string, status: Provider['status']) => {
    await desk.changeProvider(provider, { status })
    await Promise.all(staleOf(desk).map((stale) => client.invalidateQueries(stale)))
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
