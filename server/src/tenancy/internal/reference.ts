import { notFound, Problem } from '../../kernel/problem.ts'
import { referenceUnknown } from '../problems.ts'

/** The refusal of an id that stands at `pointer` in the request body and leads nowhere. */
export const refuseReference = (pointer: string): Problem =>
  referenceUnknown({ pointer }, { fields: [{ pointer, message: 'does not exist here' }] })

/** Waits for what an id in the request body leads to; if that is `not_found`, refuses with `reference_unknown`. */
export async function unknownReference<Found>(pointer: string, found: Promise<Found>): Promise<Found> {
  try {
    return await found
  } catch (error) {
    throw error instanceof Problem && error.code === notFound.code ? refuseReference(pointer) : error
  }
}
