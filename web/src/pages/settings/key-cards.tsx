import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { ErrorState, Skeleton } from '../../components/states.tsx'
import { Card } from '../../components/page.tsx'
import { Day } from '../../components/time-ago.tsx'
import { useOrg } from '../../session/facts.ts'
import { Badge } from '../../ui/badge.tsx'
import { TextLink } from '../../ui/button.tsx'
import { accessKeysQuery, ownProvidersQuery } from './queries.ts'

type Line = { readonly id: string; readonly name: string; readonly key: ReactNode; readonly note: ReactNode }

function Lines({ lines, empty }: { readonly lines: readonly Line[]; readonly empty: string }) {
  if (lines.length === 0) return <p className="text-fg2">{empty}</p>
  return (
    <ul className="divide-y">
      {lines.map(({ id, name, key, note }) => (
        <li key={id} className="flex flex-wrap items-center gap-x-4 gap-y-1 py-2 first:pt-0 last:pb-0">
          <span className="min-w-0 flex-1 truncate font-medium">{name}</span>
          {key}
          {note !== null && <span className="meta min-w-36 text-end text-fg3">{note}</span>}
        </li>
      ))}
    </ul>
  )
}

const mask = (text: string) => <code className="font-mono text-[12px] text-fg2">{text}</code>

/** The keys with which the organisation calls its own providers, masked: the owner's. */
export function ProviderKeys() {
  const { t } = useTranslation('settings')
  const org = useOrg()
  const { data, error, refetch } = useQuery(ownProvidersQuery(org))
  const link = (
    <TextLink to="/o/$org/providers" params={{ org }} search={{ tab: 'providers' }}>
      {t('manageProviders')}
    </TextLink>
  )
  return (
    <Card title={t('providerKeys')} purpose={t('providerKeysText')} actions={link}>
      {data === undefined ? (
        error === null ? (
          <Skeleton />
        ) : (
          <ErrorState error={error} onRetry={() => void refetch()} />
        )
      ) : (
        <Lines
          empty={t('noProviderKeys')}
          lines={data.items.map(({ id, name, has_key, key_mask, status }) => ({
            id,
            name,
            key: has_key ? mask(key_mask ?? '…') : <Badge tone="warn">{t('noKey')}</Badge>,
            note: status === 'disabled' ? t('off') : null,
          }))}
        />
      )}
    </Card>
  )
}

/** The organisation's own access keys: with them its programs call Reeve. */
export function AccessKeys() {
  const { t } = useTranslation('settings')
  const org = useOrg()
  const { data, error, refetch } = useQuery(accessKeysQuery(org))
  const link = (
    <TextLink to="/o/$org/api-keys" params={{ org }} search={{ whose: 'organisation' }}>
      {t('manageKeys')}
    </TextLink>
  )
  return (
    <Card title={t('accessKeys')} purpose={t('accessKeysText')} actions={link}>
      {data === undefined ? (
        error === null ? (
          <Skeleton />
        ) : (
          <ErrorState error={error} onRetry={() => void refetch()} />
        )
      ) : (
        <Lines
          empty={t('noAccessKeys')}
          lines={data.items.map((key) => ({
            id: key.id,
            name: key.name,
            key: mask(key.mask),
            note: (
              <>
                {t('expires')} <Day at={key.expires_at} />
              </>
            ),
          }))}
        />
      )}
    </Card>
  )
}
