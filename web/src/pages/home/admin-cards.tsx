import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../../api/client.ts'
import { walletQuery } from '../../api/wallet.ts'
import { Avatar } from '../../components/avatar.tsx'
import { Money } from '../../components/figures.tsx'
import { useFormat } from '../../components/format.ts'
import { Card, Facts } from '../../components/page.tsx'
import { ErrorState, Skeleton } from '../../components/states.tsx'
import { useOrg } from '../../session/facts.ts'
import { Badge } from '../../ui/badge.tsx'
import { TextLink } from '../../ui/button.tsx'

const SHOWN = 8

/** How many people there are, and the newest of them. For those who may add people. */
export function Team() {
  const { t } = useTranslation('home')
  const org = useOrg()
  const format = useFormat()
  const { data, error, refetch } = useQuery({
    queryKey: ['org', org, 'members', 'count'],
    queryFn: () => {
      const query = { status: 'active', limit: SHOWN } as const
      return answerOf(api.GET('/api/orgs/{org}/members', { params: { path: { org }, query } }))
    },
  })
  const link = (
    <TextLink to="/o/$org/people" params={{ org }}>
      {t('seePeople')}
    </TextLink>
  )
  return (
    <Card title={t('team')} actions={link}>
      {data === undefined ? (
        error === null ? (
          <Skeleton />
        ) : (
          <ErrorState error={error} onRetry={() => void refetch()} />
        )
      ) : (
        <>
          <p className="text-kpi font-semibold tabular-nums">
            {t('members', { count: data.active_members, text: format.number(data.active_members) })}
          </p>
          <div className="mt-3 flex -space-x-1.5">
            {data.items.map((person) => (
              <span key={person.id} className="rounded-full ring-2 ring-surface">
                <Avatar name={person.display_name ?? person.email ?? ''} />
              </span>
            ))}
          </div>
        </>
      )}
    </Card>
  )
}

/** How the organisation pays, and what it has. For those who manage its billing. */
export function BillingStatus() {
  const { t } = useTranslation('home')
  const org = useOrg()
  const { data, error, refetch } = useQuery(walletQuery(org))
  return (
    <Card title={t('billingStatus')}>
      {data === undefined ? (
        error === null ? (
          <Skeleton />
        ) : (
          <ErrorState error={error} onRetry={() => void refetch()} />
        )
      ) : (
        <Facts
          facts={[
            {
              label: t('billingMode'),
              value: <Badge>{t(`billingModes.${data.billing_mode}`, { defaultValue: data.billing_mode })}</Badge>,
            },
            { label: t('balance'), value: <Money micros={data.balance_micros} currency={data.currency} /> },
            { label: t('held'), value: <Money micros={data.held_micros} currency={data.currency} /> },
            { label: t('available'), value: <Money micros={data.available_micros} currency={data.currency} /> },
          ]}
        />
      )}
    </Card>
  )
}
