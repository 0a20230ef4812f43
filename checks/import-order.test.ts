import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { checkImportOrder, ORDER } from './import-order.ts'

let root: string

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'reeve-imports-'))
  mkdirSync(join(root, 'server', 'src'), { recursive: true })
  writeFileSync(join(root, 'package.json'), JSON.stringify({ type: 'module', dependencies: {} }))
})

afterEach(() => rmSync(root, { recursive: true, force: true }))

/** A file that imports these paths; each of them is made as well if it is not there yet. */
function write(path: string, imports: readonly string[] = [], kind = 'import'): void {
  const place = join(root, path)
  mkdirSync(dirname(place), { recursive: true })
  const lines = imports.map((name, index) => `${kind} { x as x${index} } from '${relativeTo(path, name)}'`)
  const uses = imports.map((_, index) => `export type Y${index} = typeof x${index}`)
  writeFileSync(place, `${[...lines, ...uses, 'export const x = 1'].join('\n')}\n`)
}

function relativeTo(from: string, to: string): string {
  const up = '../'.repeat(from.split('/').length - 1)
  return `${up === '' ? './' : up}${to}`
}

async function rulesBroken(): Promise<readonly string[]> {
  const complaints = await checkImportOrder(root)
  return complaints.map((line) => /\(([^()]+)\)$/.exec(line)?.[1] ?? line)
}

test('a module may use itself, what stands before it, and its own internals', async () => {
  write('server/src/kernel/id.ts')
  write('server/src/ledger/internal/sum.ts', ['server/src/kernel/id.ts'])
  write('server/src/ledger/wallet.ts', ['server/src/ledger/internal/sum.ts', 'server/src/kernel/id.ts'])
  write('server/src/ledger/routes.ts', ['server/src/ledger/wallet.ts'])
  write('server/src/serve.ts', ['server/src/ledger/routes.ts'])
  expect(await rulesBroken()).toEqual([])
})

test('no module may use the next one', async () => {
  const pairs = ORDER.slice(0, -1).map((lower, index) => ({ lower, higher: ORDER[index + 1] ?? '' }))
  for (const { lower, higher } of pairs) write(`server/src/${lower}/thing.ts`, [`server/src/${higher}/thing.ts`])
  write(`server/src/${ORDER.at(-1)}/thing.ts`)
  const expected = pairs.map(({ lower, higher }) => `${higher === 'http' ? 'http-above' : 'downward'}-${lower}`)
  expect([...(await rulesBroken())].sort()).toEqual(expected.sort())
})

test('a type from above counts as an import', async () => {
  write('server/src/platform/thing.ts')
  write('server/src/kernel/thing.ts', ['server/src/platform/thing.ts'], 'import type')
  expect(await rulesBroken()).toEqual(['downward-kernel'])
})

test('routes below http may use http, and nothing else from above', async () => {
  write('server/src/http/route.ts')
  write('server/src/gateway/thing.ts')
  write('server/src/identity/routes.ts', ['server/src/http/route.ts', 'server/src/gateway/thing.ts'])
  expect(await rulesBroken()).toEqual(['downward-identity'])
})

test('a part of routes is theirs alone', async () => {
  write('server/src/http/route.ts')
  write('server/src/tenancy/internal/team-routes.ts', ['server/src/http/route.ts'])
  write('server/src/tenancy/routes.ts', ['server/src/tenancy/internal/team-routes.ts'])
  expect(await rulesBroken()).toEqual([])
  write('server/src/tenancy/team.ts', ['server/src/tenancy/internal/team-routes.ts'])
  expect(await rulesBroken()).toEqual(['leaf-parts'])
})

test('internals are private, to other modules and to what stands outside of them', async () => {
  write('server/src/kernel/internal/secret.ts')
  write('server/src/ledger/wallet.ts', ['server/src/kernel/internal/secret.ts'])
  write('server/src/serve.ts', ['server/src/kernel/internal/secret.ts'])
  write('bench/run.ts', ['server/src/kernel/internal/secret.ts'])
  expect(await rulesBroken()).toEqual([
    'internal-is-private-to-others',
    'internal-is-private',
    'internal-is-private-to-others',
  ])
})

test('routes and jobs are imported by serve, work and tests only', async () => {
  write('server/src/ledger/jobs.ts')
  write('server/src/work.ts', ['server/src/ledger/jobs.ts'])
  write('server/src/ledger/jobs.test.ts', ['server/src/ledger/jobs.ts'])
  write('server/test/jobs.test.ts', ['server/src/ledger/jobs.ts'])
  write('server/src/platform/thing.ts', ['server/src/ledger/jobs.ts'])
  expect(await rulesBroken()).toEqual(['leaves'])
})

test('no module uses what main puts together', async () => {
  write('server/src/config.ts')
  write('server/src/commands/demo.ts')
  write('server/src/platform/thing.ts', ['server/src/config.ts', 'server/src/commands/demo.ts'])
  expect(await rulesBroken()).toEqual(['modules-not-to-top', 'modules-not-to-top'])
})

test('production imports no test, but the demo may start the fake provider', async () => {
  write('server/test/fake-provider.ts')
  write('server/test/harness.ts')
  write('server/src/commands/demo.ts', ['server/test/fake-provider.ts'])
  expect(await rulesBroken()).toEqual([])
  write('server/src/commands/demo.ts', ['server/test/harness.ts'])
  write('server/src/ledger/wallet.ts', ['server/test/fake-provider.ts'])
  expect(await rulesBroken()).toEqual(['demo-only-provider-and-client', 'no-tests-in-production'])
})

test('two files may not need each other', async () => {
  write('server/src/kernel/a.ts', ['server/src/kernel/b.ts'])
  write('server/src/kernel/b.ts', ['server/src/kernel/a.ts'], 'import type')
  expect(await rulesBroken()).toEqual(['no-cycles'])
})

test('the portal and the server do not know each other', async () => {
  write('web/src/page.ts')
  write('server/src/kernel/id.ts', ['web/src/page.ts'])
  write('web/src/other.ts', ['server/src/serve.ts'])
  write('server/src/serve.ts')
  expect(await rulesBroken()).toEqual(['server-apart-from-web', 'web-apart-from-server'])
})

test('a folder that is in no order is named', async () => {
  write('server/src/utils/thing.ts')
  expect(await checkImportOrder(root)).toEqual(['server/src/utils has no place in ORDER (checks/import-order.ts)'])
})
