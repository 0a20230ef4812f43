import { useSuspenseQuery } from '@tanstack/react-query'
import { Check } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { overviewQuery } from '../../../api/platform.ts'
import { Page, PageHeader } from '../../../components/page.tsx'
import { oneOf, useUrlState } from '../../../components/url-state.ts'
import { cx } from '../../../ui/cx.ts'
import { DoneStep } from './done-step.tsx'
import { MailStep } from './mail-step.tsx'
import { ModelStep } from './model-step.tsx'
import { NameStep } from './name-step.tsx'
import { OrganisationStep } from './organisation-step.tsx'
import { ProtectStep } from './protect-step.tsx'
import { ProviderStep } from './provider-step.tsx'
import { STEPS, type Step, type StepId, type StepProps, stepsOf } from './steps.ts'

const DONE = 'done'
type Shown = StepId | typeof DONE

/** The first run after the super-admin is made: one step at a time, each of them skippable, going on where one left off. */
export function SetupStepsPage() {
  const { t } = useTranslation('setup')
  const { data: overview } = useSuspenseQuery(overviewQuery)
  const url = useUrlState(['step'])
  const steps = stepsOf(overview)
  const order: readonly Shown[] = [...STEPS, DONE]
  const shown = oneOf(url.values.step, order) ?? steps.find(({ isDone }) => !isDone)?.id ?? DONE
  const at = order.indexOf(shown)
  const go = (index: number) => url.set({ step: order[index] ?? DONE })
  return (
    <Page kind="detail">
      <PageHeader title={t('title')} purpose={t('purpose')} />
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-5 md:grid-cols-[220px_minmax(0,560px)]">
        <Progress steps={steps} shown={shown} onChoose={(step) => url.set({ step })} />
        <StepBody
          key={shown}
          shown={shown}
          isDone={steps.find(({ id }) => id === shown)?.isDone === true}
          onNext={() => go(at + 1)}
          onBack={at === 0 ? null : () => go(at - 1)}
        />
      </div>
    </Page>
  )
}

function StepBody({ shown, ...step }: StepProps & { readonly shown: Shown }) {
  switch (shown) {
    case 'protect':
      return <ProtectStep {...step} />
    case 'name':
      return <NameStep {...step} />
    case 'mail':
      return <MailStep {...step} />
    case 'provider':
      return <ProviderStep {...step} />
    case 'model':
      return <ModelStep {...step} />
    case 'organisation':
      return <OrganisationStep {...step} />
    case 'done':
      return <DoneStep />
  }
}

function Progress(props: {
  readonly steps: readonly Step[]
  readonly shown: Shown
  readonly onChoose: (step: Shown) => void
}) {
  const { t } = useTranslation('setup')
  const list = useRef<HTMLOListElement>(null)
  // On a narrow screen the steps scroll sideways: the one that is shown stays in sight.
  useEffect(() => {
    list.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' })
  }, [props.shown])
  const entries = [
    ...props.steps,
    { id: DONE, isDone: props.steps.every(({ isDone }) => isDone), isOptional: false } as const,
  ]
  return (
    <nav aria-label={t('steps')}>
      <ol ref={list} className="flex gap-1 overflow-x-auto md:flex-col">
        {entries.map(({ id, isDone, isOptional }, index) => (
          <li key={id} className="shrink-0">
            <button
              type="button"
              aria-current={props.shown === id ? 'step' : undefined}
              onClick={() => props.onChoose(id)}
              className="relative flex w-full items-center gap-2.5 rounded-md px-2 py-1.5 text-start text-fg2 hover:bg-hover aria-[current=step]:bg-accent-soft aria-[current=step]:font-medium aria-[current=step]:text-accent-text"
            >
              <span
                aria-hidden
                className={cx(
                  'grid size-5 shrink-0 place-items-center rounded-full text-[11px] tabular-nums',
                  isDone ? 'bg-ok-soft text-ok' : 'border border-field text-fg2',
                )}
              >
                {isDone ? <Check size={12} /> : index + 1}
              </span>
              <span className="min-w-0">
                {t(`step.${id}.short`)}
                <span className="sr-only">{isDone ? `, ${t('isDone')}` : ''}</span>
                {isOptional && !isDone && (
                  <span className="meta block font-normal text-fg3 max-md:hidden">{t('optional')}</span>
                )}
              </span>
            </button>
          </li>
        ))}
      </ol>
    </nav>
  )
}
