import type { TFunction } from 'i18next'
import type { ApiProblem } from '../api/problem.ts'

/** What a refusal says to a person: in their language where it is known, else as the server put it. */
export function problemText(t: TFunction<'words'>, problem: ApiProblem): string {
  const known = t(`problem.${problem.code}`, { defaultValue: '', ...problem.params })
  return known === '' ? (problem.detail ?? problem.title) : known
}
