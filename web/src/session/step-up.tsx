import { lazy, Suspense, useEffect, useState } from 'react'
import type { ApiProblem } from '../api/problem.ts'
import { answerStepUps } from '../api/step-up.ts'

const Question = lazy(async () => ({ default: (await import('./step-up-dialog.tsx')).StepUpDialog }))

type Asked = { readonly problem: ApiProblem; readonly answer: (isProven: boolean) => void }

/** Asks for a fresh proof when an act needs one; the act then goes on by itself. Once per page. */
export function StepUp() {
  const [asked, setAsked] = useState<Asked | null>(null)
  useEffect(() => answerStepUps((problem) => new Promise((resolve) => setAsked({ problem, answer: resolve }))), [])
  if (asked === null) return null
  const answer = (isProven: boolean) => {
    setAsked(null)
    asked.answer(isProven)
  }
  return (
    <Suspense>
      <Question problem={asked.problem} onAnswer={answer} />
    </Suspense>
  )
}
