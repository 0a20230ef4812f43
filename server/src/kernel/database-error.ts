// What PostgreSQL says when an invariant stops a statement.

/** The name of the constraint that an error reports, or null. Modules translate it into their own Problem. */
export function constraintOf(error: unknown): string | null {
  if (!(error instanceof Error) || !('constraint' in error) || typeof error.constraint !== 'string') return null
  return error.constraint
}
