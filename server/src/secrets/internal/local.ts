// Secrets in encrypted files: one directory per path, one file per version. Each version is encrypted under a random key of its
// own, bound to its path and number; that key is wrapped by the key provider and stands in front.
// A file is `0x01 | length of the wrapped key u16 | wrapped key | nonce 12 | ciphertext | tag 16`.

import { randomBytes } from 'node:crypto'
import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { Problem, type ProblemDefinition } from '../../kernel/problem.ts'
import { KEY_BYTES, open, seal } from '../../keys/aead.ts'
import type { KeyProvider } from '../../keys/key-provider.ts'
import { ciphertextRefused, keyExists, keyProviderUnavailable } from '../../keys/problems.ts'
import { emptyRevisions, findRevision, listRevisions, publishRevision } from '../../keys/revision-file.ts'
import { isSystemError, isUsableDirectory, openDirectory } from '../../keys/revision-file.ts'
import { Secret } from '../../keys/secret.ts'
import { secretConflict, secretNotFound, secretStoreUnavailable } from '../problems.ts'

const KEY_NAME = 'secret-store'
const FORMAT = 1
const START_BYTES = 3
const MAX_VALUE_BYTES = 65_536
const PATH = /^[a-z0-9][a-z0-9_-]{0,63}(\/[a-z0-9][a-z0-9_-]{0,63}){0,7}$/

/** Opens the store in `directory`, or makes it, and closes the directory to every other user of the machine. */
export async function openLocalSecretStore(directory: string, keys: KeyProvider) {
  const root = await openRoot(directory)
  await reached(() => createKeyOnce(keys))

  async function listVersions(path: string): Promise<number[]> {
    const versions = await listRevisions(placeOf(root, path))
    if (versions.length === 0) await access(root) // a volume that went away is unavailable, not empty
    return versions
  }

  async function put(path: string, value: Secret, { cas }: { readonly cas: number }): Promise<number> {
    const place = placeOf(root, path)
    const current = (await listVersions(path)).at(-1) ?? 0
    const version = cas + 1
    const isOurs =
      cas === current && (await publishRevision(place, version, await sealValue(keys, path, version, value)))
    if (!isOurs) throw secretConflict({ path, expected: cas })
    return version
  }

  async function get(path: string, asked?: number): Promise<{ readonly value: Secret; readonly version: number }> {
    const version = asked ?? (await listVersions(path)).at(-1) ?? 0
    const bytes = await findRevision(placeOf(root, path), version)
    if (bytes === null) throw secretNotFound({ path })
    return { value: await openValue(keys, path, version, bytes), version }
  }

  async function destroy(path: string, asked?: number): Promise<void> {
    const versions = await listVersions(path)
    const meant = versions.filter((version) => asked === undefined || version === asked)
    if (meant.length === 0) throw secretNotFound({ path })
    await emptyRevisions(placeOf(root, path), meant)
  }

  async function metadata(path: string) {
    const numbers = await listVersions(path)
    const current = numbers.at(-1)
    if (current === undefined) throw secretNotFound({ path })
    const versions = numbers.map(async (version) => ({
      version,
      destroyed: (await findRevision(placeOf(root, path), version)) === null,
    }))
    return { current_version: current, versions: await Promise.all(versions) }
  }

  async function health() {
    if (await isUsableDirectory(root)) return keys.health()
    return { healthy: false, reason: `The secret store in ${root} cannot be read and written` } as const
  }

  return Object.freeze({
    put: (path: string, value: Secret, options: { readonly cas: number }) => reached(() => put(path, value, options)),
    get: (path: string, version?: number) => reached(() => get(path, version)),
    destroy: (path: string, version?: number) => reached(() => destroy(path, version)),
    metadata: (path: string) => reached(() => metadata(path)),
    health,
  })
}

async function openRoot(directory: string): Promise<string> {
  try {
    return await openDirectory(directory)
  } catch (error) {
    if (!isSystemError(error)) throw error
    const detail = `The secret store in ${directory} cannot be opened (${error.message}).`
    throw secretStoreUnavailable({}, { detail, cause: error })
  }
}

async function sealValue(keys: KeyProvider, path: string, version: number, value: Secret): Promise<Buffer> {
  const plain = Buffer.from(value.reveal())
  if (plain.length === 0 || plain.length > MAX_VALUE_BYTES) throw new Error('A secret has 1 to 65,536 bytes')
  const key = randomBytes(KEY_BYTES)
  try {
    const { wrapped } = await keys.wrap(KEY_NAME, key)
    const start = Buffer.alloc(START_BYTES)
    start.writeUInt8(FORMAT, 0)
    start.writeUInt16BE(wrapped.length, 1)
    return Buffer.concat([start, wrapped, seal(key, contextOf(path, version), plain)])
  } finally {
    plain.fill(0)
    key.fill(0)
  }
}

async function openValue(keys: KeyProvider, path: string, version: number, bytes: Buffer): Promise<Secret> {
  if (bytes.length < START_BYTES || bytes[0] !== FORMAT) throw ciphertextRefused()
  const end = START_BYTES + bytes.readUInt16BE(1)
  const key = await keys.unwrap(KEY_NAME, bytes.subarray(START_BYTES, end))
  try {
    return new Secret(open(key, contextOf(path, version), bytes.subarray(end)).toString())
  } finally {
    key.fill(0)
  }
}

async function createKeyOnce(keys: KeyProvider): Promise<void> {
  try {
    await keys.createKey(KEY_NAME, 'aes256-gcm')
  } catch (error) {
    if (!isProblem(error, keyExists)) throw error
  }
}

async function reached<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act()
  } catch (error) {
    if (!isSystemError(error) && !isProblem(error, keyProviderUnavailable)) throw error
    throw secretStoreUnavailable({}, { retry_after_s: 5, cause: error })
  }
}

function isProblem(error: unknown, { code }: ProblemDefinition): boolean {
  return error instanceof Problem && error.code === code
}

function placeOf(root: string, path: string): string {
  if (!PATH.test(path)) throw new Error('A secret path has 1 to 8 segments of lower-case letters, digits, "-" and "_"')
  return join(root, path)
}

function contextOf(path: string, version: number): string {
  return `reeve-secret|v1|${path}|${version}`
}
