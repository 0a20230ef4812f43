import { CircleCheck } from 'lucide-react'
import { type ReactNode, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../ui/button.tsx'
import { Card } from './page.tsx'

export type StepProps = {
  readonly isDone: boolean
  /** To the next step, whether this one was done or skipped. */
  readonly onNext: () => void
  /** To the step before; null on the first. */
  readonly onBack: (() => void) | null
}

/** One step of a wizard: what it is for, its form, and the ways back and on. */
export function StepCard(
  props: StepProps & {
    readonly title: string
    readonly purpose: string
    readonly children: ReactNode
    /** The form inside that the primary button sends; without one the primary button goes on. */
    readonly form?: { readonly id: string; readonly label: string; readonly isBusy: boolean } | null
    /** What going on without having done it is called here. */
    readonly skipLabel?: string
  },
) {
  const { t } = useTranslation('words')
  const { form = null, isDone, skipLabel = t('steps.skip') } = props
  const top = useRef<HTMLDivElement>(null)
  // The button that led here is gone: whoever pressed it by key goes on from the top of this step.
  useEffect(() => {
    if (document.activeElement === document.body) top.current?.focus({ preventScroll: true })
  }, [])
  const onLabel = isDone ? t('steps.goOn') : skipLabel
  return (
    <Card title={props.title} purpose={props.purpose}>
      <div ref={top} tabIndex={-1} className="flex flex-col gap-4 pt-1 outline-none">
        {props.children}
        <div className="flex flex-wrap items-center gap-2 border-t pt-4">
          {props.onBack !== null && <Button onClick={props.onBack}>{t('steps.back')}</Button>}
          <span className="flex-1" />
          {form !== null && (
            <Button variant="ghost" onClick={props.onNext}>
              {onLabel}
            </Button>
          )}
          {form === null ? (
            <Button variant={isDone ? 'primary' : 'secondary'} onClick={props.onNext}>
              {onLabel}
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
