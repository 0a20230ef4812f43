import { Check } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { cx } from '../ui/cx.ts'

export type StepEntry<Id extends string> = {
  readonly id: Id
  readonly label: string
  readonly isDone: boolean
  readonly isOptional: boolean
}

/** The steps of a wizard, any of which can be gone to, with what is done. */
export function StepList<Id extends string>(props: {
  readonly steps: readonly StepEntry<Id>[]
  readonly shown: Id | undefined
  readonly onChoose: (step: Id) => void
}) {
  const { t } = useTranslation('words')
  const list = useRef<HTMLOListElement>(null)
  // On a narrow screen the steps scroll sideways: the one that is shown stays in sight.
  useEffect(() => {
    list.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' })
  }, [props.shown])
  return (
    <nav aria-label={t('steps.list')}>
      <ol ref={list} className="flex gap-1 overflow-x-auto md:flex-col">
        {props.steps.map(({ id, label, isDone, isOptional }, index) => (
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
                {label}
                <span className="sr-only">{isDone ? `, ${t('steps.done')}` : ''}</span>
                {isOptional && !isDone && (
                  <span className="meta block font-normal text-fg3 max-md:hidden">{t('steps.optional')}</span>
                )}
              </span>
            </button>
          </li>
        ))}
      </ol>
    </nav>
  )
}
