import { Network, RefreshCw } from 'lucide-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useNames } from '../api/directory.ts'
import type { Column } from './data-table-props.ts'
import { useFormat } from './format.ts'
import { Day, TimeAgo } from './time-ago.tsx'
import { useOrg } from '../session/facts.ts'
import { Badge } from '../ui/badge.tsx'
import { Tooltip } from '../ui/tooltip.tsx'
import type { ApiKey, Whose } from '../api/api-keys.ts'

const SOON_MS = 14 * 86_400_000

type Named = { readonly id: string; readonly name: string }

/** What the list of keys shows of each; whose it is where that differs. */
export function useKeyColumns(
  rows: readonly ApiKey[],
  projects: readonly Named[],
  whose: Whose,
): readonly Column<ApiKey>[] {
  const { t } = useTranslation('api-keys')
  const org = useOrg()
  const format = useFormat()
  const nameOf = useNames(
    org,
    rows.map((key) => key.member_id ?? key.created_by),
  )
  return useMemo(() => {
    const projectOf = (id: string) => projects.find((each) => each.id === id)?.name ?? `…${id.slice(-8)}`
    const holderOf = ({ member_id }: ApiKey) =>
      member_id === null ? t('ofOrganisation') : (nameOf(member_id) ?? `…${member_id.slice(-8)}`)
    const columns: readonly Column<ApiKey>[] = [
      {
        id: 'name',
        orderBy: ({ name }) => name,
        header: t('name'),
        width: 'minmax(150px, 2fr)',
        cell: (key) => <span className="font-medium">{key.name}</span>,
      },
      {
        id: 'key',
        header: t('key'),
        width: 'minmax(130px, 1fr)',
        cell: (key) => <KeyMask apiKey={key} />,
      },
      ...(whose === 'anybody'
        ? [{ id: 'holder', header: t('holder'), width: 'minmax(130px, 1fr)', cell: holderOf }]
        : []),
      {
        id: 'scopes',
        header: t('scopes'),
        width: 'minmax(150px, 2fr)',
        cell: (key) => (
          <Tooltip text={key.scopes.join(', ')}>
            <span tabIndex={0}>
              {key.scopes.length === 1 ? key.scopes[0] : t('scopeCount', { count: key.scopes.length })}
            </span>
          </Tooltip>
        ),
      },
      {
        id: 'project',
        header: t('project'),
        width: 'minmax(110px, 1fr)',
        isSecondary: true,
        cell: (key) => projectOf(key.project_id),
      },
      {
        id: 'used',
        orderBy: ({ last_used_at }) => last_used_at,
        header: t('lastUsed'),
        width: 'minmax(125px, 1fr)',
        isNumber: true,
        cell: (key) => (key.last_used_at === null ? t('never') : <TimeAgo at={key.last_used_at} />),
      },
      {
        id: 'expires',
        orderBy: ({ expires_at }) => expires_at,
        header: t('expires'),
        width: 'minmax(120px, 1fr)',
        isNumber: true,
        cell: (key) => <Expiry apiKey={key} />,
      },
    ]
    return columns
  }, [t, projects, nameOf, whose, format])
}

/** The end of the key; with it that an older secret is still good, and that it is bound to addresses. */
function KeyMask({ apiKey }: { readonly apiKey: ApiKey }) {
  const { t } = useTranslation('api-keys')
  const { mask, addresses, previous_valid_until } = apiKey
  const format = useFormat()
  const isOverlapping = previous_valid_until !== null && new Date(previous_valid_until).getTime() > Date.now()
  return (
    <span className="flex items-center gap-1.5">
      <code className="font-mono text-[12px] text-fg2">{mask}</code>
      {addresses.length > 0 && (
        <Tooltip text={addresses.join(', ')}>
          <span tabIndex={0} className="text-fg3">
            <Network size={13} aria-label={t('restricted', { count: addresses.length })} />
          </span>
        </Tooltip>
      )}
      {isOverlapping && (
        <Tooltip text={`${t('overlapUntil')} ${format.moment(previous_valid_until)}`}>
          <span tabIndex={0} className="text-warn">
            <RefreshCw size={13} aria-label={`${t('overlapUntil')} ${format.moment(previous_valid_until)}`} />
          </span>
        </Tooltip>
      )}
    </span>
  )
}

function Expiry({ apiKey }: { readonly apiKey: ApiKey }) {
  const { t } = useTranslation('api-keys')
  const left_ms = new Date(apiKey.expires_at).getTime() - Date.now()
  if (apiKey.revoked_at !== null) return <Day at={apiKey.revoked_at} />
  if (left_ms <= 0) return <Badge tone="bad">{t('expired')}</Badge>
  return left_ms < SOON_MS ? (
    <Badge tone="warn">
      <Day at={apiKey.expires_at} />
    </Badge>
  ) : (
    <Day at={apiKey.expires_at} />
  )
}
