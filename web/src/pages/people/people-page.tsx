import { Bot, MailPlus, UserPlus } from 'lucide-react'
import { type ReactNode, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { CopyAsCurl } from '../../components/copy-as-curl.tsx'
import { Page, PageHeader } from '../../components/page.tsx'
import { oneOf, useUrlState } from '../../components/url-state.ts'
import { useAccess, useOrg } from '../../session/facts.ts'
import { usePageActions } from '../../shell/page-actions.ts'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { ToggleGroup } from '../../ui/toggle-group.tsx'
import { AddPerson } from './add-person.tsx'
import { InvitePeople } from './invite-people.tsx'
import { PeopleList } from './people-list.tsx'
import { ServiceAccountForm } from './service-account-form.tsx'
import { ServiceAccounts } from './service-accounts.tsx'

const KINDS = ['people', 'programs'] as const
type Asked = 'invite' | 'add' | 'account' | null

/** Everybody in the organisation, and the programs that act in it. */
export function PeoplePage() {
  const { t } = useTranslation('people')
  const org = useOrg()
  const { can } = useAccess()
  const url = useUrlState(['kind'])
  const [asked, setAsked] = useState<Asked>(null)
  const mayAdd = can('user.invite')
  const seesPrograms = can('api_key.manage')
  const kind = (seesPrograms ? oneOf(url.values.kind, KINDS) : undefined) ?? 'people'
  useActions(mayAdd, seesPrograms, setAsked)
  const invite = mayAdd && (
    <Button variant="primary" onClick={() => setAsked('invite')}>
      <MailPlus size={15} aria-hidden />
      {t('invitePeopleMore')}
    </Button>
  )
  const createAccount = (
    <Button variant="primary" onClick={() => setAsked('account')}>
      <Bot size={15} aria-hidden />
      {t('createAccountMore')}
    </Button>
  )
  const kinds = seesPrograms && (
    <ToggleGroup
      label={t('kind')}
      value={kind}
      options={KINDS.map((value) => ({ value, label: t(`kinds.${value}`) }))}
      onChange={(value) => url.set({ kind: value === 'people' ? undefined : value })}
    />
  )
  return (
    <Page kind="list">
      {kind === 'people' ? (
        <>
          <PageHeader
            title={t('title')}
            purpose={t('purpose')}
            actions={
              <>
                <CopyAsCurl path={`/api/orgs/${org}/members`} />
                {mayAdd && <WaysIn org={org} onAdd={() => setAsked('add')} />}
                {invite}
              </>
            }
          />
          <PeopleList kinds={kinds} invite={invite} />
        </>
      ) : (
        <>
          <PageHeader
            title={t('title')}
            purpose={t('programsPurpose')}
            actions={
              <>
                <CopyAsCurl path={`/api/orgs/${org}/service-accounts`} />
                {createAccount}
              </>
            }
          />
          {kinds}
          <ServiceAccounts create={createAccount} />
        </>
      )}
      <AddPerson isOpen={asked === 'add'} onClose={() => setAsked(null)} />
      <InvitePeople isOpen={asked === 'invite'} onClose={() => setAsked(null)} />
      {asked === 'account' && <ServiceAccountForm onClose={() => setAsked(null)} />}
    </Page>
  )
}

/** The other ways in beside an invitation. */
function WaysIn({ org, onAdd }: { readonly org: string; readonly onAdd: () => void }): ReactNode {
  const { t } = useTranslation('people')
  const { can } = useAccess()
  return (
    <>
      <ButtonLink to="/o/$org/people/invitations" params={{ org }}>
        {t('invitations')}
      </ButtonLink>
      {can('role.change') && (
        <ButtonLink to="/o/$org/people/import" params={{ org }}>
          {t('importPeople')}
        </ButtonLink>
      )}
      <Button onClick={onAdd}>{t('addPerson')}</Button>
    </>
  )
}

function useActions(mayAdd: boolean, seesPrograms: boolean, ask: (what: Asked) => void): void {
  const { t } = useTranslation('people')
  usePageActions(
    useMemo(
      () => [
        ...(mayAdd
          ? [
              {
                id: 'invite-people',
                label: t('invitePeopleMore'),
                keywords: ['add'],
                icon: <MailPlus size={15} />,
                run: () => ask('invite'),
              },
              {
                id: 'add-person',
                label: t('addPersonMore'),
                keywords: ['invite'],
                icon: <UserPlus size={15} />,
                run: () => ask('add'),
              },
            ]
          : []),
        ...(seesPrograms
          ? [
              {
                id: 'create-service-account',
                label: t('createAccountMore'),
                keywords: ['robot', 'machine', 'api key'],
                icon: <Bot size={15} />,
                run: () => ask('account'),
              },
            ]
          : []),
      ],
      [mayAdd, seesPrograms, ask, t],
    ),
  )
}
