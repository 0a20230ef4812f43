import { useQuery } from '@tanstack/react-query'
import { Fingerprint, Plus } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { wholeList } from '../../api/list.ts'
import type { Column } from '../../components/data-table-props.ts'
import { CopyAsCurl } from '../../components/copy-as-curl.tsx'
import { DataTable } from '../../components/data-table.tsx'
import { Page, PageHeader } from '../../components/page.tsx'
import { EmptyState } from '../../components/states.tsx'
import { TimeAgo } from '../../components/time-ago.tsx'
import { usePageActions } from '../../shell/page-actions.ts'
import { Badge } from '../../ui/badge.tsx'
import { Banner } from '../../ui/banner.tsx'
import { Button, TextLink } from '../../ui/button.tsx'
import { type Connection, connectionsQuery, pathOf, type SsoDesk, useSsoDesk } from './desk.ts'
import { EnforcementCard } from './enforcement-card.tsx'
import { NewConnection } from './new-connection.tsx'
import { entitlementQuery } from './queries.ts'
import { STATUS_TONE } from './step.ts'

/** The connections to identity providers, and whether people must come through one. */
export function SsoPage() {
  const { t } = useTranslation('sso')
  const desk = useSsoDesk()
  const query = useQuery(connectionsQuery(desk))
  const [isNew, setNew] = useState(false)
  const isEntitled = useEntitled(desk)
  const connections = query.data ?? []
  usePageActions(
    useMemo(
      () => [{ id: 'new-connection', label: t('addMore'), icon: <Plus size={15} />, run: () => setNew(true) }],
      [t],
    ),
  )
  const add = (
    <Button variant="primary" disabledReason={isEntitled ? null : t('notEntitled')} onClick={() => setNew(true)}>
      <Plus size={15} aria-hidden />
      {t('addMore')}
    </Button>
  )
  return (
    <Page kind="detail">
      <PageHeader
        title={t('title')}
        purpose={t(desk.org === null ? 'purposePlatform' : 'purpose')}
        actions={
          <>
            <CopyAsCurl path={desk.path} />
            {add}
          </>
        }
      />
      {desk.org !== null && <NotEntitled org={desk.org} />}
      <DataTable
        label={t('connections')}
        list={wholeList(query.data, query)}
        columns={useColumns(desk)}
        rowId={(row) => row.id}
        rowName={(row) => row.name}
        rowHref={(row) => pathOf(desk, row.id)}
        empty={
          <EmptyState icon={Fingerprint} title={t('emptyTitle')} action={add}>
            {t('emptyText')}
          </EmptyState>
        }
      />
      {desk.org !== null && connections.length > 0 && <EnforcementCard org={desk.org} connections={connections} />}
      <NewConnection desk={desk} isOpen={isNew} onClose={() => setNew(false)} />
    </Page>
  )
}

/** Whether connections may be made here; the platform's always. */
function useEntitled({ org }: SsoDesk): boolean {
  const { data } = useQuery({ ...entitlementQuery(org ?? ''), enabled: org !== null })
  return org === null || data?.is_entitled !== false
}

function NotEntitled({ org }: { readonly org: string }) {
  const { t } = useTranslation('sso')
  const { data } = useQuery(entitlementQuery(org))
  if (data === undefined || data.is_entitled) return null
  return (
    <Banner tone="info" title={t('notEntitled')}>
      {t('notEntitledText', { contact: data.contact })}
    </Banner>
  )
}

function useColumns(desk: SsoDesk): readonly Column<Connection>[] {
  const { t } = useTranslation('sso')
  return [
    {
      id: 'name',
      header: t('name'),
      width: 'minmax(160px, 2fr)',
      cell: (row) => (
        <TextLink to={pathOf(desk, row.id)} className="truncate font-medium text-fg">
          {row.name}
        </TextLink>
      ),
    },
    { id: 'preset', header: t('provider'), width: 'minmax(130px, 1fr)', cell: (row) => t(`preset.${row.preset}`) },
    {
      id: 'issuer',
      header: t('issuer'),
      width: 'minmax(180px, 2fr)',
      isSecondary: true,
      cell: (row) => <span className="text-fg2">{row.issuer}</span>,
    },
    {
      id: 'status',
      header: t('status'),
      width: '110px',
      cell: (row) => <Badge tone={STATUS_TONE[row.status]}>{t(`statuses.${row.status}`)}</Badge>,
    },
    {
      id: 'tested',
      header: t('tested'),
      width: '150px',
      cell: (row) =>
        row.is_tested && row.tested_at !== null ? (
          <TimeAgo at={row.tested_at} />
        ) : (
          <span className="text-fg3">{t('notTested')}</span>
        ),
    },
  ]
}
