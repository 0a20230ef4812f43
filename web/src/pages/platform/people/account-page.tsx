import { useSuspenseQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Building2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { ActsMenu } from '../../../components/acts-menu.tsx'
import { Avatar } from '../../../components/avatar.tsx'
import { CopyAsCurl } from '../../../components/copy-as-curl.tsx'
import { CopyId } from '../../../components/copy-id.tsx'
import { Card, Columns, Facts, Page, PageHeader } from '../../../components/page.tsx'
import { StateBadge } from '../../../components/state-badge.tsx'
import { EmptyState } from '../../../components/states.tsx'
import { Moment } from '../../../components/time-ago.tsx'
import { usePageName } from '../../../shell/page-name.ts'
import { Badge } from '../../../ui/badge.tsx'
import { Banner } from '../../../ui/banner.tsx'
import { ButtonLink, TextLink } from '../../../ui/button.tsx'
import { useAccountActs } from './account-acts.tsx'
import { AccountSessions } from './account-sessions.tsx'
import { type AccountDetail, accountQuery } from './queries.ts'

/** One account: where it belongs, where it is signed in, and what a super-admin can do about it. */
export function AccountPage() {
  const { t } = useTranslation('platform')
  const { user = '' } = useParams({ strict: false })
  const { data: account } = useSuspenseQuery(accountQuery(user))
  const acts = useAccountActs(account)
  usePageName(account.display_name)
  return (
    <Page kind="detail">
      <PageHeader
        title={account.display_name}
        badge={<StateBadge state={account.status} />}
        actions={
          <>
            <CopyAsCurl path={`/api/platform/users/${user}`} />
            <ButtonLink to="/platform/audit" search={{ actor: user, range: '90d' }}>
              {t('accounts.log')}
            </ButtonLink>
            <ActsMenu name={account.display_name} acts={acts.items} />
          </>
        }
      />
      {account.status === 'disabled' && <Banner tone="warn" title={t('accounts.isDisabled')} />}
      {account.sign_in_wait_s > 0 && (
        <Banner tone="info" title={t('accounts.waits', { count: Math.ceil(account.sign_in_wait_s / 60) })} />
      )}
      <Columns side={<Profile account={account} />}>
        <Memberships account={account} />
        <AccountSessions account={account} />
      </Columns>
      {acts.dialogs}
    </Page>
  )
}

function Profile({ account }: { readonly account: AccountDetail }) {
  const { t } = useTranslation('platform')
  return (
    <Card title={t('accounts.profile')}>
      <div className="mb-4 flex items-center gap-3">
        <Avatar name={account.display_name} size="large" />
        <div className="min-w-0">
          <p className="truncate font-medium">{account.display_name}</p>
          <p className="truncate text-fg3">{account.email}</p>
        </div>
      </div>
      <Facts
        facts={[
          {
            label: t('accounts.kind'),
            value: account.is_superadmin ? <Badge tone="info">{t('accounts.superadmin')}</Badge> : t('accounts.person'),
          },
          {
            label: t('accounts.verified'),
            value:
              account.email_verified_at === null ? (
                <Badge tone="warn">{t('accounts.unverified')}</Badge>
              ) : (
                <Moment at={account.email_verified_at} />
              ),
          },
          { label: t('created'), value: <Moment at={account.created_at} /> },
          { label: t('id'), value: <CopyId id={account.id} /> },
        ]}
      />
    </Card>
  )
}

/** The organisations it probably belongs to: a hint, the organisations themselves decide. */
function Memberships({ account }: { readonly account: AccountDetail }) {
  const { t } = useTranslation('platform')
  return (
    <Card title={t('organisations')} purpose={t('accounts.membershipsText')} isFlush>
      {account.organisations.length === 0 && <EmptyState icon={Building2} title={t('accounts.noMemberships')} />}
      <ul className="mt-2 divide-y border-t empty:hidden">
        {account.organisations.map((organisation) => (
          <li key={organisation.id} className="flex items-center gap-3 px-4 py-2.5">
            <Avatar name={organisation.name} isSquare />
            <TextLink
              to="/platform/organisations/$organisation"
              params={{ organisation: organisation.id }}
              className="min-w-0 flex-1 truncate font-medium text-fg"
            >
              {organisation.name}
            </TextLink>
            <StateBadge state={organisation.status} />
          </li>
        ))}
      </ul>
    </Card>
  )
}
