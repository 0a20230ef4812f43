import { execFile } from 'node:child_process'
import { chmod, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inspect, promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openKeyProvider } from '../../keys/key-provider.ts'
import { Secret } from '../../keys/secret.ts'
import { openSecretStore } from '../secret-store.ts'
import { testSecretStore } from '../secret-store.suite.ts'

const run = promisify(execFile)
let base: string
beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'reeve-secrets-'))
})
afterAll(() => rm(base, { recursive: true }))

const keyringOf = (name: string) => openKeyProvider({ directory: join(base, name, 'keyring'), passphrase: null })
const openAt = async (name: string) => openSecretStore(join(base, name, 'secrets'), await keyringOf(name))
const fileOf = (name: string, path: string, version: number) => join(base, name, 'secrets', path, `${version}.sealed`)

testSecretStore('the bundled secret store', () => openAt('suite'))

test('secrets outlive the process and a rotation of the key above them', async () => {
  await (await openAt('kept')).put('platform/smtp', new Secret('kept'), { cas: 0 })
  await (await keyringOf('kept')).rotate('secret-store')
  expect((await (await openAt('kept')).get('platform/smtp')).value.reveal()).toBe('kept')
})

test('a file with any byte altered or missing is refused, and so is one of another path or version', async () => {
  const store = await openAt('tampered')
  await store.put('a', new Secret('one'), { cas: 0 })
  await store.put('a', new Secret('two'), { cas: 1 })
  await store.put('b', new Secret('other'), { cas: 0 })
  const file = fileOf('tampered', 'a', 1)
  const right = await readFile(file)
  const wrongs = [await readFile(fileOf('tampered', 'a', 2)), await readFile(fileOf('tampered', 'b', 1))]
  for (let at = 0; at < right.length; at += 1) {
    const altered = Buffer.from(right)
    altered.writeUInt8(altered.readUInt8(at) ^ 1, at)
    wrongs.push(altered)
    if (at > 0) wrongs.push(right.subarray(0, at))
  }
  for (const wrong of wrongs) {
    await writeFile(file, wrong)
    await expect(store.get('a', 1)).rejects.toThrow(/does not belong here|is not in use/)
  }
  await writeFile(file, right)
  expect((await store.get('a', 1)).value.reveal()).toBe('one')
})

test('nobody else on the machine can read the files, even where the directory was open before', async () => {
  await (await openAt('modes')).put('orgs/o1/ssh', new Secret('x'), { cas: 0 })
  const directory = join(base, 'modes', 'secrets')
  await chmod(directory, 0o755)
  await openAt('modes')
  const entries = await readdir(directory, { recursive: true, withFileTypes: true })
  for (const entry of entries) {
    const { mode } = await stat(join(entry.parentPath, entry.name))
    expect(mode & 0o777).toBe(entry.isFile() ? 0o600 : 0o700)
  }
  expect((await stat(directory)).mode & 0o777).toBe(0o700)
})

test('what a killed writer left is ignored, and the value of a destroyed version is not on the disk', async () => {
  const store = await openAt('crashed')
  await store.put('a', new Secret('one'), { cas: 0 })
  const left = join(base, 'crashed', 'secrets', 'a', '0b9b2b44-0f5f-4c86-9d3b-0a52d5f0a0f1.tmp')
  await writeFile(left, 'half')
  expect((await store.get('a')).version).toBe(1)
  await store.destroy('a')
  expect(await readdir(join(base, 'crashed', 'secrets', 'a'))).toEqual(['1.sealed'])
  expect((await stat(fileOf('crashed', 'a', 1))).size).toBe(0)
})

test('two processes that write at once lose nothing of each other', async () => {
  await openAt('processes')
  const from = (path: string) => JSON.stringify(new URL(path, import.meta.url).href)
  const script = `
    const { openKeyProvider } = await import(${from('../../keys/key-provider.ts')})
    const { openSecretStore } = await import(${from('../secret-store.ts')})
    const { Secret } = await import(${from('../../keys/secret.ts')})
    const [base, writer] = process.argv.slice(1)
    const keys = await openKeyProvider({ directory: base + '/keyring', passphrase: null })
    const store = await openSecretStore(base + '/secrets', keys)
    const versions = []
    for (let cas = 0; versions.length < 20; cas += 1) {
      await store.put('shared', new Secret(writer + (cas + 1)), { cas }).then(
        (version) => versions.push(version),
        (problem) => { if (problem.code !== 'secret_conflict') throw problem },
      )
    }
    console.log(versions.join())`
  const write = (writer: string) =>
    run(process.execPath, ['--input-type=module', '-e', script, join(base, 'processes'), writer])
  const [one, two] = (await Promise.all([write('one-'), write('two-')])).map(({ stdout }) =>
    stdout.split(',').map(Number),
  )
  const store = await openAt('processes')
  expect((await store.metadata('shared')).current_version).toBe(40)
  for (const version of one ?? []) expect((await store.get('shared', version)).value.reveal()).toBe(`one-${version}`)
  for (const version of two ?? []) expect((await store.get('shared', version)).value.reveal()).toBe(`two-${version}`)
})

test('a store whose disk fails or went away is unavailable, not empty', async () => {
  const store = await openAt('failing')
  await store.put('a', new Secret('x'), { cas: 0 })
  const refused = { code: 'secret_store_unavailable', retry_after_s: 5 }
  for (const part of ['secrets', 'keyring']) {
    const directory = join(base, 'failing', part)
    await rename(directory, `${directory}-gone`)
    await expect(store.get('a')).rejects.toMatchObject(refused)
    await expect(store.put('a', new Secret('y'), { cas: 1 })).rejects.toMatchObject(refused)
    expect(await store.health()).toMatchObject({ healthy: false })
    await writeFile(directory, 'not a directory')
    await expect(store.get('a')).rejects.toMatchObject(refused)
    await expect(store.put('a', new Secret('y'), { cas: 1 })).rejects.toMatchObject(refused)
    await rm(directory)
    await rename(`${directory}-gone`, directory)
  }
  expect((await store.get('a')).value.reveal()).toBe('x')
})

test('a directory that cannot be used is named', async () => {
  await writeFile(join(base, 'file'), '')
  const opening = openSecretStore(join(base, 'file'), await keyringOf('named'))
  await expect(opening).rejects.toThrow(`The secret store in ${join(base, 'file')} cannot be opened (EEXIST`)
})

test('no refusal and no file holds a secret', async () => {
  const store = await openAt('silent')
  const text = 'sk-live-0123456789abcdef'
  const secret = new Secret(text)
  await store.put('a', secret, { cas: 0 })
  const files = [await readFile(fileOf('silent', 'a', 1))]

  const errorOf = (call: Promise<unknown>) =>
    call.then(
      () => null,
      (error: unknown) => error,
    )
  const errors = await Promise.all([
    errorOf(store.put('a', secret, { cas: 0 })),
    errorOf(store.put('../a', secret, { cas: 0 })),
    errorOf(store.put('b', new Secret(text.repeat(5000)), { cas: 0 })),
    errorOf(store.get('a', 2)),
  ])
  await writeFile(fileOf('silent', 'a', 1), files[0]?.subarray(0, -1) ?? '')
  errors.push(await errorOf(store.get('a')))
  await rename(join(base, 'silent', 'secrets'), join(base, 'silent', 'gone'))
  await writeFile(join(base, 'silent', 'secrets'), '')
  errors.push(await errorOf(store.put('a', secret, { cas: 1 })))

  expect(errors).toHaveLength(6)
  for (const error of errors) {
    expect(error).toBeInstanceOf(Error)
    const printed = inspect(error, { depth: null, showHidden: true }) + JSON.stringify(error)
    for (const form of ['utf8', 'base64', 'hex'] as const) {
      expect(printed).not.toContain(Buffer.from(text).toString(form).slice(0, 24))
    }
  }
  for (const bytes of files) expect(bytes.includes(text)).toBe(false)
})
