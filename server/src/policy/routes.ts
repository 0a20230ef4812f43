import { tierRoutes } from './internal/tier-routes.ts'
import { type Static, Type } from 'typebox'
import { ORGANISATION_PATH, type Route, route } from '../http/route.ts'
import { Id, nullable, orgParams, PageQuery, pageSchema, Timestamp } from '../http/schema.ts'
import { appendEntry, appendPlatformEntry, type EntryDraft } from '../audit/append.ts'
import type { OrganisationTx } from '../kernel/database.ts'
import { badCursor } from '../kernel/page.ts'
import { Problem } from '../kernel/problem.ts'
import { PutPolicySchema } from './document.ts'
import {
  explainPolicy,
  getPolicy,
  getPolicyVersion,
  listPolicyVersions,
  type PolicyDraft,
  type PolicyVersion,
  putOrganisationPolicy,
  putPlatformPolicy,
} from './policy.ts'
import { policyLooser, policyVersionConflict } from './problems.ts'
import { findTierOf, tierDocument } from './tier.ts'

const tag = 'policy'

const Version = Type.Integer({ minimum: 0, maximum: 999_999_999 })

const PolicyVersionSchema = Type.Object({
  version: Version,
  document: Type.Unknown({ description: 'The fields that this version sets' }),
  reason: nullable(Type.String({ description: 'Why it was put in force; null before reasons were asked' })),
  created_by: nullable(Id),
  created_at: nullable(Timestamp),
})

const most = nullable(Type.Integer({ minimum: 0 }))

const PolicyInForce = Type.Object({
  tier: nullable(
    Type.Object(
      { name: Type.String(), max_execution_seconds: most, max_input_bytes: most, max_steps: most },
      { description: 'The account tier of the organisation and its maxima, which bind like the platform' },
    ),
  ),
  platform: PolicyVersionSchema,
  organisation: PolicyVersionSchema,
  fields: Type.Array(
    Type.Object({
      field: Type.String(),
      platform: Type.Unknown(),
      tier: Type.Unknown(),
      organisation: Type.Unknown(),
      effective: Type.Unknown(),
      set_by: nullable(Type.String({ description: 'default, platform, tier or organisation: who demands what holds' })),
      overruled: nullable(Type.String()),
    }),
  ),
})

/** The platform's own document, with what holds where it is silent. */
const PlatformPolicyInForce = Type.Object({
  ...PolicyVersionSchema.properties,
  fields: Type.Array(
    Type.Object({
      field: Type.String(),
      platform: Type.Unknown({ description: 'Null where the document does not set it' }),
      default: Type.Unknown({ description: 'What holds without the document' }),
    }),
  ),
})

const Replaces = Type.Object(
  {
    replaces: Type.Integer({ minimum: 0, maximum: 999_999_999, description: 'The version that was in force; 0: none' }),
  },
  { additionalProperties: false },
)
const PlatformVersionParams = Type.Object({ version: Version }, { additionalProperties: false })
const VersionParams = Type.Object({ org: Id, version: Version }, { additionalProperties: false })

const draftOf = (replaces: number, { reason, ...document }: Static<typeof PutPolicySchema>): PolicyDraft => ({
  replaces,
  document,
  reason: reason.trim(),
})

const target = ({ version }: { readonly version: number }) => ({ type: 'policy', id: String(version) })

/** What the log says of a policy that would have loosened what stands above it; null for any other error. */
function looserDraft(error: unknown): EntryDraft | null {
  if (!(error instanceof Problem) || error.code !== policyLooser.code) return null
  const data = { fields: error.fields ?? [] }
  return { event: 'policy.rejected_as_looser', outcome: 'refused', reason_code: error.code, data }
}

export type PolicyNeeds = {
  /** Ends what an organisation's new policy forbids, in the transaction that puts it in force; it comes last in it. */
  readonly onOrganisationPut: (tx: OrganisationTx, platform: PolicyVersion) => Promise<unknown>
}

/** The governance policy of the platform and of organisations. */
export function policyRoutes(needs: PolicyNeeds): readonly Route[] {
  return [...platformRoutes(), ...tierRoutes(), ...organisationRoutes(needs)]
}

function platformRoutes(): readonly Route[] {
  const scope = 'platform'
  const permission = 'platform.policy.manage'
  return [
    route({
      operation: 'platform_policy_get',
      method: 'GET',
      path: '/api/platform/policy',
      scope,
      permission,
      tag,
      summary: "Get the platform's policy in force",
      response: PlatformPolicyInForce,
      async handle(tx) {
        const policy = await getPolicy(tx)
        const fields = explainPolicy(policy.document, {}).map(({ field, platform }) => ({ field, platform }))
        const defaults = new Map(explainPolicy({}, {}).map(({ field, effective }) => [field, effective]))
        return { ...policy, fields: fields.map((each) => ({ ...each, default: defaults.get(each.field) ?? null })) }
      },
    }),
    route({
      operation: 'platform_policy_version_list',
      method: 'GET',
      path: '/api/platform/policy/versions',
      scope,
      permission,
      tag,
      summary: "List the versions of the platform's policy, newest first",
      query: PageQuery,
      response: pageSchema(PolicyVersionSchema),
      problems: [badCursor],
      handle: (tx, _actor, { query }) => listPolicyVersions(tx, query),
    }),
    route({
      operation: 'platform_policy_version_get',
      method: 'GET',
      path: '/api/platform/policy/versions/:version',
      scope,
      permission,
      tag,
      summary: "Get a version of the platform's policy",
      params: PlatformVersionParams,
      response: PolicyVersionSchema,
      handle: (tx, _actor, { params }) => getPolicyVersion(tx, params.version),
    }),
    route({
      operation: 'platform_policy_put',
      method: 'PUT',
      path: '/api/platform/policy',
      scope,
      permission,
      step_up: true,
      tag,
      summary: "Put a new version of the platform's policy in force",
      query: Replaces,
      body: PutPolicySchema,
      response: PolicyVersionSchema,
      problems: [policyVersionConflict],
      audit: { event: 'policy.updated', written_by: 'handler' },
      async handle(tx, actor, { query: { replaces }, body }, { origin }) {
        const put = await putPlatformPolicy(tx, actor, draftOf(replaces, body))
        const { version, before, after, reason } = put
        const data = { version, replaces, before, after, reason }
        await appendPlatformEntry(tx, origin, { event: 'policy.updated', target: target(put), data })
        return put
      },
    }),
  ]
}

function organisationRoutes({ onOrganisationPut }: PolicyNeeds): readonly Route[] {
  return [
    route({
      operation: 'policy_get',
      method: 'GET',
      path: `${ORGANISATION_PATH}/policy`,
      scope: 'organisation_wide',
      permission: 'policy.view',
      tag,
      summary: 'Get the policy in force, field by field, with what the platform and the organisation say',
      params: orgParams(),
      response: PolicyInForce,
      async handle({ control, organisation }, _actor, _input, request) {
        const { above, tier } = await control.transaction(async (tx) => ({
          above: await getPolicy(tx),
          tier: await findTierOf(tx, request.organisation.id),
        }))
        const own = await organisation.transaction((tx) => getPolicy(tx))
        return {
          tier,
          // Who of the platform's people wrote it, and why, is not for organisations to know.
          platform: { ...above, created_by: null, reason: null },
          organisation: own,
          fields: explainPolicy(above.document, own.document, tierDocument(tier)),
        }
      },
    }),
    route({
      operation: 'policy_version_list',
      method: 'GET',
      path: `${ORGANISATION_PATH}/policy/versions`,
      scope: 'organisation',
      permission: 'policy.view',
      tag,
      summary: "List the versions of the organisation's policy, newest first",
      params: orgParams(),
      query: PageQuery,
      response: pageSchema(PolicyVersionSchema),
      problems: [badCursor],
      handle: (tx, _actor, { query }) => listPolicyVersions(tx, query),
    }),
    route({
      operation: 'policy_version_get',
      method: 'GET',
      path: `${ORGANISATION_PATH}/policy/versions/:version`,
      scope: 'organisation',
      permission: 'policy.view',
      tag,
      summary: "Get a version of the organisation's policy",
      params: VersionParams,
      response: PolicyVersionSchema,
      handle: (tx, _actor, { params }) => getPolicyVersion(tx, params.version),
    }),
    route({
      operation: 'policy_put',
      method: 'PUT',
      path: `${ORGANISATION_PATH}/policy`,
      scope: 'organisation_wide',
      permission: 'policy.manage',
      tag,
      summary: "Put a new version of the organisation's policy in force; it may only restrict the platform's",
      params: orgParams(),
      query: Replaces,
      body: PutPolicySchema,
      response: PolicyVersionSchema,
      problems: [policyLooser, policyVersionConflict],
      audit: { event: 'policy.updated', written_by: 'handler' },
      async handle({ control, organisation, decide }, _actor, { query: { replaces }, body }, { origin }) {
        // The platform's document is read before the deciding transaction: no request waits for one database while a
        // transaction is open on the other. Should the platform be tightened in between, the stored document is looser
        // than it and has no effect there: every decision rests on the meet of both, which then is only stricter.
        const above = await control.transaction((tx) => getPolicy(tx))
        const put = decide(async (tx, actor) => {
          const made = await putOrganisationPolicy(tx, actor, above.document, draftOf(replaces, body))
          const { version, before, after, reason } = made
          const data = { version, replaces, platform_version: above.version, before, after, reason }
          await appendEntry(tx, origin, { event: 'policy.updated', target: target(made), data })
          await onOrganisationPut(tx, above)
          return made
        })
        return put.catch(async (error: unknown) => {
          const refusal = looserDraft(error)
          if (refusal !== null) await organisation.transaction((tx) => appendEntry(tx, origin, refusal))
          throw error
        })
      },
    }),
  ]
}
