// Forms keep what was typed, whatever happens. A mistake is named at its field; what the server refuses stands above the
// buttons; leaving a form with changes asks first.

import { useBlocker } from '@tanstack/react-router'
import { type FormEvent, type ReactNode, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { useTranslation } from 'react-i18next'
import { useMutation } from '@tanstack/react-query'
import { type ApiProblem, toProblem } from '../api/problem.ts'
import { useViewingReason } from '../session/use-viewing.ts'
import { Button } from '../ui/button.tsx'
import { cx } from '../ui/cx.ts'
import { AlertDialog } from '../ui/dialog.tsx'
import { ProblemBanner } from './problem-banner.tsx'

export type Mistakes<Values> = Partial<Record<keyof Values & string, string>>

export type FormState<Values extends object> = {
  readonly values: Values
  readonly set: <Name extends keyof Values & string>(name: Name, value: Values[Name]) => void
  /** What is wrong with a field, by the check or by the server. */
  readonly errorOf: (name: keyof Values & string) => string | null
  readonly problem: ApiProblem | null
  readonly isBusy: boolean
  readonly changed: readonly (keyof Values & string)[]
  readonly isDirty: boolean
  readonly submit: () => void
  readonly reset: (values?: Values) => void
}

type FormOptions<Values extends object, Result> = {
  readonly initial: Values
  /** Names the state that `initial` was read in. With another one, fields left alone follow it; what was typed stays. */
  readonly version?: string | number
  /** Mistakes by field; the server checks again. */
  readonly check?: (values: Values) => Mistakes<Values>
  readonly send: (values: Values) => Promise<Result>
  readonly onDone?: (result: Result, values: Values) => void
}

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)

const namesOf = <Values extends object>(values: Values): readonly (keyof Values & string)[] =>
  Object.keys(values).filter((name): name is keyof Values & string => name in values)

/** The state of a form whose fields are the members of `initial`. */
export function useForm<Values extends object, Result>(options: FormOptions<Values, Result>): FormState<Values> {
  const [saved, setSaved] = useState(options.initial)
  const [values, setValues] = useState(options.initial)
  const [version, setVersion] = useState(options.version)
  const [mistakes, setMistakes] = useState<Mistakes<Values>>({})
  if (version !== options.version) {
    setVersion(options.version)
    setSaved(options.initial)
    const typed = namesOf(values).filter((name) => !isSame(values[name], saved[name]))
    setValues(typed.reduce((next, name) => ({ ...next, [name]: values[name] }), options.initial))
  }
  const act = useMutation({
    mutationFn: options.send,
    onSuccess: (result, sent) => {
      // At once: what follows may lead to another page, and nothing is unsaved any more that the guard would ask about.
      flushSync(() => setSaved(sent))
      options.onDone?.(result, sent)
    },
  })
  const problem = act.error === null ? null : toProblem(act.error)
  const changed = namesOf(values).filter((name) => !isSame(values[name], saved[name]))
  return {
    values,
    problem,
    isBusy: act.isPending,
    changed,
    isDirty: changed.length > 0,
    set(name, value) {
      setValues((before) => ({ ...before, [name]: value }))
      setMistakes((before) => ({ ...before, [name]: undefined }))
    },
    errorOf: (name) => mistakes[name] ?? problem?.field(name) ?? null,
    submit() {
      const found = options.check?.(values) ?? {}
      setMistakes(found)
      if (namesOf(found).every((name) => found[name] === undefined)) act.mutate(values)
    },
    reset(next = saved) {
      setSaved(next)
      setValues(next)
      setMistakes({})
      act.reset()
    },
  }
}

const FIRST_MISTAKE = '[aria-invalid="true"], [data-invalid] input, [data-invalid] textarea'

/** The form itself: Enter sends it, and the first field with a mistake gets the focus. */
export function Form<Values extends object>(props: {
  readonly form: FormState<Values>
  readonly children: ReactNode
  readonly className?: string
  readonly id?: string
}) {
  const { form } = props
  const element = useRef<HTMLFormElement>(null)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    event.stopPropagation()
    if (form.isBusy) return
    form.submit()
    requestAnimationFrame(() => element.current?.querySelector<HTMLElement>(FIRST_MISTAKE)?.focus())
  }
  return (
    <form
      ref={element}
      id={props.id}
      noValidate
      onSubmit={submit}
      className={cx('flex flex-col gap-4', props.className)}
    >
      {props.children}
      {form.problem !== null && <ProblemBanner problem={form.problem} />}
    </form>
  )
}

/** Asks before a form with changes is left, by whatever way. Returns the question and how to leave by a button. */
export function useLeaveGuard(isDirty: boolean): {
  readonly question: ReactNode
  readonly leave: (then: () => void) => void
} {
  const { t } = useTranslation('words')
  const [then, setThen] = useState<(() => void) | null>(null)
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => isDirty && current.pathname !== next.pathname,
    enableBeforeUnload: () => isDirty,
    withResolver: true,
  })
  const isBlocked = blocker.status === 'blocked'
  const stay = () => {
    if (isBlocked) blocker.reset()
    setThen(null)
  }
  const go = () => {
    setThen(null)
    if (isBlocked) blocker.proceed()
    else then?.()
  }
  const question = (
    <AlertDialog
      isOpen={isBlocked || then !== null}
      onClose={stay}
      title={t('discardTitle')}
      description={t('discardText')}
      footer={
        <>
          <Button onClick={stay}>{t('keepEditing')}</Button>
          <Button variant="danger" onClick={go}>
            {t('discard')}
          </Button>
        </>
      }
    />
  )
  return { question, leave: (next) => (isDirty ? setThen(() => next) : next()) }
}

/** Appears when something was changed: how much, take it back, or save it. */
export function SaveBar<Values extends object>({
  form,
  label,
}: {
  readonly form: FormState<Values>
  readonly label?: string
}) {
  const { t } = useTranslation('words')
  const viewingReason = useViewingReason()
  if (!form.isDirty) return null
  return (
    <div className="sticky bottom-4 z-20 flex flex-wrap items-center gap-2 rounded-xl border bg-raised px-4 py-2.5 shadow-pop">
      <p className="flex-1" aria-live="polite">
        {t('changes', { count: form.changed.length })}
      </p>
      <Button variant="ghost" onClick={() => form.reset()}>
        {t('discard')}
      </Button>
      <Button variant="primary" type="submit" isBusy={form.isBusy} disabledReason={viewingReason}>
        {label ?? t('saveChanges')}
      </Button>
    </div>
  )
}
