import { useTranslation } from 'react-i18next'
import { useFormat } from '../../components/format.ts'
import { Card } from '../../components/page.tsx'
import { StateBadge } from '../../components/state-badge.tsx'
import { useOrg } from '../../session/facts.ts'
import { TextLink } from '../../ui/button.tsx'
import type { RunDetail } from '../../api/runs.ts'

const SECOND_MS = 1000

const lasted = (ms: number, write: (value: number) => string): string =>
  ms < SECOND_MS ? `${write(Math.max(0, Math.round(ms)))} ms` : `${write(Math.round(ms / (SECOND_MS / 10)) / 10)} s`

/** What the pipeline did, step by step, as it happens. */
export function RunSteps({ run }: { readonly run: RunDetail }) {
  const { t } = useTranslation('runs')
  const org = useOrg()
  const format = useFormat()
  const titles = new Map(run.pipeline.map(({ id, title }) => [id, title]))
  const started = new Set(run.steps.map(({ node_id }) => node_id))
  const waiting = run.pipeline.filter(({ id }) => !started.has(id))
  return (
    <Card title={t('steps')} purpose={t('stepsPurpose')}>
      <ol className="flex flex-col divide-y">
        {run.steps.map((step) => (
          <li key={step.path} className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2">
            <span className="min-w-0 flex-1">
              <span className="block truncate font-medium">{titles.get(step.node_id) ?? step.node_id}</span>
              <span className="meta block text-fg3">
                {t(`nodes.${step.node_type}`, { defaultValue: step.node_type })}
                {step.retries > 0 && ` · ${t('retries', { count: step.retries })}`}
                {step.error_code !== null && ` · ${step.error_code}`}
              </span>
              {step.error_detail !== null && (
                <span className="meta block break-words text-bad">{step.error_detail}</span>
              )}
            </span>
            {step.call_execution_id !== null && (
              <TextLink to="/o/$org/executions/$execution" params={{ org, execution: step.call_execution_id }}>
                {t('call')}
              </TextLink>
            )}
            <StateBadge state={step.state} />
            <span className="meta w-16 text-end text-fg3 tabular-nums">
              {step.ended_at === null
                ? ''
                : lasted(Date.parse(step.ended_at) - Date.parse(step.started_at), format.number)}
            </span>
          </li>
        ))}
        {waiting.map((node) => (
          <li key={node.id} className="flex items-center gap-3 py-2 text-fg3">
            <span className="min-w-0 flex-1 truncate">{node.title}</span>
            <span className="meta">{t('notYet')}</span>
          </li>
        ))}
      </ol>
    </Card>
  )
}
