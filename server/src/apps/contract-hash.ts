// The identity of a contract: what is reviewed, sworn to, published and run is named by this hash, so it must come out the
// same wherever the contract was stored and in whatever order its members stand.

import { createHash } from 'node:crypto'
import { isObject } from './internal/value.ts'

/** JSON with members in the order of their code units and no spaces (RFC 8785 for what JSON.parse gives). */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (!isObject(value)) return JSON.stringify(value) ?? 'null'
  const names = Object.keys(value)
    .filter((name) => value[name] !== undefined)
    .sort((a, b) => (a < b ? -1 : 1))
  return `{${names.map((name) => `${JSON.stringify(name)}:${canonicalJson(value[name])}`).join(',')}}`
}

/** SHA-256 of the canonical form. */
export function hashContract(contract: unknown): Buffer {
  return createHash('sha256').update(canonicalJson(contract)).digest()
}
