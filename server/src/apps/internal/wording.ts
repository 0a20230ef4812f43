// A description must not overstate: it is read by people who will rely on it (requirements 1.7).

import type { ProblemField } from '../../kernel/problem.ts'
import type { AppInfo } from '../contract.ts'

/** Promises that no app can keep. The reviewer judges the rest. */
const OVERSTATED =
  /\b(100\s?% (?:accura|correct|reliab|safe)\w*|guarantee[sd]? (?:accura|correct|complian)\w*|error[- ]free|infallible|never wrong|(?:officially |fully )?certified|replaces (?:a|your) (?:lawyer|doctor|auditor|accountant|tax advis[eo]r))\b/i

/** Where the app says more of itself than it may. */
export function overstatements(info: AppInfo): readonly ProblemField[] {
  const texts = [
    ['/info/name', info.name],
    ['/info/description', info.description],
    ['/info/instructions', info.instructions ?? ''],
  ] as const
  return texts.flatMap(([pointer, text]) => {
    const [found] = OVERSTATED.exec(text) ?? []
    return found === undefined ? [] : [{ pointer, message: `must not promise this: ${found}` }]
  })
}
