// What an approval binds: the very draft that was seen. Any change of it, to the machine's output, the human layer, the
// input, the app's version or the price, makes another hash, and what was given for the old one no longer counts.

import { createHash } from 'node:crypto'
import { canonicalJson } from '../kernel/canonical-json.ts'

export type BoundRun = {
  readonly id: string
  readonly revision: number
  readonly output_hash: Buffer | null
  readonly human_hash: Buffer | null
  readonly input_hash: Buffer
  readonly app_version_id: string
  readonly contract_hash: Buffer
  readonly quote_micros: number
}

const hex = (bytes: Buffer | null): string | null => bytes?.toString('hex') ?? null

/** What the hash covers, in words: also part of every receipt. */
export function boundFacts(run: BoundRun) {
  return {
    run_id: run.id,
    revision: run.revision,
    output_sha256: hex(run.output_hash),
    human_layer_sha256: hex(run.human_hash),
    input_sha256: hex(run.input_hash),
    app_version_id: run.app_version_id,
    contract_sha256: hex(run.contract_hash),
    quote_micros: run.quote_micros,
  }
}

/** SHA-256 over the canonical JSON (RFC 8785) of what an approval binds. */
export function boundHashOf(run: BoundRun): Buffer {
  return createHash('sha256')
    .update(canonicalJson(boundFacts(run)))
    .digest()
}
