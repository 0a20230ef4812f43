// What transitions need besides the transaction: the platform's policy as it is now, which lies in another database and so
// is read before, and the key that signs receipts, which may lie in another machine.

import type { ControlDatabase, OrganisationDatabase, OrganisationTx } from '../kernel/database.ts'
import { createLane, type Lane } from '../kernel/lane.ts'
import type { KeyProvider } from '../keys/key-provider.ts'
import { type PolicyDocument, parsePolicyDocument } from '../policy/document.ts'
import { type EffectivePolicy, effectivePolicy } from '../policy/effective.ts'
import { getPolicy } from '../policy/policy.ts'
import {
  getReceiptKey,
  type PublishedKey,
  type ReceiptBody,
  type SignedReceipt,
  signReceipt,
} from '../supervision/receipt.ts'
import { listWorkflowsInForce, type Workflow } from '../supervision/workflow.ts'

export type PlatformPolicy = { readonly version: number; readonly document: PolicyDocument }

/** What governs the runs of an organisation at one moment. */
export type Governance = {
  readonly policy: EffectivePolicy
  readonly policy_version: number
  readonly platform_version: number
  readonly workflows: readonly Workflow[]
}

export type RunTools = {
  /** The platform's policy in force. Asked with no transaction open. */
  readonly platformPolicy: () => Promise<PlatformPolicy>
  /** Signs a receipt with the organisation's key. Asked with no transaction open. */
  readonly sign: (organisation_id: string, body: ReceiptBody) => Promise<SignedReceipt>
  /** The key that an organisation's receipts are checked with. */
  readonly receiptKey: (organisation_id: string) => Promise<PublishedKey>
  /**
   * What governs now, under the platform's policy as just read. Remembered as long as the organisation's `access_version`,
   * as the gate told it, is the same: whatever changes policy or workflows raises it.
   */
  readonly governance: (
    tx: OrganisationTx,
    organisation_id: string,
    access_version: number,
    platform: PlatformPolicy,
  ) => Promise<Governance>
}

/** Where a run is: an organisation and its database. */
export type RunPlace = {
  readonly organisation: { readonly id: string; readonly name: string }
  readonly database: OrganisationDatabase
}

/** Where a door leads: an organisation, and how one transaction of its database is run. */
export type RunDoor = {
  readonly organisation: { readonly id: string; readonly name: string }
  readonly transact: <Result>(work: (tx: OrganisationTx) => Promise<Result>) => Promise<Result>
  /** For what is only read, where `transact` does more than that. */
  readonly read?: RunDoor['transact']
}

const REMEMBERED = 1000

/** All who ask at once are told by one statement; a document is parsed once. */
function createPolicyLane(control: ControlDatabase): Lane<null, PlatformPolicy> {
  let known: PlatformPolicy = { version: 0, document: {} }
  const read = async (): Promise<PlatformPolicy> => {
    const row = await control.connection(async (client) => {
      const values = [known.version]
      return (await client.query<{ version: number; content: unknown }>({ ...POLICY, values })).rows[0]
    })
    if (row !== undefined && row.version !== known.version) {
      known = { version: row.version, document: parsePolicyDocument(row.content) }
    }
    return known
  }
  return createLane({
    max_batch: 1000,
    min_gap_ms: 10,
    busy_from: 2,
    max_waiting: 20_000,
    max_wait_ms: 10_000,
    class_of: () => 0,
    async run(batch) {
      const policy = await read()
      return batch.map(() => policy)
    },
  })
}

const POLICY = {
  name: 'execution.platform_policy',
  text: `
    select version, case when version <> $1 then content end as content
    from policy.document order by version desc limit 1`,
}

/** The tools of one node. */
export function createRunTools(control: ControlDatabase, keys: KeyProvider): RunTools {
  const remembered = new Map<string, { readonly access_version: number; readonly governance: Governance }>()
  const policies = createPolicyLane(control)
  return {
    platformPolicy: () => policies.ask(null),
    sign: (organisation_id, body) => signReceipt(keys, organisation_id, body),
    receiptKey: (organisation_id) => getReceiptKey(keys, organisation_id),
    async governance(tx, organisation_id, access_version, platform) {
      const known = remembered.get(organisation_id)
      if (known?.access_version === access_version && known.governance.platform_version === platform.version) {
        return known.governance
      }
      const governance = await readGovernance(tx, platform)
      const [oldest] = remembered.keys()
      if (oldest !== undefined && remembered.size >= REMEMBERED) remembered.delete(oldest)
      remembered.set(organisation_id, { access_version, governance })
      return governance
    },
  }
}

/** What governs now, read anew. */
export async function readGovernance(tx: OrganisationTx, platform: PlatformPolicy): Promise<Governance> {
  const own = await getPolicy(tx)
  return {
    policy: effectivePolicy(platform.document, own.document),
    policy_version: own.version,
    platform_version: platform.version,
    workflows: await listWorkflowsInForce(tx),
  }
}
