// RFC 9457: every refusal of the native API, in one shape. Bugs are 500 with a fixed sentence; their cause goes to the log.

import { type TSchema, Type } from 'typebox'
import { internalError, Problem } from '../kernel/problem.ts'

export const ProblemJson = Type.Object(
  {
    type: Type.String(),
    title: Type.String(),
    status: Type.Integer(),
    detail: Type.Optional(Type.String()),
    code: Type.String(),
    params: Type.Record(Type.String(), Type.Unknown()),
    request_id: Type.String(),
    fields: Type.Optional(Type.Array(Type.Object({ pointer: Type.String(), message: Type.String() }))),
  },
  { $id: 'Problem' },
) satisfies TSchema

export type ProblemBody = {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail?: string
  readonly code: string
  readonly params: Problem['params']
  readonly request_id: string
  readonly fields?: NonNullable<Problem['fields']>
}

/** Anything thrown as the Problem that the client may see; what is not a Problem is an internal error. */
export function toProblem(error: unknown): Problem {
  return error instanceof Problem ? error : internalError({}, { cause: error })
}

/** The wire form of a problem. */
export function problemBody(problem: Problem, request_id: string): ProblemBody {
  return {
    type: `/problems/${problem.code}`,
    title: problem.title,
    status: problem.status,
    ...(problem.detail === undefined ? {} : { detail: problem.detail }),
    code: problem.code,
    params: problem.params,
    request_id,
    ...(problem.fields === undefined ? {} : { fields: problem.fields }),
  }
}
