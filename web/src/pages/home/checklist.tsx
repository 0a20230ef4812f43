import { useQuery } from '@tanstack/react-query'
import { Circle, CircleCheck } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../../api/client.ts'
import { Card } from '../../components/page.tsx'
import { useAccess, useOrg } from '../../session/facts.ts'
import { TextLink } from '../../ui/button.tsx'
import { cx } from '../../ui/cx.ts'

type Step = { readonly id: 'model' | 'people' | 'call'; readonly isDone: boolean; readonly href: string | null }

/** First steps, read from how things are: a step is done when it was done, and the card goes with the last. */
export function Checklist() {
  const { t } = useTranslation('home')
  const org = useOrg()
  const { can } = useAccess()
  const { data: models } = useQuery({
    queryKey: ['org', org, 'models'],
    queryFn: () => answerOf(api.GET('/api/orgs/{org}/models', { params: { path: { org } } })),
    enabled: can('model.view'),
  })
  const { data: people } = useQuery({
    queryKey: ['org', org, 'members', 'two'],
    queryFn: () => answerOf(api.GET('/api/orgs/{org}/members', { params: { path: { org }, query: { limit: 2 } } })),
    enabled: can('user.invite'),
  })
  const { data: calls } = useQuery({
    queryKey: ['org', org, 'executions', 'one'],
    queryFn: () => answerOf(api.GET('/api/orgs/{org}/executions', { params: { path: { org }, query: { limit: 1 } } })),
    enabled: can('run.view_own'),
  })
  const steps: readonly Step[] = [
    ...(models === undefined ? [] : [{ id: 'model' as const, isDone: models.items.length > 0, href: null }]),
    ...(people === undefined
      ? []
      : [{ id: 'people' as const, isDone: people.items.length > 1, href: `/o/${org}/people` }]),
    ...(calls === undefined ? [] : [{ id: 'call' as const, isDone: calls.items.length > 0, href: null }]),
  ]
  if (steps.every(({ isDone }) => isDone)) return null
  return (
    <Card title={t('firstSteps')} purpose={t('firstStepsPurpose')}>
      <ol className="flex flex-col gap-3">
        {steps.map(({ id, isDone, href }) => (
          <li key={id} className="flex items-start gap-2.5">
            {isDone ? (
              <CircleCheck size={16} className="mt-0.5 shrink-0 text-ok" aria-label={t('stepDone')} />
            ) : (
              <Circle size={16} className="mt-0.5 shrink-0 text-fg3" aria-label={t('stepOpen')} />
            )}
            <div>
              <p className={cx(isDone && 'text-fg3 line-through')}>
                {href !== null && !isDone ? (
                  <TextLink to={href}>{t(`step.${id}.title`)}</TextLink>
                ) : (
                  t(`step.${id}.title`)
                )}
              </p>
              {!isDone && <p className="meta text-fg3">{t(`step.${id}.text`)}</p>}
            </div>
          </li>
        ))}
      </ol>
    </Card>
  )
}
