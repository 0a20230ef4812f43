import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../components/format.ts'
import { Card } from '../../components/page.tsx'
import { ProblemBanner } from '../../components/problem-banner.tsx'
import { Skeleton } from '../../components/states.tsx'
import { Moment } from '../../components/time-ago.tsx'
import { useRested } from '../../components/use-rested.ts'
import { toProblem } from '../../api/problem.ts'
import { useOrg } from '../../session/facts.ts'
import { Banner } from '../../ui/banner.tsx'
import { TextLink } from '../../ui/button.tsx'
import { cx } from '../../ui/cx.ts'
import { KINDS, type PolicyField } from '../../components/policy-fields.ts'
import { effectQuery, type PolicyDocument, type PolicyEffect } from '../../api/policy.ts'

const REST_MS = 350
/** As long as the API takes a document in the address of a question. */
const MAX_CHARACTERS = 6000
/** The record of an execution does not tell what these would have done. */
const NOT_REPLAYED: ReadonlySet<PolicyField> = new Set([
  'ack_timeout_days',
  'distinct_approvers',
  'max_input_bytes',
  'on_quota_exceeded',
  'store_content',
])

type Outcome = PolicyEffect['outcomes'][number]['outcome']
type Pair = Pick<PolicyEffect['changes'][number], 'before' | 'after'>

const COLOUR: Readonly<Record<Outcome, string>> = {
  unattended: 'var(--chart-2)',
  acknowledged: 'var(--chart-1)',
  approved: 'var(--chart-3)',
  signed_off: 'var(--chart-5)',
  cut_off: 'var(--chart-7)',
  refused: 'var(--chart-4)',
}

/** What the policy in the form would have made of the last 30 days, before it is put in force. */
export function EffectCard(props: {
  readonly document: PolicyDocument
  readonly changed: readonly PolicyField[]
  readonly isChanged: boolean
}) {
  const { t } = useTranslation('policies')
  const org = useOrg()
  const json = JSON.stringify(props.document)
  const asked = useRested(json, REST_MS)
  const isShort = asked.length <= MAX_CHARACTERS
  const { data, error, isPlaceholderData } = useQuery({
    ...effectQuery(org, asked),
    enabled: props.isChanged && isShort,
  })
  const untold = props.changed.filter((field) => NOT_REPLAYED.has(field)).map((field) => t(`fields.${field}.label`))
  if (!props.isChanged) {
    return (
      <Card title={t('effect.title')}>
        <p className="text-fg2">{t('effect.nothingYet')}</p>
      </Card>
    )
  }
  return (
    <Card title={t('effect.title')} purpose={t('effect.purpose')}>
      <div
        aria-live="polite"
        className={cx('flex flex-col gap-4', (isPlaceholderData || asked !== json) && 'opacity-60')}
      >
        {!isShort && <p className="text-fg2">{t('effect.tooLong')}</p>}
        {isShort && error !== null && <ProblemBanner problem={toProblem(error)} />}
        {isShort && error === null && (data === undefined ? <Skeleton lines={4} /> : <Effect effect={data} />)}
        {untold.length > 0 && <p className="meta text-fg3">{t('effect.notReplayed', { fields: untold.join(', ') })}</p>}
      </div>
    </Card>
  )
}

function Effect({ effect }: { readonly effect: PolicyEffect }) {
  const { t } = useTranslation('policies')
  const format = useFormat()
  const { executions, changed, people, outcomes, is_complete, apps, missing } = effect
  const figures = { changed: format.number(changed), total: format.number(executions), count: executions }
  return (
    <>
      {missing.map(({ level, needed, found }) => (
        <Banner
          key={level}
          tone="warn"
          title={t(level === 2 ? 'effect.missing2' : 'effect.missing3', { needed, found })}
        />
      ))}
      {executions === 0 ? (
        <p className="text-fg2">{t('effect.nobody')}</p>
      ) : (
        <>
          <p className="text-sm">
            <span className="font-medium">
              {changed === 0 ? t('effect.nothing', figures) : t('effect.headline', figures)}
            </span>
            {people > 0 && (
              <span className="ms-1.5 text-fg2">
                {t('effect.people', { count: people, text: format.number(people) })}
              </span>
            )}
            {!is_complete && <span className="meta ms-1.5 text-fg3">{t('effect.newestOnly')}</span>}
          </p>
          <Outcomes outcomes={outcomes} />
        </>
      )}
      <Ways effect={effect} />
      {apps.length > 0 && <Apps apps={apps} />}
    </>
  )
}

/** Two bars of the same length, as it was and as it would have been, with their figures. */
function Outcomes({ outcomes }: Pick<PolicyEffect, 'outcomes'>) {
  const { t } = useTranslation('policies')
  const format = useFormat()
  const sides = ['before', 'after'] as const
  return (
    <div className="flex flex-col gap-2.5">
      {sides.map((side) => (
        <div key={side} className="grid grid-cols-[72px_minmax(0,1fr)] items-center gap-3">
          <span className="meta text-fg2">{t(`effect.${side}`)}</span>
          <span aria-hidden className="flex h-3.5 gap-px overflow-hidden rounded-sm bg-hover2">
            {outcomes.map(({ outcome, [side]: count }) =>
              count === 0 ? null : (
                <span key={outcome} style={{ flexGrow: count, minWidth: 3, background: COLOUR[outcome] }} />
              ),
            )}
          </span>
        </div>
      ))}
      <ul className="meta flex flex-wrap gap-x-5 gap-y-1">
        {outcomes.map(({ outcome, before, after }) => (
          <li key={outcome} className="flex items-center gap-1.5">
            <span aria-hidden className="size-2 rounded-xs" style={{ background: COLOUR[outcome] }} />
            <span className="text-fg2">{t(`effect.outcomes.${outcome}`)}</span>
            <span className="tabular-nums">
              {before === after ? (
                format.number(after)
              ) : (
                <>
                  <span className="text-fg3">{format.number(before)} → </span>
                  <span className="font-medium">{format.number(after)}</span>
                </>
              )}
            </span>
          </li>
        ))}
      </ul>
    </div>
  )
}

/** Whether a rule is a field of the policy: then it has a name on this page. */
const isField = (rule: string): rule is PolicyField => Object.hasOwn(KINDS, rule)

function Way({ before, after }: Pair) {
  const { t } = useTranslation('policies')
  const format = useFormat()
  const isQuorum = before.outcome === after.outcome
  const name = (one: Pair['before']) =>
    isQuorum
      ? `${t(`effect.outcomes.${one.outcome}`)} (${t('effect.persons', { count: one.persons, text: format.number(one.persons) })})`
      : t(`effect.outcomes.${one.outcome}`)
  const { rule } = after.rule === null ? before : after
  const because =
    rule === null ? null : isField(rule) ? t(`fields.${rule}.label`) : t(`effect.rules.${rule}`, { defaultValue: rule })
  return (
    <span>
      {t('effect.way', { before: name(before), after: name(after) })}
      {because !== null && <span className="ms-1.5 text-fg3">{t('effect.because', { rule: because })}</span>}
    </span>
  )
}

function Ways({ effect }: { readonly effect: PolicyEffect }) {
  const { t } = useTranslation('policies')
  const org = useOrg()
  if (effect.changes.length === 0) return null
  return (
    <>
      <ul className="flex flex-col gap-1">
        {effect.changes.map(({ executions, before, after }) => (
          <li key={JSON.stringify([before, after])} className="flex gap-2">
            <span className="min-w-10 text-end font-medium tabular-nums">{executions}</span>
            <Way before={before} after={after} />
          </li>
        ))}
      </ul>
      <section aria-label={t('effect.samples')}>
        <h3 className="meta pb-1 font-medium text-fg2">{t('effect.samples')}</h3>
        <ul className="divide-y">
          {effect.samples.map(({ execution_id, name, admitted_at, executions, before, after }) => (
            <li key={execution_id} className="flex flex-wrap items-baseline gap-x-3 py-1.5">
              <TextLink to="/o/$org/executions/$execution" params={{ org, execution: execution_id }}>
                {name}
              </TextLink>
              <span className="meta min-w-0 flex-1 text-fg2">
                <Way before={before} after={after} />
              </span>
              <span className="meta text-fg3">
                <Moment at={admitted_at} />
                {executions > 1 && <span className="ms-2">{t('effect.more', { count: executions - 1 })}</span>}
              </span>
            </li>
          ))}
        </ul>
      </section>
    </>
  )
}

function Apps({ apps }: Pick<PolicyEffect, 'apps'>) {
  const { t } = useTranslation('policies')
  return (
    <section aria-label={t('effect.apps')}>
      <h3 className="meta pb-1 font-medium text-fg2">
        {t('effect.apps')} <span className="font-normal text-fg3">{t('effect.appsNote')}</span>
      </h3>
      <ul className="divide-y">
        {apps.map(({ app_id, name, before, after }) => (
          <li key={app_id} className="flex flex-wrap items-baseline gap-x-3 py-1.5">
            <span className="font-medium">{name}</span>
            <span className="meta text-fg2">
              <Way before={before} after={after} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
