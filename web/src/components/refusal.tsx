// Which rule refused an execution, who set it, and on which numbers. The entry of the log says so; what it does not say is not
// shown.

import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useMemberName } from '../api/directory.ts'
import { walletQuery } from '../api/wallet.ts'
import { useAccess, useOrg } from '../session/facts.ts'
import { TextLink } from '../ui/button.tsx'
import { Meter } from '../ui/meter.tsx'
import { CopyId } from './copy-id.tsx'
import { useFormat } from './format.ts'
import { numberAt, textAt } from './json-value.ts'
import { type Fact, Facts } from './page.tsx'
import { TimeAgo } from './time-ago.tsx'

type Refused = { readonly event: string; readonly reason_code: string | null; readonly data?: unknown }

const EVENTS: ReadonlySet<string> = new Set([
  'policy.check_failed',
  'quota.blocked',
  'spend_limit.blocked',
  'wallet.blocked',
])

/** Whether the entry tells of an execution that was refused. */
export const isRefusal = ({ event }: Refused): boolean => EVENTS.has(event)

/** The decision that an entry of a refusal tells of. */
export function Refusal({ entry }: { readonly entry: Refused }) {
  const { t } = useTranslation(['words', 'policies'])
  const { data } = entry
  const rule = textAt(data, 'rule')
  const code = entry.reason_code ?? ''
  const refusedBy =
    rule === null
      ? t(`refusal.reasons.${code}`, { defaultValue: code })
      : t(`policies:fields.${rule}.label`, { defaultValue: t(`refusal.rules.${rule}`, { defaultValue: rule }) })
  const facts: readonly Fact[] = [{ label: t('refusal.rule'), value: refusedBy }, ...useLevel(data), ...useAsked(data)]
  return (
    <section aria-label={t('refusal.title')} className="flex flex-col gap-2 rounded-lg border bg-sunken p-3">
      <h3 className="font-medium">{t('refusal.title')}</h3>
      <Facts facts={facts} />
      <Numbers data={data} />
    </section>
  )
}

/** Who set the rule: the level of a policy, or whose limit it is. */
function useLevel(data: unknown): readonly Fact[] {
  const { t } = useTranslation('words')
  const org = useOrg()
  const { can } = useAccess()
  const nameOf = useMemberName()
  const label = t('refusal.level')
  const level = textAt(data, 'level')
  if (level !== null) {
    const name = t(`refusal.levels.${level}`, { defaultValue: level })
    const value: ReactNode =
      level === 'organisation' && can('policy.view') ? (
        <TextLink to="/o/$org/policies" params={{ org }}>
          {name}
        </TextLink>
      ) : (
        name
      )
    return [{ label, value }]
  }
  const scope = textAt(data, 'scope')
  if (scope === null) return []
  const scope_id = textAt(data, 'scope_id')
  const kind = t(`refusal.scopes.${scope}`, { defaultValue: scope })
  if (scope_id === null) return [{ label, value: kind }]
  return [
    {
      label,
      value: (
        <>
          {kind} {scope === 'user' ? nameOf(scope_id) : <CopyId id={scope_id} label={kind} />}
        </>
      ),
    },
  ]
}

const ASKED = ['model', 'engine_type', 'provider_type', 'jurisdiction'] as const

/** What was asked for, so far as the entry bears it. */
function useAsked(data: unknown): readonly Fact[] {
  const { t } = useTranslation('words')
  return ASKED.flatMap((name) => {
    const value = textAt(data, name)
    return value === null ? [] : [{ label: t(`refusal.asked.${name}`), value }]
  })
}

/** How much there was, how much of it was used, and how much was asked for. */
function Numbers({ data }: { readonly data: unknown }) {
  const { t } = useTranslation('words')
  const write = useWriter(textAt(data, 'unit'))
  const limit = numberAt(data, 'limit') ?? numberAt(data, 'limit_tokens') ?? numberAt(data, 'limit_bytes')
  const used = numberAt(data, 'used')
  const available = numberAt(data, 'available')
  const requested = numberAt(data, 'requested') ?? numberAt(data, 'asked_tokens') ?? numberAt(data, 'input_bytes')
  const window = textAt(data, 'window')
  const resets_at = textAt(data, 'resets_at')
  const period = window === null ? '' : ` ${t(`period.${window}`, { defaultValue: window })}`
  const said = [
    ...(limit === null || used !== null ? [] : [t('refusal.limit', { amount: write(limit) })]),
    ...(available === null ? [] : [t('refusal.available', { amount: write(available) })]),
    ...(requested === null ? [] : [t('refusal.requested', { amount: write(requested) })]),
  ]
  return (
    <>
      {limit !== null && used !== null && (
        <Meter
          label={`${t('refusal.used')}${period}`}
          value={used}
          max={limit}
          text={t('usedOf', { used: write(used), limit: write(limit) })}
        />
      )}
      {said.length > 0 && <p className="text-fg2 tabular-nums">{said.join(' ')}</p>}
      {resets_at !== null && (
        <p className="meta text-fg3">
          {t('resets')} <TimeAgo at={resets_at} />
        </p>
      )}
    </>
  )
}

/** Writes an amount of tokens, bytes or money; money only for who may know the currency of the wallet. */
function useWriter(unit: string | null): (amount: number) => string {
  const format = useFormat()
  const org = useOrg()
  const { can } = useAccess()
  const isMoney = unit === 'micros'
  const { data: wallet } = useQuery({ ...walletQuery(org), enabled: isMoney && can('billing.view') })
  return (amount) => {
    if (!isMoney) return format.number(amount)
    return wallet === undefined ? format.number(amount / 1_000_000) : format.money(amount, wallet.currency)
  }
}
