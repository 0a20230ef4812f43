import { useQuery } from '@tanstack/react-query'
import { Circle, CircleCheck } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../../api/client.ts'
import { hasCompanyQuery } from '../../api/invitations.ts'
import { organisationPolicy, policyQuery } from '../../api/policy.ts'
import { Card } from '../../components/page.tsx'
import { useAccess, useOrg } from '../../session/facts.ts'
import { TextLink } from '../../ui/button.tsx'
import { cx } from '../../ui/cx.ts'

type Step = {
  readonly id: 'policy' | 'model' | 'people' | 'call'
  readonly isDone: boolean
  /** The step of the way that begins an organisation, where it can be done. */
  readonly begin?: 'policies' | 'people'
  /** It does not keep the card: the platform's policy is enough for many. */
  readonly isOptional?: boolean
}

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
  const { data: hasCompany } = useQuery({ ...hasCompanyQuery(org), enabled: can('user.invite') })
  const { data: calls } = useQuery({
    queryKey: ['org', org, 'executions', 'one'],
    queryFn: () => answerOf(api.GET('/api/orgs/{org}/executions', { params: { path: { org }, query: { limit: 1 } } })),
    enabled: can('run.view_own'),
  })
  const { data: policy } = useQuery({ ...policyQuery(organisationPolicy(org)), enabled: can('policy.manage') })
  const steps: readonly Step[] = [
    ...(policy === undefined
      ? []
      : [{ id: 'policy' as const, isDone: policy.version > 0, begin: 'policies' as const, isOptional: true }]),
    ...(models === undefined ? [] : [{ id: 'model' as const, isDone: models.items.length > 0 }]),
    ...(hasCompany === undefined ? [] : [{ id: 'people' as const, isDone: hasCompany, begin: 'people' as const }]),
    ...(calls === undefined ? [] : [{ id: 'call' as const, isDone: calls.items.length > 0 }]),
  ]
  if (steps.every(({ isDone, isOptional }) => isDone || isOptional === true)) return null
  return (
    <Card title={t('firstSteps')} purpose={t('firstStepsPurpose')}>
      <ol className="flex flex-col gap-3">
        {steps.map(({ id, isDone, begin }) => (
          <li key={id} className="flex items-start gap-2.5">
            {isDone ? (
              <CircleCheck size={16} className="mt-0.5 shrink-0 text-ok" aria-label={t('stepDone')} />
            ) : (
              <Circle size={16} className="mt-0.5 shrink-0 text-fg3" aria-label={t('stepOpen')} />
            )}
            <div>
              <p className={cx(isDone && 'text-fg3 line-through')}>
                {begin !== undefined && !isDone ? (
                  <TextLink to="/o/$org/begin" params={{ org }} search={{ step: begin }}>
                    {t(`step.${id}.title`)}
                  </TextLink>
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
