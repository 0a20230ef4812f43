// Why a step failed. The code goes into the record and the log, the detail to whoever may see the run.

/** A place in a value that breaks its schema; `pointer` is RFC 6901. */
export type Violation = { readonly pointer: string; readonly message: string }

export class StepFailure extends Error {
  /** Lower snake_case, as in a Problem: `provider_timeout`, `expression_failed`, `output_invalid`. */
  readonly code: string
  /** Whether the same step may succeed when it is tried again. */
  readonly is_transient: boolean
  /** Where a value broke its schema. */
  readonly violations: readonly Violation[]
  /** The child execution that failed with it, if one was made. */
  readonly call_execution_id: string | null

  constructor(
    code: string,
    detail: string,
    {
      is_transient = false,
      violations = [],
      call_execution_id = null,
    }: {
      readonly is_transient?: boolean
      readonly violations?: readonly Violation[]
      readonly call_execution_id?: string | null
    } = {},
  ) {
    super(detail)
    this.name = 'StepFailure'
    this.code = code
    this.is_transient = is_transient
    this.violations = violations
    this.call_execution_id = call_execution_id
  }
}

/** The failure of a value that breaks its schema, every place named. */
export function schemaFailure(code: string, violations: readonly Violation[]): StepFailure {
  const places = violations.map(({ pointer, message }) => `${pointer === '' ? '(root)' : pointer}: ${message}`)
  return new StepFailure(code, places.join('; ').slice(0, 2000), { violations })
}

/** The failure of a run that needs more steps than it may take. */
export const tooManySteps = (max_steps: number): StepFailure =>
  new StepFailure('step_limit', `The run may take ${max_steps} steps and needs more.`)
