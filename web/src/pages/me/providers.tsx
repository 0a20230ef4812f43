import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Building2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../../api/client.ts'
import { toProblem } from '../../api/problem.ts'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { Card } from '../../components/page.tsx'
import { ProblemBanner } from '../../components/problem-banner.tsx'
import { Day, TimeAgo } from '../../components/time-ago.tsx'
import { useMe } from '../../session/facts.ts'
import { Button } from '../../ui/button.tsx'
import { toastDone } from '../../ui/toast.tsx'

const identitiesKey = ['me', 'sso identities'] as const

const readIdentities = () => answerOf(api.GET('/api/me/sso-identities'))
type Identity = Awaited<ReturnType<typeof readIdentities>>['items'][number]

/** The identity providers through which one's account is reached. Nothing where there are none and could be none. */
export function Providers() {
  const { t } = useTranslation('me')
  const { email } = useMe()
  const client = useQueryClient()
  const { data } = useQuery({ queryKey: identitiesKey, queryFn: readIdentities })
  const { data: ways } = useQuery({
    queryKey: ['me', 'sign-in ways', email],
    queryFn: () => answerOf(api.POST('/api/sign-in-ways', { body: { email } })),
  })
  const [unlinking, setUnlinking] = useState<Identity | null>(null)
  const link = useMutation({
    mutationFn: (connection_id: string) =>
      answerOf(api.POST('/api/me/sso-identities', { body: { connection_id, return_to: '/me?tab=security' } })),
    onSuccess: ({ authorization_url }) => location.assign(authorization_url),
  })
  const identities = data?.items ?? []
  const offered = ways?.sso ?? null
  const mayLink = offered !== null && identities.every(({ connection_id }) => connection_id !== offered.connection_id)
  if (identities.length === 0 && !mayLink) return null
  const unlink = async ({ id, connection_name }: Identity) => {
    await api.DELETE('/api/me/sso-identities/{identity}', { params: { path: { identity: id } } })
    toastDone(t('unlinked', { name: connection_name }))
    await client.invalidateQueries({ queryKey: identitiesKey })
  }
  return (
    <Card title={t('providers')} purpose={t('providersPurpose')}>
      <div className="flex flex-col gap-3">
        <ul className="divide-y">
          {identities.map((identity) => (
            <li key={identity.id} className="flex items-center gap-3 py-2.5 first:pt-0 last:pb-0">
              <Building2 size={16} aria-hidden className="shrink-0 text-fg3" />
              <div className="min-w-0 flex-1">
                <p className="truncate">{identity.connection_name}</p>
                <p className="meta text-fg3">
                  {t('linkedOn')} <Day at={identity.created_at} />
                  {identity.last_used_at !== null && (
                    <>
                      {' · '}
                      {t('lastUsed')} <TimeAgo at={identity.last_used_at} />
                    </>
                  )}
                </p>
              </div>
              <Button size="compact" onClick={() => setUnlinking(identity)}>
                {t('unlinkMore')}
              </Button>
            </li>
          ))}
        </ul>
        {link.error !== null && <ProblemBanner problem={toProblem(link.error)} />}
        {mayLink && (
          <Button className="self-start" isBusy={link.isPending} onClick={() => link.mutate(offered.connection_id)}>
            {t('linkWith', { name: offered.name })}
          </Button>
        )}
      </div>
      {unlinking !== null && (
        <ConfirmDialog
          isOpen
          onClose={() => setUnlinking(null)}
          title={t('unlinkTitle', { name: unlinking.connection_name })}
          confirmLabel={t('unlink')}
          onConfirm={() => unlink(unlinking)}
        >
          {t('unlinkText')}
        </ConfirmDialog>
      )}
    </Card>
  )
}
