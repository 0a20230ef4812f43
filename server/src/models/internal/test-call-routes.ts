// Test calls to providers, of the platform and of organisations.

import { Type } from 'typebox'
import { appendEntry, appendPlatformEntry, type EntryDraft } from '../../audit/append.ts'
import { ORGANISATION_PATH, type Route, route } from '../../http/route.ts'
import { Id, orgParams } from '../../http/schema.ts'
import type { ControlTx, OrganisationTx } from '../../kernel/database.ts'
import { notFound } from '../../kernel/problem.ts'
import { getModel } from '../model.ts'
import { inOrganisation, type ModelsTx, onPlatform } from '../provider.ts'
import { callForTest, findTestTarget, type TestCall as Result } from '../test-call.ts'
import { type ModelNeeds, providerTarget, tag } from './model-needs.ts'
import { TestCall, TestCallDraft } from './model-schema.ts'

type Draft = { readonly model?: string }

/** Whom to call, and as what the provider knows the model. Throws `not_found` for a model of another provider too. */
async function prepare(tx: ControlTx | OrganisationTx, models: ModelsTx, provider_id: string, { model }: Draft) {
  const target = await findTestTarget(models, provider_id)
  if (target === null) throw notFound()
  if (model === undefined) return { target, upstream: null }
  const known = await getModel(tx, model)
  if (known.provider_id !== provider_id) throw notFound()
  return { target, upstream: known.upstream_name }
}

function entryOf(provider_id: string, { model }: Draft, result: Result): EntryDraft {
  const { ok, latency_ms, status, error } = result
  return {
    event: 'provider.tested',
    target: providerTarget({ id: provider_id }),
    outcome: ok ? 'succeeded' : 'failed',
    ...(error !== null && { reason_code: error }),
    data: { latency_ms, status, ...(model !== undefined && { model }) },
  }
}

/** Whether a provider answers; the log tells of each try. */
export function testCallRoutes(needs: ModelNeeds): readonly Route[] {
  return [
    route({
      operation: 'platform_provider_test',
      method: 'POST',
      path: '/api/platform/providers/:provider/test-calls',
      scope: 'platform_wide',
      permission: 'platform.provider.manage',
      tag,
      summary: 'Call a provider of the platform to see whether it answers; nobody is charged',
      params: Type.Object({ provider: Id }, { additionalProperties: false }),
      body: TestCallDraft,
      response: TestCall,
      problems: [notFound],
      audit: { event: 'provider.tested', written_by: 'handler' },
      async handle(control, _actor, { params: { provider }, body }, { origin }) {
        const { target, upstream } = await control.transaction((tx) => prepare(tx, onPlatform(tx), provider, body))
        const result = await callForTest(needs, target, upstream)
        await control.transaction((tx) => appendPlatformEntry(tx, origin, entryOf(provider, body, result)))
        return result
      },
    }),
    route({
      operation: 'provider_test',
      method: 'POST',
      path: `${ORGANISATION_PATH}/providers/:provider/test-calls`,
      scope: 'organisation_wide',
      permission: 'provider.manage',
      tag,
      summary: "Call one of the organisation's own providers to see whether it answers; nothing is charged",
      params: orgParams('provider'),
      body: TestCallDraft,
      response: TestCall,
      problems: [notFound],
      audit: { event: 'provider.tested', written_by: 'handler' },
      async handle({ organisation, decide }, _actor, { params: { provider }, body }, { origin }) {
        const { target, upstream } = await organisation.transaction((tx) =>
          prepare(tx, inOrganisation(tx), provider, body),
        )
        const result = await callForTest(needs, target, upstream)
        await decide((tx) => appendEntry(tx, origin, entryOf(provider, body, result)))
        return result
      },
    }),
  ]
}
