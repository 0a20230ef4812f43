import { useTranslation } from 'react-i18next'
import { Stepper } from '../../components/stepper.tsx'

const STEPS = ['organisation', 'policies', 'people'] as const

/** What a registration leads through: the first step makes the organisation, the others are done in it. */
export function RegisterWay() {
  const { t } = useTranslation('start')
  return (
    <div className="mb-6">
      <Stepper
        label={t('registerSteps')}
        steps={STEPS.map((id, index) => ({
          id,
          label: t(`registerStep.${id}`),
          state: index === 0 ? 'now' : 'next',
        }))}
      />
    </div>
  )
}
