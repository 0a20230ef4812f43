// Passwords of PostgreSQL roles. They are computed, so that no database, file or configuration holds one.

import { hkdfSync, randomBytes } from 'node:crypto'
import { Problem } from '../kernel/problem.ts'
import { Secret } from '../keys/secret.ts'
import { secretConflict, secretNotFound } from './problems.ts'
import type { SecretStore } from './secret-store.ts'

const PATH = 'platform/role-password-key'

/** The password of a role at a version: 256 bits in base64url, the same on every node, another for every role and version. */
type RolePassword = (role: string, version: number) => Secret

/**
 * HKDF-SHA256 (RFC 5869) over a random platform key, which the first node to ask puts into the secret store. Refuses as the
 * store does.
 */
export async function openRolePasswords(store: SecretStore): Promise<RolePassword> {
  const platformKey = await getPlatformKey(store)
  return (role, version) => {
    const key = Buffer.from(platformKey.reveal(), 'base64url')
    const password = hkdfSync('sha256', key, '', `reeve role password|v1|${version}|${role}`, 32)
    return new Secret(Buffer.from(password).toString('base64url'))
  }
}

async function getPlatformKey(store: SecretStore): Promise<Secret> {
  try {
    return (await store.get(PATH)).value
  } catch (error) {
    if (!(error instanceof Problem && error.code === secretNotFound.code)) throw error
  }
  const fresh = new Secret(randomBytes(32).toString('base64url'))
  try {
    await store.put(PATH, fresh, { cas: 0 })
    return fresh
  } catch (error) {
    if (!(error instanceof Problem && error.code === secretConflict.code)) throw error
    return (await store.get(PATH)).value
  }
}
