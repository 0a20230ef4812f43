import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { StepCard as Step, type StepProps } from '../../../components/step-card.tsx'
import type { StepId } from './steps.ts'

/** A step of the set-up, with its texts. */
export function StepCard(
  props: StepProps & {
    readonly id: StepId
    readonly children: ReactNode
    readonly form?: { readonly id: string; readonly label: string; readonly isBusy: boolean } | null
  },
) {
  const { t } = useTranslation('setup')
  return <Step {...props} title={t(`step.${props.id}.title`)} purpose={t(`step.${props.id}.text`)} />
}
