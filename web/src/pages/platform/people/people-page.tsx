import { Users } from 'lucide-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useList } from '../../../api/list.ts'
import { Avatar } from '../../../components/avatar.tsx'
import { CopyAsCurl } from '../../../components/copy-as-curl.tsx'
import type { Column } from '../../../components/data-table-props.ts'
import { DataTable } from '../../../components/data-table.tsx'
import { FilterBar, SearchBox } from '../../../components/filter-bar.tsx'
import { Page, PageHeader } from '../../../components/page.tsx'
import { StateBadge } from '../../../components/state-badge.tsx'
import { EmptyState } from '../../../components/states.tsx'
import { Day } from '../../../components/time-ago.tsx'
import { oneOf, useUrlState } from '../../../components/url-state.ts'
import { Badge } from '../../../ui/badge.tsx'
import { ButtonLink, TextLink } from '../../../ui/button.tsx'
import { ToggleGroup } from '../../../ui/toggle-group.tsx'
import { ACCOUNT_STATUSES, type Account, accountsQuery } from './queries.ts'

const ANY = 'any'

/** Every account of the deployment, whatever organisations it belongs to. */
export function AllPeoplePage() {
  const { t } = useTranslation('platform')
  const url = useUrlState(['q', 'status'])
  const filter = { search: url.values.q, status: oneOf(url.values.status, ACCOUNT_STATUSES) }
  const list = useList(accountsQuery(filter))
  return (
    <Page kind="list">
      <PageHeader
        title={t('accounts.title')}
        purpose={t('accounts.purpose')}
        actions={
          <>
            <CopyAsCurl path="/api/platform/users" query={filter} />
            <ButtonLink to="/platform/people/import">{t('accounts.import')}</ButtonLink>
          </>
        }
      />
      <FilterBar
        isSet={url.isSet}
        onClear={url.clear}
        views={
          <ToggleGroup
            label={t('status')}
            value={filter.status ?? ANY}
            options={[
              { value: ANY, label: t('accounts.everybody') },
              ...ACCOUNT_STATUSES.map((value) => ({ value, label: t(`accounts.statuses.${value}`) })),
            ]}
            onChange={(status) => url.set({ status: status === ANY ? undefined : status })}
          />
        }
      >
        <span className="flex-1" />
        <SearchBox label={t('accounts.search')} value={filter.search} onChange={(q) => url.set({ q }, true)} />
      </FilterBar>
      <DataTable
        label={t('accounts.title')}
        list={list}
        columns={useColumns()}
        rowId={(account) => account.id}
        rowName={(account) => account.display_name}
        rowHref={(account) => `/platform/people/${account.id}`}
        isFiltered={url.isSet}
        onClearFilters={url.clear}
        searched={filter.search}
        empty={<EmptyState icon={Users} title={t('accounts.empty')} />}
      />
    </Page>
  )
}

function useColumns(): readonly Column<Account>[] {
  const { t } = useTranslation('platform')
  return useMemo(
    () => [
      {
        id: 'name',
        header: t('name'),
        width: 'minmax(220px, 3fr)',
        cell: (account) => <AccountName account={account} />,
      },
      {
        id: 'email',
        header: t('accounts.email'),
        width: 'minmax(200px, 3fr)',
        cell: (account) => <span className="truncate text-fg2">{account.email}</span>,
      },
      {
        id: 'status',
        header: t('status'),
        width: 'minmax(110px, 1fr)',
        cell: (account) => <StateBadge state={account.status} />,
      },
      {
        id: 'verified',
        header: t('accounts.verified'),
        width: 'minmax(130px, 1fr)',
        isSecondary: true,
        cell: (account) =>
          account.email_verified_at === null ? (
            <Badge tone="warn">{t('accounts.unverified')}</Badge>
          ) : (
            <Day at={account.email_verified_at} />
          ),
      },
      {
        id: 'created',
        header: t('created'),
        width: 'minmax(120px, 1fr)',
        isNumber: true,
        isSecondary: true,
        cell: (account) => <Day at={account.created_at} />,
      },
    ],
    [t],
  )
}

function AccountName({ account }: { readonly account: Account }) {
  const { t } = useTranslation('platform')
  return (
    <span className="flex min-w-0 items-center gap-2.5">
      <Avatar name={account.display_name} />
      <TextLink to="/platform/people/$user" params={{ user: account.id }} className="truncate font-medium text-fg">
        {account.display_name}
      </TextLink>
      {account.is_superadmin && <Badge tone="info">{t('accounts.superadmin')}</Badge>}
    </span>
  )
}
