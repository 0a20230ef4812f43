import { useTranslation } from 'react-i18next'
import { useMemberName } from '../api/directory.ts'
import { Card } from './page.tsx'
import { StateBadge } from './state-badge.tsx'
import { TimeAgo } from './time-ago.tsx'
import type { Supervision } from '../api/runs.ts'

const LEVELS = [1, 2, 3] as const

/** Who decided what so far, and why each level is asked for. */
export function DecidedSoFar({ supervision }: { readonly supervision: Supervision }) {
  const { t } = useTranslation('approvals')
  const { decisions, levels } = supervision
  return (
    <>
      <Card title={t('soFar')}>
        {decisions.length === 0 ? (
          <p className="text-fg2">{t('nobodyYet')}</p>
        ) : (
          <ol className="flex flex-col gap-3">
            {decisions.map((decision) => (
              <One key={decision.id} decision={decision} />
            ))}
          </ol>
        )}
      </Card>
      <Card title={t('whyLevels')}>
        <ul className="flex flex-col gap-2">
          {LEVELS.filter((level) => levels[`level${level}`]).map((level) => (
            <li key={level}>
              <span className="font-medium">{t(`levels.${level}`)}</span>
              <span className="meta block text-fg3">
                {levels.demands
                  .filter((demand) => demand.level === level)
                  .map(({ rule, set_by }) => {
                    const by = t(`setBy.${set_by}`, { defaultValue: set_by })
                    return `${t(`rules.${rule}`, { defaultValue: rule.replaceAll('_', ' ') })} (${by})`
                  })
                  .join(' · ')}
              </span>
            </li>
          ))}
        </ul>
        {levels.distinct_approvers && <p className="meta mt-3 text-fg3">{t('distinct')}</p>}
      </Card>
    </>
  )
}

function One({ decision }: { readonly decision: Supervision['decisions'][number] }) {
  const { t } = useTranslation('approvals')
  const nameOf = useMemberName()
  return (
    <li>
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <span className="font-medium">{nameOf(decision.member_id) ?? t('removed')}</span>
        <StateBadge state={t(`acted.${decision.act}`, { defaultValue: decision.act })} />
        <span className="meta text-fg3">
          <TimeAgo at={decision.decided_at} />
        </span>
      </p>
      {decision.on_behalf_of !== null && (
        <p className="meta text-fg3">{t('onBehalf', { name: nameOf(decision.on_behalf_of) ?? '' })}</p>
      )}
      {!decision.counts && <p className="meta text-fg3">{t('void', { number: decision.revision })}</p>}
      {decision.comment !== null && (
        <p className="mt-0.5 break-words whitespace-pre-line text-fg2">{decision.comment}</p>
      )}
    </li>
  )
}
