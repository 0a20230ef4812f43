import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../kernel/id.ts'
import { openKeyProvider } from '../keys/key-provider.ts'
import { getReceiptKey, signReceipt } from '../supervision/receipt.ts'

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url))
const directory = mkdtempSync(join(tmpdir(), 'reeve-verify-'))
const organisation_id = newId()
let content: string
let fingerprint: string
beforeAll(async () => {
  const keys = await openKeyProvider({ directory: join(directory, 'keyring'), passphrase: null })
  const body = {
    kind: 'decision',
    act: 'approve',
    level: 2,
    by: { member_id: newId() },
    organisation: { id: organisation_id, name: 'Acme' },
    run: { id: newId(), app: { name: 'Contract review', version: '1.0.0' } },
    bound: { output_sha256: '0'.repeat(64) },
    at: new Date(0),
  } as const
  content = (await signReceipt(keys, organisation_id, body)).content
  fingerprint = (await getReceiptKey(keys, organisation_id)).fingerprint
})
afterAll(() => rmSync(directory, { recursive: true, force: true }))

/** Runs the command without any configuration that could reach a database. */
async function verify(text: string, ...options: readonly string[]): Promise<{ code: number; said: string }> {
  const file = join(directory, 'receipt.json')
  writeFileSync(file, text)
  const ran = promisify(execFile)(process.execPath, [MAIN, 'verify', 'receipt', file, ...options], { env: {} })
  return ran.then(
    ({ stdout }) => ({ code: 0, said: stdout }),
    (error: unknown) => ({
      code: Number(Reflect.get(Object(error), 'code')),
      said: String(Reflect.get(Object(error), 'stdout')),
    }),
  )
}

test('an intact receipt is checked offline, with the key that is expected', async () => {
  const { code, said } = await verify(content, '--fingerprint', fingerprint)
  expect(code).toBe(0)
  expect(said).toContain('VALID')
  expect(said).toContain('approve at level 2')
  expect(said).toContain('It is the key that you expect.')
  expect((await verify(JSON.stringify({ id: newId(), content }))).code).toBe(0)
})

test('whatever was altered, signed by another or is no receipt is not valid', async () => {
  const altered = [
    content.replace('"level":2', '"level":3'),
    content.replace('Acme', 'Acne'),
    content.replace('"level":2', '"level":2,"level":2'),
    content.replace('{"act"', '{ "act"'),
    content.replace(/"signature":"./, '"signature":"_'),
    '{}',
    'hello',
    '',
  ]
  for (const text of altered) {
    const { code, said } = await verify(text)
    expect([code, said.startsWith('NOT VALID')], text).toEqual([1, true])
  }
  expect((await verify(content, '--fingerprint', '0'.repeat(64))).code).toBe(1)
}, 60_000)
