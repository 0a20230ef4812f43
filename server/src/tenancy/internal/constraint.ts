import { constraintOf } from '../../kernel/database-error.ts'
import type { Problem } from '../../kernel/problem.ts'

/** Waits for a statement; a constraint that stops it becomes the problem given for its name. */
export async function refuseBy<Result>(
  problems: Readonly<Record<string, () => Problem>>,
  statement: Promise<Result>,
): Promise<Result> {
  try {
    return await statement
  } catch (error) {
    const make = problems[constraintOf(error) ?? '']
    throw make === undefined ? error : make()
  }
}
