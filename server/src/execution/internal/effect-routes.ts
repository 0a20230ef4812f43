import { Type } from 'typebox'
import { ORGANISATION_PATH, type Route, route } from '../../http/route.ts'
import { Id, nullable, orgParams, Timestamp } from '../../http/schema.ts'
import { readJson } from '../../kernel/json-text.ts'
import { type PolicyDocument, parsePolicyDocument } from '../../policy/document.ts'
import { policyInvalid } from '../../policy/problems.ts'
import { previewPolicy } from '../policy-effect.ts'
import { OUTCOMES } from './replay.ts'

/** A question travels in the address of a GET: asking changes nothing. */
const MAX_DOCUMENT_CHARACTERS = 6000

const Count = Type.Integer({ minimum: 0 })
const Judgement = Type.Object({
  outcome: Type.Enum([...OUTCOMES]),
  rule: nullable(Type.String({ description: 'The field of the policy, or what else decides' })),
  persons: Type.Integer({ minimum: 0, description: 'Who must agree' }),
})
const pair = { before: Judgement, after: Judgement }

const PolicyEffect = Type.Object({
  from: Timestamp,
  to: Timestamp,
  executions: Count,
  is_complete: Type.Boolean({ description: 'Whether all executions of the time were replayed, or the newest only' }),
  changed: Count,
  people: Count,
  outcomes: Type.Array(Type.Object({ outcome: Type.Enum([...OUTCOMES]), before: Count, after: Count })),
  changes: Type.Array(Type.Object({ ...pair, executions: Count })),
  samples: Type.Array(
    Type.Object({ execution_id: Id, name: Type.String(), admitted_at: Timestamp, executions: Count, ...pair }),
  ),
  apps: Type.Array(Type.Object({ app_id: Id, name: Type.String(), ...pair })),
  missing: Type.Array(Type.Object({ level: Type.Integer(), needed: Count, found: Count })),
})

/** What a policy would do, before it does. */
export function effectRoutes(): readonly Route[] {
  return [
    route({
      operation: 'policy_preview_effect',
      method: 'GET',
      path: `${ORGANISATION_PATH}/policy/effect`,
      scope: 'organisation_wide',
      permission: 'policy.manage',
      tag: 'policy',
      summary: 'Replay the executions of the last 30 days under another policy: what would have gone another way',
      params: orgParams(),
      query: Type.Object(
        {
          document: Type.String({
            maxLength: MAX_DOCUMENT_CHARACTERS,
            description: 'The policy document as JSON, as it would be put in force',
          }),
        },
        { additionalProperties: false },
      ),
      response: PolicyEffect,
      problems: [policyInvalid],
      handle: ({ control, organisation }, _actor, { query }, request) =>
        previewPolicy(control, organisation, request.organisation.id, parseDocument(query.document)),
    }),
  ]
}

function parseDocument(text: string): PolicyDocument {
  let value: unknown
  try {
    value = readJson(text)
  } catch {
    throw policyInvalid({}, { detail: 'The document is not JSON.' })
  }
  return parsePolicyDocument(value)
}
