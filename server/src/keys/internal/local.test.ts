import { execFile, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { chmod, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openKeyProvider } from '../key-provider.ts'
import { testKeyProvider } from '../key-provider.suite.ts'
import { Secret } from '../secret.ts'

const run = promisify(execFile)
let base: string
beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'reeve-keyring-'))
})
afterAll(() => rm(base, { recursive: true }))

const openAt = (name: string, passphrase?: string) =>
  openKeyProvider({
    directory: join(base, name),
    passphrase: passphrase === undefined ? null : new Secret(passphrase),
  })

testKeyProvider('the bundled keyring', () => openAt('suite'))

async function listFiles(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true })
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
}

test('keys outlive the process, with a passphrase', async () => {
  const { wrapped } = await (async () => {
    const keys = await openAt('passphrase', 'correct horse battery')
    await keys.createKey('a', 'aes256-gcm')
    return keys.wrap('a', Buffer.from('kept'))
  })()
  const again = await openAt('passphrase', 'correct horse battery')
  expect((await again.unwrap('a', wrapped)).toString()).toBe('kept')
  await expect(openAt('passphrase', 'Correct horse battery')).rejects.toMatchObject({
    code: 'keyring_locked',
    message: `The passphrase does not open the keyring in ${join(base, 'passphrase')}.`,
  })
  await expect(openAt('passphrase')).rejects.toThrow('needs its passphrase.')
  expect(await listFiles(join(base, 'passphrase'))).not.toContain(join(base, 'passphrase', 'master.key'))
})

test('a keyring that cannot be opened says why in one sentence, and is not made anew', async () => {
  const directory = join(base, 'locked')
  await (await openAt('locked')).createKey('a', 'aes256-gcm')
  const keyFile = join(directory, 'master.key')
  const right = await readFile(keyFile)

  await expect(openAt('locked', 'some passphrase')).rejects.toThrow('was made without a passphrase.')
  await writeFile(keyFile, randomBytes(32))
  await expect(openAt('locked')).rejects.toThrow('The file master.key does not open the keyring in')
  await writeFile(keyFile, 'short')
  await expect(openAt('locked')).rejects.toThrow('The file master.key does not open the keyring in')
  await rm(keyFile)
  await expect(openAt('locked')).rejects.toThrow('The file master.key of the keyring')
  await writeFile(keyFile, right)
  await rename(join(directory, 'master'), join(directory, 'gone'))
  await expect(openAt('locked')).rejects.toThrow('has keys but no master key')
  await rename(join(directory, 'gone'), join(directory, 'master'))
  expect(await (await openAt('locked')).getKey('a')).toMatchObject({ latest_version: 1 })
})

test('a directory that cannot be used is named', async () => {
  await writeFile(join(base, 'file'), '')
  await expect(openAt('file')).rejects.toMatchObject({
    code: 'key_provider_unavailable',
    message: `The keyring in ${join(base, 'file')} cannot be opened (EEXIST: file already exists, mkdir '${join(base, 'file')}').`,
  })
})

test('processes that make the keyring at once agree on one master key', async () => {
  const all = await Promise.all([openAt('first'), openAt('first'), openAt('first'), openAt('first')])
  await Promise.all(all.map((keys, index) => keys.createKey(`key-${index}`, 'aes256-gcm')))
  for (const keys of all) for (const index of all.keys()) await keys.getKey(`key-${index}`)
})

test('nobody else on the machine can read the files, even where the directory was open before', async () => {
  const directory = join(base, 'modes')
  const keys = await openAt('modes')
  await keys.createKey('a', 'aes256-gcm')
  await keys.rotate('a')
  await chmod(directory, 0o755)
  await openAt('modes')
  expect((await stat(directory)).mode & 0o777).toBe(0o700)
  const files = await listFiles(directory)
  expect(files.map((file) => file.slice(directory.length + 1)).sort()).toEqual([
    'keys/a/1.sealed',
    'keys/a/2.sealed',
    'master.key',
    'master/1.sealed',
  ])
  for (const file of files) expect((await stat(file)).mode & 0o777).toBe(0o600)
})

test('a key file with any byte altered is refused, and so is one of another key or revision', async () => {
  const keys = await openAt('tampered')
  await keys.createKey('a', 'aes256-gcm')
  await keys.createKey('b', 'aes256-gcm')
  const [a, b] = ['a', 'b'].map((name) => join(base, 'tampered', 'keys', name, '1.sealed'))
  if (a === undefined || b === undefined) throw new Error('unreachable')
  const right = await readFile(a)
  for (let at = 0; at < right.length; at += 1) {
    const altered = Buffer.from(right)
    altered.writeUInt8(altered.readUInt8(at) ^ 0x80, at)
    await writeFile(a, altered)
    await expect(keys.getKey('a')).rejects.toMatchObject({ code: 'ciphertext_refused' })
  }
  for (const wrong of [await readFile(b), Buffer.alloc(0), right.subarray(1)]) {
    await writeFile(a, wrong)
    await expect(keys.getKey('a')).rejects.toMatchObject({ code: 'ciphertext_refused' })
  }
  await writeFile(a, right)
  await writeFile(join(base, 'tampered', 'keys', 'a', '2.sealed'), right)
  await expect(keys.getKey('a')).rejects.toMatchObject({ code: 'ciphertext_refused' })
})

test('what a killed writer left is ignored, and gone after the next change', async () => {
  const keys = await openAt('crashed')
  await keys.createKey('a', 'aes256-gcm')
  const left = join(base, 'crashed', 'keys', 'a', '0b9b2b44-0f5f-4c86-9d3b-0a52d5f0a0f1.tmp')
  await writeFile(left, 'half a re')
  expect(await keys.getKey('a')).toMatchObject({ latest_version: 1 })
  await keys.rotate('a')
  await expect(stat(left)).rejects.toThrow('ENOENT')
})

test('the material of a superseded revision is gone, also when its writer was killed before it had emptied it', async () => {
  const keys = await openAt('emptied')
  await keys.createKey('a', 'aes256-gcm')
  const first = join(base, 'emptied', 'keys', 'a', '1.sealed')
  const material = await readFile(first)
  await keys.allowDeletion('a', true)
  expect((await stat(first)).size).toBe(0)
  await keys.destroy('a')
  await writeFile(first, material)
  await expect(keys.destroy('a')).rejects.toMatchObject({ code: 'key_not_found' })
  expect((await stat(first)).size).toBe(0)
})

test('two processes that write at once lose nothing of each other', async () => {
  const keys = await openAt('processes')
  await keys.createKey('shared', 'aes256-gcm')
  const script = `
    const { openKeyProvider } = await import(${JSON.stringify(new URL('../key-provider.ts', import.meta.url).href)})
    const keys = await openKeyProvider({ directory: process.argv[1], passphrase: null })
    const versions = []
    for (let n = 0; n < 20; n += 1) {
      versions.push(await keys.rotate('shared'))
      await keys.createKey(process.argv[2] + n, 'aes256-gcm')
    }
    console.log(versions.join())`
  const write = (prefix: string) =>
    run(process.execPath, ['--input-type=module', '-e', script, join(base, 'processes'), prefix])
  const outputs = await Promise.all([write('one-'), write('two-')])
  const versions = outputs.flatMap(({ stdout }) => stdout.split(',').map(Number))
  expect(versions.sort((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, index) => index + 2))
  expect(await keys.getKey('shared')).toMatchObject({ latest_version: 41 })
  for (const prefix of ['one-', 'two-']) for (let n = 0; n < 20; n += 1) await keys.getKey(`${prefix}${n}`)
})

test('a process killed in the middle of its work loses nothing that it had acknowledged', async () => {
  const keys = await openAt('killed')
  await keys.createKey('a', 'aes256-gcm')
  const script = `
    const { openKeyProvider } = await import(${JSON.stringify(new URL('../key-provider.ts', import.meta.url).href)})
    const keys = await openKeyProvider({ directory: process.argv[1], passphrase: null })
    for (;;) console.log(await keys.rotate('a'))`
  for (let kill = 1; kill <= 5; kill += 1) {
    const child = spawn(process.execPath, ['--input-type=module', '-e', script, join(base, 'killed')])
    const ended = once(child, 'close')
    let acknowledged = 0
    for await (const line of createInterface(child.stdout)) {
      acknowledged = Number(line)
      if (acknowledged % (3 + kill) === 0) child.kill('SIGKILL')
    }
    await ended
    expect(acknowledged).toBeGreaterThan(0)
    expect((await keys.getKey('a')).latest_version).toBeGreaterThanOrEqual(acknowledged)
  }
  const { wrapped } = await keys.wrap('a', Buffer.from('x'))
  await keys.rotate('a')
  expect((await keys.unwrap('a', wrapped)).toString()).toBe('x')
  expect((await readdir(join(base, 'killed', 'keys', 'a'))).filter((name) => name.endsWith('.tmp'))).toEqual([])
})

test('a thousand keys are made at once, and each opens its own', async () => {
  const keys = await openAt('many')
  const again = await openAt('many')
  const opened = await Promise.all(
    Array.from({ length: 1000 }, async (_, index) => {
      await keys.createKey(`org-${index}`, 'aes256-gcm')
      const { wrapped } = await keys.wrap(`org-${index}`, Buffer.from(`${index}`))
      return (await again.unwrap(`org-${index}`, wrapped)).toString()
    }),
  )
  expect(opened).toEqual(opened.map((_, index) => `${index}`))
})

test('a keyring whose disk fails or went away is unavailable, not empty', async () => {
  const keys = await openAt('failing')
  await keys.createKey('a', 'aes256-gcm')
  await rename(join(base, 'failing'), join(base, 'failed'))
  const refused = { code: 'key_provider_unavailable', retry_after_s: 5 }
  await expect(keys.getKey('a')).rejects.toMatchObject(refused)
  await expect(keys.createKey('b', 'aes256-gcm')).rejects.toMatchObject(refused)
  await writeFile(join(base, 'failing'), 'not a directory')
  await expect(keys.getKey('a')).rejects.toMatchObject(refused)
  await expect(keys.createKey('b', 'aes256-gcm')).rejects.toMatchObject(refused)
  expect(await keys.health()).toMatchObject({ healthy: false })
})
