import { useSuspenseQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { overviewQuery } from '../../../api/platform.ts'
import { Page, PageHeader } from '../../../components/page.tsx'
import type { StepProps } from '../../../components/step-card.tsx'
import { StepList } from '../../../components/step-list.tsx'
import { oneOf, useUrlState } from '../../../components/url-state.ts'
import { DoneStep } from './done-step.tsx'
import { MailStep } from './mail-step.tsx'
import { ModelStep } from './model-step.tsx'
import { NameStep } from './name-step.tsx'
import { OrganisationStep } from './organisation-step.tsx'
import { ProtectStep } from './protect-step.tsx'
import { ProviderStep } from './provider-step.tsx'
import { STEPS, type StepId, stepsOf } from './steps.ts'

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
  const entries = [...steps, { id: DONE, isDone: steps.every(({ isDone }) => isDone), isOptional: false } as const]
  const go = (index: number) => url.set({ step: order[index] ?? DONE })
  return (
    <Page kind="detail">
      <PageHeader title={t('title')} purpose={t('purpose')} />
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-5 md:grid-cols-[220px_minmax(0,560px)]">
        <StepList<Shown>
          steps={entries.map((entry) => ({ ...entry, label: t(`step.${entry.id}.short`) }))}
          shown={shown}
          onChoose={(step) => url.set({ step })}
        />
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
