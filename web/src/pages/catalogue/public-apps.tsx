import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Library } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { wholeList } from '../../api/list.ts'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import type { Column } from '../../components/data-table-props.ts'
import { DataTable } from '../../components/data-table.tsx'
import { Card } from '../../components/page.tsx'
import { RiskBadge } from '../../components/state-badge.tsx'
import { EmptyState } from '../../components/states.tsx'
import { Badge } from '../../ui/badge.tsx'
import { TextLink } from '../../ui/button.tsx'
import type { MenuItem } from '../../ui/menu.tsx'
import { RadioCards } from '../../ui/radio-cards.tsx'
import { toastDone } from '../../ui/toast.tsx'
import { catalogueKey, catalogueQuery, MODES, type PublicApp } from './queries.ts'

type ListName = 'allow' | 'block'
type Change =
  | { readonly kind: 'mode'; readonly mode: (typeof MODES)[number] }
  | { readonly kind: 'entry'; readonly list: ListName; readonly app: PublicApp; readonly isOn: boolean }

/** The public apps, and which of them this organisation lets its people see. */
export function PublicApps({ org }: { readonly org: string }) {
  const { t } = useTranslation('catalogue')
  const query = useQuery(catalogueQuery(org))
  const [change, setChange] = useState<Change | null>(null)
  const mode = query.data?.mode ?? 'all'
  const menuOf = (app: PublicApp): readonly MenuItem[] => [
    {
      id: 'allow',
      label: t(app.on_allowlist ? 'lists.disallow' : 'lists.allow'),
      onSelect: () => setChange({ kind: 'entry', list: 'allow', app, isOn: !app.on_allowlist }),
    },
    {
      id: 'block',
      label: t(app.on_blocklist ? 'lists.unblock' : 'lists.block'),
      isDangerous: !app.on_blocklist,
      onSelect: () => setChange({ kind: 'entry', list: 'block', app, isOn: !app.on_blocklist }),
    },
  ]
  return (
    <div className="flex flex-col gap-5">
      <Card>
        <RadioCards
          label={t('mode')}
          value={mode}
          columns={3}
          options={MODES.map((value) => ({ value, label: t(`modes.${value}`), hint: t(`modeHints.${value}`) }))}
          onChange={(next) => {
            if (next !== mode) setChange({ kind: 'mode', mode: next })
          }}
        />
      </Card>
      <DataTable
        label={t('tabs.public')}
        list={wholeList(query.data?.public_apps, query)}
        columns={usePublicColumns(org)}
        rowId={(app) => app.app_id}
        rowName={(app) => app.name}
        rowHref={(app) => `/o/${org}/apps/${app.app_id}`}
        rowMenu={menuOf}
        empty={
          <EmptyState icon={Library} title={t('emptyPublic')}>
            {t('emptyPublicText')}
          </EmptyState>
        }
      />
      <ConfirmChange org={org} change={change} onClose={() => setChange(null)} />
    </div>
  )
}

function usePublicColumns(org: string): readonly Column<PublicApp>[] {
  const { t } = useTranslation('catalogue')
  return [
    {
      id: 'name',
      header: t('app'),
      width: 'minmax(180px, 3fr)',
      cell: (app) =>
        app.available ? (
          <TextLink to="/o/$org/apps/$app" params={{ org, app: app.app_id }} className="truncate font-medium text-fg">
            {app.name}
          </TextLink>
        ) : (
          <span className="truncate font-medium">{app.name}</span>
        ),
    },
    { id: 'version', header: t('version'), width: '90px', isSecondary: true, cell: (app) => app.version },
    { id: 'risk', header: t('risk'), width: 'minmax(80px, 1fr)', cell: (app) => <RiskBadge risk={app.risk} /> },
    {
      id: 'engine',
      header: t('engine'),
      width: 'minmax(90px, 1fr)',
      isSecondary: true,
      cell: (app) => t(`engines.${app.engine_type}`, { defaultValue: app.engine_type }),
    },
    {
      id: 'lists',
      header: t('onLists'),
      width: 'minmax(120px, 2fr)',
      isSecondary: true,
      cell: (app) => (
        <span className="flex gap-1.5">
          {app.on_allowlist && <Badge tone="ok">{t('lists.allowed')}</Badge>}
          {app.on_blocklist && <Badge tone="bad">{t('lists.blocked')}</Badge>}
          {!app.on_allowlist && !app.on_blocklist && '–'}
        </span>
      ),
    },
    {
      id: 'available',
      header: t('available'),
      width: 'minmax(110px, 1fr)',
      cell: (app) => <Badge tone={app.available ? 'ok' : 'neutral'}>{t(app.available ? 'canRun' : 'cannotRun')}</Badge>,
    },
  ]
}

function ConfirmChange(props: { readonly org: string; readonly change: Change | null; readonly onClose: () => void }) {
  const { t } = useTranslation('catalogue')
  const client = useQueryClient()
  const { org, change } = props
  const act = async () => {
    if (change === null) return
    if (change.kind === 'mode') {
      await api.PUT('/api/orgs/{org}/catalog', { params: { path: { org } }, body: { mode: change.mode } })
    } else {
      const params = { path: { org, list: change.list, app: change.app.app_id } }
      if (change.isOn) await api.PUT('/api/orgs/{org}/catalog/{list}/{app}', { params })
      else await api.DELETE('/api/orgs/{org}/catalog/{list}/{app}', { params })
    }
    toastDone(t('changed'))
    await Promise.all([
      client.invalidateQueries({ queryKey: catalogueKey(org) }),
      client.invalidateQueries({ queryKey: ['org', org, 'apps'] }),
    ])
  }
  const what = change?.kind === 'entry' ? { name: change.app.name } : { name: '' }
  const verb =
    change?.kind === 'entry'
      ? change.list === 'allow'
        ? change.isOn
          ? ('allow' as const)
          : ('disallow' as const)
        : change.isOn
          ? ('block' as const)
          : ('unblock' as const)
      : ('mode' as const)
  return (
    <ConfirmDialog
      isOpen={change !== null}
      onClose={props.onClose}
      title={change?.kind === 'mode' ? t('ask.mode', { mode: t(`modes.${change.mode}`) }) : t(`ask.${verb}`, what)}
      confirmLabel={t(`confirm.${verb}`)}
      isDangerous={verb === 'block' || verb === 'disallow'}
      onConfirm={act}
    >
      {t('consequence')}
    </ConfirmDialog>
  )
}
