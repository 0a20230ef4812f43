import { useQueryClient } from '@tanstack/react-query'
import { MailPlus, RotateCw, Undo2, X } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { useList } from '../../api/list.ts'
import { toProblem } from '../../api/problem.ts'
import { CopyAsCurl } from '../../components/copy-as-curl.tsx'
import type { Column } from '../../components/data-table-props.ts'
import { DataTable } from '../../components/data-table.tsx'
import { FilterBar, SearchBox } from '../../components/filter-bar.tsx'
import { Page, PageHeader } from '../../components/page.tsx'
import { problemText } from '../../components/problem-text.ts'
import { EmptyState } from '../../components/states.tsx'
import { Moment, TimeAgo } from '../../components/time-ago.tsx'
import { oneOf, useUrlState } from '../../components/url-state.ts'
import { useOrg } from '../../session/facts.ts'
import { usePageActions } from '../../shell/page-actions.ts'
import { Badge, type BadgeTone } from '../../ui/badge.tsx'
import { Button, ButtonLink } from '../../ui/button.tsx'
import type { MenuItem } from '../../ui/menu.tsx'
import { toastDone, toastProblem } from '../../ui/toast.tsx'
import { ToggleGroup } from '../../ui/toggle-group.tsx'
import { INVITATION_STATES, type Invitation, invitationsKey, invitationsQuery } from '../../api/invitations.ts'
import { InvitePeople } from './invite-people.tsx'

const ANY = 'any'
const OPEN: readonly Invitation['state'][] = ['invited', 'resent']
const TONE: Readonly<Record<Invitation['state'], BadgeTone>> = {
  invited: 'info',
  resent: 'info',
  accepted: 'ok',
  expired: 'warn',
  revoked: 'neutral',
}

/** Everybody who was invited, and what became of it. */
export function InvitationsPage() {
  const { t } = useTranslation('people')
  const org = useOrg()
  const url = useUrlState(['q', 'state'])
  const [isInviting, setInviting] = useState(false)
  const filter = { search: url.values.q, state: oneOf(url.values.state, INVITATION_STATES) }
  const list = useList(invitationsQuery(org, filter))
  const menuOf = useInvitationActs()
  const columns = useColumns()
  usePageActions(
    useMemo(
      () => [
        {
          id: 'invite-people',
          label: t('invitePeopleMore'),
          keywords: ['add', 'people'],
          icon: <MailPlus size={15} />,
          run: () => setInviting(true),
        },
      ],
      [t],
    ),
  )
  const invite = (
    <Button variant="primary" onClick={() => setInviting(true)}>
      <MailPlus size={15} aria-hidden />
      {t('invitePeopleMore')}
    </Button>
  )
  return (
    <Page kind="list">
      <PageHeader
        title={t('invitations')}
        purpose={t('invitationsPurpose')}
        actions={
          <>
            <CopyAsCurl path={`/api/orgs/${org}/invitations`} query={filter} />
            <ButtonLink to="/o/$org/people" params={{ org }}>
              {t('backToPeople')}
            </ButtonLink>
            {invite}
          </>
        }
      />
      <FilterBar
        isSet={url.isSet}
        onClear={url.clear}
        views={
          <ToggleGroup
            label={t('status')}
            value={filter.state ?? ANY}
            options={[
              { value: ANY, label: t('invitationStates.any') },
              ...INVITATION_STATES.map((value) => ({ value, label: t(`invitationStates.${value}`) })),
            ]}
            onChange={(state) => url.set({ state: state === ANY ? undefined : state })}
          />
        }
      >
        <span className="flex-1" />
        <SearchBox label={t('searchEmail')} value={filter.search} onChange={(q) => url.set({ q }, true)} />
      </FilterBar>
      <DataTable
        label={t('invitations')}
        list={list}
        columns={columns}
        rowId={(row) => row.id}
        rowName={(row) => row.email}
        rowMenu={menuOf}
        isFiltered={url.isSet}
        onClearFilters={url.clear}
        searched={filter.search}
        empty={
          <EmptyState icon={MailPlus} title={t('noInvitations')} action={invite}>
            {t('noInvitationsText')}
          </EmptyState>
        }
      />
      <InvitePeople isOpen={isInviting} onClose={() => setInviting(false)} />
    </Page>
  )
}

function useColumns(): readonly Column<Invitation>[] {
  const { t } = useTranslation('people')
  return [
    { id: 'email', header: t('email'), width: 'minmax(200px, 2fr)', cell: (row) => row.email },
    {
      id: 'state',
      header: t('status'),
      width: '130px',
      cell: (row) => <Badge tone={TONE[row.state]}>{t(`invitationStates.${row.state}`)}</Badge>,
    },
    {
      id: 'mail',
      header: t('mail'),
      width: 'minmax(130px, 1fr)',
      isSecondary: true,
      cell: (row) => <MailState row={row} />,
    },
    {
      id: 'by',
      header: t('invitedBy'),
      width: 'minmax(130px, 1fr)',
      isSecondary: true,
      cell: (row) => row.inviter_name,
    },
    { id: 'sent', header: t('sent'), width: '130px', cell: (row) => <TimeAgo at={row.sent_at} /> },
    { id: 'until', header: t('goodUntil'), width: '170px', cell: (row) => <Moment at={row.expires_at} /> },
  ]
}

function MailState({ row }: { readonly row: Invitation }) {
  const { t } = useTranslation('people')
  if (row.mail === null) return <span className="text-fg3">–</span>
  const { state, last_reply } = row.mail
  return (
    <span className={state === 'failed' ? 'text-bad' : 'text-fg2'} title={last_reply ?? undefined}>
      {t(`mailStates.${state}`)}
    </span>
  )
}

function useInvitationActs(): (row: Invitation) => readonly MenuItem[] {
  const { t } = useTranslation('people')
  const { t: words } = useTranslation('words')
  const org = useOrg()
  const client = useQueryClient()
  const paramsOf = (invitation: string) => ({ params: { path: { org, invitation } } })
  const reread = () => client.invalidateQueries({ queryKey: invitationsKey(org) })
  const act = async (run: () => Promise<unknown>, done: string, undo?: () => void) => {
    try {
      await run()
      await reread()
      toastDone(done, undo && { label: words('undo'), run: undo })
    } catch (error) {
      toastProblem(problemText(words, toProblem(error)))
    }
  }
  const restore = (row: Invitation) => {
    const run = () => api.POST('/api/orgs/{org}/invitations/{invitation}/restore', paramsOf(row.id))
    void act(run, t('invitationRestored', { email: row.email }))
  }
  return (row) => [
    ...(row.state === 'accepted' || row.state === 'revoked'
      ? []
      : [
          {
            id: 'resend',
            label: t('resend'),
            icon: RotateCw,
            onSelect: () =>
              void act(
                () => api.POST('/api/orgs/{org}/invitations/{invitation}/resend', paramsOf(row.id)),
                t('resentTo', { email: row.email }),
              ),
          },
        ]),
    ...(row.state === 'revoked'
      ? [{ id: 'restore', label: t('restoreInvitation'), icon: Undo2, onSelect: () => restore(row) }]
      : []),
    ...(OPEN.includes(row.state)
      ? [
          {
            id: 'revoke',
            label: t('revokeInvitation'),
            icon: X,
            isDangerous: true,
            onSelect: () =>
              void act(
                () => api.POST('/api/orgs/{org}/invitations/{invitation}/revoke', paramsOf(row.id)),
                t('revokedFor', { email: row.email }),
                () => restore(row),
              ),
          },
        ]
      : []),
  ]
}
