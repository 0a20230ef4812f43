import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { walletQuery } from '../api/wallet.ts'
import { useAccess, useOrg } from '../session/facts.ts'
import { Badge } from '../ui/badge.tsx'
import { Meter } from '../ui/meter.tsx'
import { useFormat } from './format.ts'
import { TimeAgo } from './time-ago.tsx'

export type LimitWindow = {
  readonly period: string
  readonly limit: number | null
  readonly top_up: number
  readonly used: number
  readonly room: number | null
  readonly resets_at: string | null
  readonly is_binding: boolean
}

export type LimitScope = {
  readonly scope_kind: string
  readonly scope_id: string | null
  readonly name: string | null
  readonly tokens: readonly LimitWindow[]
  readonly micros?: readonly LimitWindow[]
}

/** Every limit that holds, from the narrow scope to the wide one, with the one that binds first marked. */
export function QuotaLadder({ scopes, empty }: { readonly scopes: readonly LimitScope[]; readonly empty: string }) {
  const org = useOrg()
  const { can } = useAccess()
  const { data: wallet } = useQuery({ ...walletQuery(org), enabled: can('billing.view') })
  const rungs = scopes.flatMap((scope) => [
    ...scope.tokens.map((window) => ({ scope, window, unit: 'tokens' as const })),
    ...(scope.micros ?? []).map((window) => ({ scope, window, unit: 'micros' as const })),
  ])
  const set = rungs.filter(({ window }) => window.limit !== null)
  if (set.length === 0) return <p className="text-fg2">{empty}</p>
  return (
    <ul className="flex flex-col gap-4">
      {set.map(({ scope, window, unit }) => (
        <li key={`${scope.scope_kind} ${scope.scope_id} ${unit} ${window.period}`}>
          <Rung scope={scope} window={window} currency={unit === 'micros' ? (wallet?.currency ?? null) : null} />
        </li>
      ))}
    </ul>
  )
}

function Rung(props: { readonly scope: LimitScope; readonly window: LimitWindow; readonly currency: string | null }) {
  const { t } = useTranslation('words')
  const format = useFormat()
  const { scope, window, currency } = props
  const max = (window.limit ?? 0) + window.top_up
  const write = (value: number) => (currency === null ? format.compact(value) : format.money(value, currency))
  const kind = t(`scope.${scope.scope_kind}`, { defaultValue: scope.scope_kind })
  const period = t(`period.${window.period}`, { defaultValue: window.period })
  return (
    <>
      <Meter
        label={
          <>
            {kind}
            {scope.name !== null && `: ${scope.name}`} <span className="font-normal text-fg3">· {period}</span>
          </>
        }
        value={window.used}
        max={max}
        text={t('usedOf', { used: write(window.used), limit: write(max) })}
        isMarked={window.is_binding}
      />
      <p className="meta mt-1 flex flex-wrap items-center gap-2 text-fg3">
        {window.is_binding && <Badge tone="accent">{t('binding')}</Badge>}
        {window.resets_at !== null && (
          <span>
            {t('resets')} <TimeAgo at={window.resets_at} />
          </span>
        )}
      </p>
    </>
  )
}
