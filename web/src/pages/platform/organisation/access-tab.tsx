import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { DoorClosed, Eye, MailPlus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { usePlatformNames } from '../../../api/accounts.ts'
import { answerOf, api } from '../../../api/client.ts'
import { useList } from '../../../api/list.ts'
import { type PlatformOrganisation, settingsQuery } from '../../../api/platform.ts'
import { toProblem } from '../../../api/problem.ts'
import { Card } from '../../../components/page.tsx'
import { problemText } from '../../../components/problem-text.ts'
import { EmptyState, ErrorState, Skeleton } from '../../../components/states.tsx'
import { Moment } from '../../../components/time-ago.tsx'
import { Badge } from '../../../ui/badge.tsx'
import { Button } from '../../../ui/button.tsx'
import { SwitchField } from '../../../ui/switch.tsx'
import { toastDone, toastProblem } from '../../../ui/toast.tsx'
import { InvitePerson } from './invite-person.tsx'
import { type Access, accessesQuery, entitlementQuery, keyOf } from './queries.ts'

/** Who is brought in, how its people may sign in, and which super-admin looked into it. */
export function AccessTab({ organisation }: { readonly organisation: PlatformOrganisation }) {
  const { t } = useTranslation('platform')
  const [isInviting, setInviting] = useState(false)
  return (
    <div className="flex flex-col gap-5">
      <Card
        title={t('people.title')}
        purpose={t('people.purpose')}
        actions={
          <Button size="compact" onClick={() => setInviting(true)}>
            <MailPlus size={14} aria-hidden />
            {t('invite.more')}
          </Button>
        }
      >
        <p className="text-fg2">{t('people.text')}</p>
        <InvitePerson organisation={organisation} isOpen={isInviting} onClose={() => setInviting(false)} />
      </Card>
      <SingleSignOn organisation={organisation} />
      <Accesses organisation={organisation} />
    </div>
  )
}

function SingleSignOn({ organisation }: { readonly organisation: PlatformOrganisation }) {
  const { t } = useTranslation('platform')
  const { t: words } = useTranslation('words')
  const client = useQueryClient()
  const { data, error, refetch } = useQuery(entitlementQuery(organisation.id))
  const set = useMutation({
    mutationFn: (is_entitled: boolean) =>
      answerOf(
        api.PUT('/api/platform/organisations/{organisation}/sso-entitlement', {
          params: { path: { organisation: organisation.id } },
          body: { is_entitled, contact: data?.contact ?? '' },
        }),
      ),
    onSuccess: () => client.invalidateQueries({ queryKey: keyOf(organisation.id) }),
    onError: (failure) => toastProblem(problemText(words, toProblem(failure))),
  })
  return (
    <Card title={t('sso.title')}>
      {data === undefined ? (
        error === null ? (
          <Skeleton lines={2} />
        ) : (
          <ErrorState error={error} onRetry={() => void refetch()} />
        )
      ) : (
        <SwitchField
          label={t('sso.entitled')}
          hint={t('sso.entitledHint')}
          isOn={data.is_entitled}
          isDisabled={set.isPending}
          onChange={(isOn) => set.mutate(isOn)}
        />
      )}
    </Card>
  )
}

/** Super-admins who opened the organisation with a reason, newest first; an access that is open can be closed. */
function Accesses({ organisation }: { readonly organisation: PlatformOrganisation }) {
  const { t } = useTranslation('platform')
  const { t: words } = useTranslation('words')
  const client = useQueryClient()
  const { data: settings } = useQuery(settingsQuery)
  const list = useList(accessesQuery(organisation.id))
  const nameOf = usePlatformNames(list.rows?.map(({ user_id }) => user_id) ?? [])
  const close = useMutation({
    mutationFn: (access: string) =>
      answerOf(api.POST('/api/platform/content-accesses/{access}/close', { params: { path: { access } } })),
    async onSuccess() {
      await client.invalidateQueries({ queryKey: keyOf(organisation.id) })
      toastDone(t('access.closed_'))
    },
    onError: (error) => toastProblem(problemText(words, toProblem(error))),
  })
  return (
    <Card
      title={t('access.title')}
      purpose={t(settings?.content_access === 'reason_required' ? 'access.purpose' : 'access.purposeOpen')}
      isFlush
    >
      {list.error !== null && <ErrorState error={list.error} onRetry={list.reload} />}
      {list.rows?.length === 0 && <EmptyState icon={Eye} title={t('access.empty')} />}
      <ul className="mt-2 divide-y border-t empty:hidden">
        {list.rows?.map((access) => (
          <li key={access.id} className="flex flex-wrap items-start gap-x-4 gap-y-1 px-4 py-3">
            <div className="min-w-0 flex-1 basis-60">
              <p className="font-medium">{nameOf(access.user_id)}</p>
              <p className="text-fg2">{access.reason}</p>
              <p className="meta text-fg3">
                <Moment at={access.opened_at} /> – <Moment at={access.closed_at ?? access.expires_at} />
              </p>
            </div>
            {isOpen(access) ? (
              <Button size="compact" isBusy={close.isPending} onClick={() => close.mutate(access.id)}>
                <DoorClosed size={14} aria-hidden />
                {t('access.close')}
              </Button>
            ) : (
              <Badge>{t('access.over')}</Badge>
            )}
          </li>
        ))}
      </ul>
    </Card>
  )
}

const isOpen = ({ closed_at, expires_at }: Access): boolean => closed_at === null && Date.parse(expires_at) > Date.now()
