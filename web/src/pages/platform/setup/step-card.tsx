import { CircleCheck } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Card } from '../../../components/page.tsx'
import { Button } from '../../../ui/button.tsx'
import type { StepId, StepProps } from './steps.ts'

/** One step: what it is for, its form, and the ways back and on. `submit` is the button of the form inside. */
export function StepCard(
  props: StepProps & {
    readonly id: StepId
    readonly children: ReactNode
    /** The id of the form that the primary button sends; without one the primary button goes on. */
    readonly form?: { readonly id: string; readonly label: string; readonly isBusy: boolean } | null
  },
) {
  const { t } = useTranslation('setup')
  const { id, form = null, isDone } = props
  return (
    <Card title={t(`step.${id}.title`)} purpose={t(`step.${id}.text`)}>
      <div className="flex flex-col gap-4 pt-1">
        {props.children}
        <div className="flex flex-wrap items-center gap-2 border-t pt-4">
          {props.onBack !== null && <Button onClick={props.onBack}>{t('back')}</Button>}
          <span className="flex-1" />
          {form !== null && (
            <Button variant="ghost" onClick={props.onNext}>
              {t(isDone ? 'goOn' : 'skip')}
            </Button>
          )}
          {form === null ? (
            <Button variant={isDone ? 'primary' : 'secondary'} onClick={props.onNext}>
              {t(isDone ? 'goOn' : 'skip')}
            </Button>
          ) : (
            <Button variant="primary" type="submit" form={form.id} isBusy={form.isBusy}>
              {form.label}
            </Button>
          )}
        </div>
      </div>
    </Card>
  )
}

/** Says that the step has been done, and what is there. */
export function StepDone({ children }: { readonly children: ReactNode }) {
  return (
    <div className="flex items-start gap-2.5 rounded-lg border p-3">
      <CircleCheck size={16} aria-hidden className="mt-0.5 shrink-0 text-ok" />
      <div className="min-w-0 flex-1">{children}</div>
    </div>
  )
}
