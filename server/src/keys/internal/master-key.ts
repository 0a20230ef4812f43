// The master key of a keyring: 256 random bits, encrypted under what the operator holds.
//
// With a passphrase that is scrypt(passphrase): the directory alone is worth nothing, but the passphrase has to be given at
// every start, and with it lost every key is lost. Without one it is the random file `master.key` beside the keyring: Reeve
// starts unattended and a stolen database or database backup stays unreadable, but who can read the directory can read every
// key. Back that file up apart from the rest.

import { randomBytes, scrypt } from 'node:crypto'
import { join } from 'node:path'
import { KEY_BYTES, open, seal } from '../aead.ts'
import { keyringLocked } from '../problems.ts'
import { createFile, findFile, findLatestRevision, isEmptyDirectory, publishRevision } from '../revision-file.ts'
import type { Secret } from '../secret.ts'

const CONTEXT = 'reeve-keyring|v1|master'
const FORMAT = 1
const BY_FILE = 0
const BY_PASSPHRASE = 1
const SALT_BYTES = 16
const SCRYPT = { N: 2 ** 17, r: 8, p: 1, maxmem: 256 * 2 ** 20 }

/**
 * The master key of the keyring in `directory`, made when the keyring is still empty. `keyring_locked`, with one sentence that
 * says why, when it cannot be opened with this passphrase (or, for null, with the key file).
 */
export async function openMasterKey(directory: string, passphrase: Secret | null): Promise<Buffer> {
  const isNew = await isEmptyDirectory(join(directory, 'keys')) // asked first: keys are made after the header, never before
  const header = (await findLatestRevision(join(directory, 'master')))?.bytes
  if (header !== undefined) return unlock(directory, header, passphrase)
  if (!isNew) throw locked(`The keyring in ${directory} has keys but no master key; restore its folder "master".`)

  const salt = randomBytes(SALT_BYTES)
  const master = randomBytes(KEY_BYTES)
  const guard = passphrase === null ? await makeFileKey(directory) : await stretch(passphrase, salt)
  const start = Buffer.from([FORMAT, passphrase === null ? BY_FILE : BY_PASSPHRASE])
  const bytes = Buffer.concat([start, salt, seal(guard, CONTEXT, master)])
  const isOurs = await publishRevision(join(directory, 'master'), 1, bytes)
  return isOurs ? master : openMasterKey(directory, passphrase)
}

async function unlock(directory: string, header: Buffer, passphrase: Secret | null): Promise<Buffer> {
  const [format, way] = header
  const salt = header.subarray(2, 2 + SALT_BYTES)
  if (format !== FORMAT) throw locked(`The master key of the keyring in ${directory} is damaged.`)
  if (way === BY_PASSPHRASE && passphrase === null) throw locked(`The keyring in ${directory} needs its passphrase.`)
  if (way === BY_FILE && passphrase !== null) throw locked(`The keyring in ${directory} was made without a passphrase.`)
  const guard = passphrase === null ? await findFileKey(directory) : await stretch(passphrase, salt)
  if (guard === null) throw locked(`The file master.key of the keyring in ${directory} is missing.`)
  try {
    return open(guard, CONTEXT, header.subarray(2 + SALT_BYTES))
  } catch {
    const what = passphrase === null ? 'file master.key' : 'passphrase'
    throw locked(`The ${what} does not open the keyring in ${directory}.`)
  }
}

async function makeFileKey(directory: string): Promise<Buffer> {
  const fresh = randomBytes(KEY_BYTES)
  const isOurs = await createFile(join(directory, 'master.key'), fresh)
  return isOurs ? fresh : ((await findFileKey(directory)) ?? makeFileKey(directory))
}

async function findFileKey(directory: string): Promise<Buffer | null> {
  return findFile(join(directory, 'master.key'))
}

function stretch(passphrase: Secret, salt: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(passphrase.reveal(), salt, KEY_BYTES, SCRYPT, (error, key) => (error ? reject(error) : resolve(key)))
  })
}

function locked(detail: string): Error {
  return keyringLocked({}, { detail })
}
