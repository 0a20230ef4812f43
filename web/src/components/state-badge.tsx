import { TriangleAlert } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Badge, type BadgeTone } from '../ui/badge.tsx'
import { cx } from '../ui/cx.ts'

/** One tone per state, the same on every screen. */
const TONE: Readonly<Record<string, BadgeTone>> = {
  active: 'ok',
  finalised: 'ok',
  approved: 'ok',
  completed: 'ok',
  success: 'ok',
  succeeded: 'ok',
  published: 'ok',
  submitted: 'info',
  returned: 'warn',
  withdrawn: 'bad',
  running: 'info',
  signed_off: 'info',
  awaiting_owner: 'warn',
  awaiting_approval: 'warn',
  suspended: 'warn',
  pending_purge: 'bad',
  failed: 'bad',
  failure: 'bad',
  rejected: 'bad',
  denied: 'bad',
  refused: 'bad',
  disabled: 'warn',
}

/** The state of a thing, in a word. */
export function StateBadge({ state }: { readonly state: string }) {
  const { t } = useTranslation('words')
  const text = t(`state.${state}`, { defaultValue: state.replaceAll('_', ' ') })
  return (
    <Badge tone={TONE[state] ?? 'neutral'} isStruck={state === 'cancelled'}>
      {text}
    </Badge>
  )
}

const RISK: Readonly<Record<string, string>> = {
  low: 'text-fg3',
  medium: 'text-fg2',
  high: 'text-warn',
  critical: 'text-bad',
}

/** How much can go wrong, in a word. */
export function RiskBadge({ risk }: { readonly risk: string }) {
  const { t } = useTranslation('words')
  return (
    <span className={cx('inline-flex items-center gap-1 font-medium', RISK[risk] ?? 'text-fg2')}>
      {risk === 'critical' && <TriangleAlert size={13} aria-hidden />}
      {t(`risk.${risk}`, { defaultValue: risk })}
    </span>
  )
}
