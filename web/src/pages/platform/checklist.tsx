import { Circle, CircleCheck } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { Overview } from '../../api/platform.ts'
import { Card } from '../../components/page.tsx'
import { ButtonLink, TextLink } from '../../ui/button.tsx'
import { cx } from '../../ui/cx.ts'
import { isSetUp, stepsOf } from './setup/steps.ts'

/** What is left to set up, by how things stand; gone when everything that is needed is there. */
export function Checklist({ overview }: { readonly overview: Overview }) {
  const { t } = useTranslation('platform')
  const steps = stepsOf(overview)
  if (isSetUp(steps)) return null
  return (
    <Card
      title={t('checklist.title')}
      purpose={t('checklist.purpose')}
      actions={
        <ButtonLink to="/platform/setup" size="compact">
          {t('checklist.goOn')}
        </ButtonLink>
      }
    >
      <ol className="grid gap-x-6 gap-y-3 sm:grid-cols-2 lg:grid-cols-3">
        {steps.map(({ id, isDone, isOptional }) => (
          <li key={id} className="flex items-start gap-2.5">
            {isDone ? (
              <CircleCheck size={16} className="mt-0.5 shrink-0 text-ok" aria-label={t('checklist.done')} />
            ) : (
              <Circle size={16} className="mt-0.5 shrink-0 text-fg3" aria-label={t('checklist.open')} />
            )}
            <div className="min-w-0">
              <p className={cx(isDone && 'text-fg3 line-through')}>
                {isDone ? (
                  t(`step.${id}.title`)
                ) : (
                  <TextLink to="/platform/setup" search={{ step: id }}>
                    {t(`step.${id}.title`)}
                  </TextLink>
                )}
                {isOptional && !isDone && <span className="meta ms-1.5 text-fg3">{t('checklist.optional')}</span>}
              </p>
              {!isDone && <p className="meta text-fg3">{t(`step.${id}.text`)}</p>}
            </div>
          </li>
        ))}
      </ol>
    </Card>
  )
}
