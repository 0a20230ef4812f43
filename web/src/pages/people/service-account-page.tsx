import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { KeyRound, Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { accountKeysQuery } from '../../api/api-keys.ts'
import { offeredProjectsQuery } from '../../api/offered.ts'
import { useMemberName } from '../../api/directory.ts'
import { useList } from '../../api/list.ts'
import { ActsMenu } from '../../components/acts-menu.tsx'
import { CopyAsCurl } from '../../components/copy-as-curl.tsx'
import { CopyId } from '../../components/copy-id.tsx'
import { CreateKey } from '../../components/create-key.tsx'
import { DataTable } from '../../components/data-table.tsx'
import { useKeyActs } from '../../components/key-acts.tsx'
import { useKeyColumns } from '../../components/key-columns.tsx'
import { Card, Facts, Page, PageHeader } from '../../components/page.tsx'
import { StateBadge } from '../../components/state-badge.tsx'
import { EmptyState } from '../../components/states.tsx'
import { Moment } from '../../components/time-ago.tsx'
import { useUrlState } from '../../components/url-state.ts'
import { useOrg } from '../../session/facts.ts'
import { usePageName } from '../../shell/page-name.ts'
import { Button, TextLink } from '../../ui/button.tsx'
import { ToggleGroup } from '../../ui/toggle-group.tsx'
import { useAccountActs } from './service-account-acts.tsx'
import { type ServiceAccount, serviceAccountQuery } from './service-account-queries.ts'

/** One program: its keys, what they may do at most, and who answers for it. */
export function ServiceAccountPage() {
  const { t } = useTranslation('people')
  const org = useOrg()
  const { account: id = '' } = useParams({ strict: false })
  const { data: account } = useSuspenseQuery(serviceAccountQuery(org, id))
  const acts = useAccountActs()
  const nameOf = useMemberName()
  usePageName(account.name)
  const { responsible_member_id } = account
  return (
    <Page kind="detail">
      <PageHeader
        title={account.name}
        purpose={account.description || t('accountPurpose')}
        badge={<StateBadge state={account.disabled_at === null ? 'active' : 'disabled'} />}
        actions={
          <>
            <CopyAsCurl path={`/api/orgs/${org}/api-keys`} query={{ service_account_id: id }} />
            <ActsMenu name={account.name} acts={acts.menuOf(account)} />
          </>
        }
      />
      <Keys account={account} />
      <div className="grid items-start gap-5 md:grid-cols-2">
        <Card title={t('about')}>
          <Facts
            facts={[
              {
                label: t('responsible'),
                value: (
                  <TextLink to="/o/$org/people/$person" params={{ org, person: responsible_member_id }}>
                    {nameOf(responsible_member_id)}
                  </TextLink>
                ),
              },
              { label: t('created'), value: <Moment at={account.created_at} /> },
              { label: t('id'), value: <CopyId id={account.id} /> },
            ]}
          />
        </Card>
        <Card title={t('mayAtMost')}>
          <ul className="flex flex-wrap gap-1.5">
            {account.permissions.map((permission) => (
              <li key={permission}>
                <code className="rounded bg-sunken px-1.5 py-0.5 font-mono text-[12px]">{permission}</code>
              </li>
            ))}
          </ul>
        </Card>
      </div>
      {acts.dialogs}
    </Page>
  )
}

function Keys({ account }: { readonly account: ServiceAccount }) {
  const { t } = useTranslation('api-keys')
  const { t: people } = useTranslation('people')
  const org = useOrg()
  const url = useUrlState(['revoked'])
  const isRevoked = url.values.revoked === 'yes'
  const list = useList(accountKeysQuery(org, account.id, isRevoked))
  const { data: projects = [] } = useQuery(offeredProjectsQuery(org))
  const [isCreating, setCreating] = useState(false)
  const acts = useKeyActs(false)
  const columns = useKeyColumns(list.rows ?? [], projects, 'organisation').filter(({ id }) => id !== 'project')
  const create = (
    <Button
      variant="primary"
      disabledReason={account.disabled_at === null ? null : people('enableFirst')}
      onClick={() => setCreating(true)}
    >
      <Plus size={15} aria-hidden />
      {t('create')}
    </Button>
  )
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-2">
        <ToggleGroup
          label={t('status')}
          value={isRevoked ? 'revoked' : 'live'}
          options={[
            { value: 'live', label: t('live') },
            { value: 'revoked', label: t('revoked') },
          ]}
          onChange={(value) => url.set({ revoked: value === 'revoked' ? 'yes' : undefined })}
        />
        {create}
      </div>
      <DataTable
        label={t('title')}
        list={list}
        columns={columns}
        rowId={(key) => key.id}
        rowName={(key) => key.name}
        rowMenu={acts.menuOf}
        empty={
          <EmptyState icon={KeyRound} title={t(isRevoked ? 'emptyRevoked' : 'emptyTitle')}>
            {!isRevoked && people('accountKeysText')}
          </EmptyState>
        }
      />
      {acts.dialogs}
      <CreateKey
        key={account.permissions.join(' ')}
        isOpen={isCreating}
        onClose={() => setCreating(false)}
        whose="organisation"
        account={account}
        projects={projects}
      />
    </>
  )
}
