// Refusals in SCIM's own shape (RFC 7644, 3.12).

import type { Problem } from '../../kernel/problem.ts'

export type ScimType =
  | 'invalidFilter'
  | 'tooMany'
  | 'uniqueness'
  | 'mutability'
  | 'invalidSyntax'
  | 'invalidPath'
  | 'noTarget'
  | 'invalidValue'

/** A refusal of a provisioning request; `detail` is for the administrator of the provider. */
export class ScimRefusal extends Error {
  readonly status: number
  readonly scim_type: ScimType | null

  constructor(status: number, detail: string, scim_type: ScimType | null = null) {
    super(detail)
    this.name = 'ScimRefusal'
    this.status = status
    this.scim_type = scim_type
  }
}

export const invalidValue = (detail: string): ScimRefusal => new ScimRefusal(400, detail, 'invalidValue')
export const invalidPath = (detail: string): ScimRefusal => new ScimRefusal(400, detail, 'invalidPath')
export const invalidFilter = (detail: string): ScimRefusal => new ScimRefusal(400, detail, 'invalidFilter')
export const taken = (detail: string): ScimRefusal => new ScimRefusal(409, detail, 'uniqueness')
export const unknownResource = (): ScimRefusal => new ScimRefusal(404, 'There is no such resource on this connection.')
export const versionChanged = (): ScimRefusal =>
  new ScimRefusal(412, 'The resource was changed since it was read; read it again.')

/** A problem of the native API as a provider may see it. */
export const refusalFrom = (problem: Problem): ScimRefusal =>
  new ScimRefusal(problem.status, problem.detail ?? problem.title)

/** The body of an error. */
export const errorBody = ({ status, scim_type, message }: ScimRefusal) => ({
  schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
  status: String(status),
  ...(scim_type !== null && { scimType: scim_type }),
  detail: message,
})
