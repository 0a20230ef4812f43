import { useTranslation } from 'react-i18next'
import { Stepper, type StepItem } from '../../components/stepper.tsx'

const STEPS = ['file', 'check', 'run', 'result'] as const
export type ImportStep = (typeof STEPS)[number]

/** Where an import is on its way from the file to the result. */
export function ImportSteps({ now }: { readonly now: ImportStep }) {
  const { t } = useTranslation('imports')
  const at = STEPS.indexOf(now)
  const stateOf = (index: number): StepItem['state'] => (index < at ? 'done' : index === at ? 'now' : 'next')
  return (
    <Stepper
      label={t('steps')}
      steps={STEPS.map((id, index) => ({ id, label: t(`step.${id}`), state: stateOf(index) }))}
    />
  )
}
