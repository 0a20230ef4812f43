// Writing over a run's output: the sealed layer is opened, changed on top of what was seen, checked against the output and
// its schema, sealed again, and put in place in one commit.

import { parseContract } from '../apps/check.ts'
import { violationsOf } from '../apps/json-schema.ts'
import type { BothDatabases, OrganisationActor, OrganisationRequest } from '../http/route.ts'
import { readJson } from '../kernel/json-text.ts'
import { boundHashOf } from '../supervision/binding.ts'
import {
  changeHumanLayer,
  countChanges,
  countKinds,
  type HumanLayer,
  parseHumanLayer,
  type RecordDraft,
  writeHumanLayer,
} from '../supervision/human-layer.ts'
import { draftChanged } from '../supervision/problems.ts'
import { editHumanLayer } from './review.ts'
import { runPlace } from './internal/run-house.ts'
import { getRunRow } from './internal/run-row.ts'
import { layerPlace } from './internal/sealed-place.ts'
import type { PanelNeeds } from './panel.ts'
import { requireSeen } from './receipts.ts'
import { requireAct } from './state.ts'

export type LayerChange = { readonly replaces: string | null; readonly records: readonly RecordDraft[] }

/**
 * Puts a new human layer over the output. Refuses as `editHumanLayer` and `changeHumanLayer` do, and with `not_found` whoever
 * may not know of the run.
 */
export async function writeOver(
  { tools, vault }: PanelNeeds,
  both: BothDatabases,
  actor: OrganisationActor,
  run_id: string,
  change: LayerChange,
  { organisation, origin }: OrganisationRequest,
) {
  const database = both.organisation
  const owner = { id: organisation.id, database }
  await requireSeen({ tools }, database, organisation.id, actor, run_id)
  const found = await database.transaction(async (tx) => ({
    run: await getRunRow(tx, run_id),
    sealed: await tx
      .selectFrom('execution.run')
      .select(['output', 'human_layer'])
      .where('execution_id', '=', run_id)
      .executeTakeFirstOrThrow(),
    contract: await tx
      .selectFrom('apps.contract as c')
      .innerJoin('execution.run as r', 'r.contract_hash', 'c.hash')
      .select('c.content')
      .where('r.execution_id', '=', run_id)
      .executeTakeFirstOrThrow(),
  }))
  const { run, sealed } = found
  requireAct('edit', run.state)
  if ((run.human_hash?.toString('hex') ?? null) !== change.replaces || sealed.output === null) {
    throw draftChanged({ revision: run.revision })
  }
  const output: unknown = readJson(
    (await vault.open(owner, runPlace(run_id, 'output'), sealed.output)).toString('utf8'),
  )
  const kept = parseHumanLayer(sealed.human_layer && (await vault.open(owner, layerPlace(run_id), sealed.human_layer)))
  const { schema } = parseContract(found.contract.content).result
  const author = { member_id: memberIdOf(actor), at: new Date() }
  const layer: HumanLayer = changeHumanLayer(kept, change.records, output, author, (value) =>
    violationsOf(schema, value),
  )
  const written = writeHumanLayer(layer)
  const sealed_layer = written && (await vault.seal(owner, layerPlace(run_id), written.plain))
  const platform = await tools.platformPolicy()
  return both.decide(async (tx, deciding) => {
    const { state, revision } = await editHumanLayer(tx, tools, organisation.id, platform, {
      run_id,
      actor: deciding,
      origin,
      replaces: run.human_hash,
      sealed: sealed_layer,
      hash: written?.hash ?? null,
      changes: countChanges(layer),
      kinds: countKinds(layer),
    })
    const draft = boundHashOf({ ...run, revision, human_hash: written?.hash ?? null }).toString('hex')
    return { state, revision, draft, human_layer: layer, human_layer_sha256: written?.hash.toString('hex') ?? null }
  })
}

/** Who writes; whoever comes without a membership is refused when the layer is put in place. */
function memberIdOf(actor: OrganisationActor): string {
  return actor.kind === 'user' ? (actor.membership?.member_id ?? actor.user_id) : actor.responsible_member_id
}
