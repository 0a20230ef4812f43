import { expect, test } from 'vitest'
import { checkHouseRules, HOUSE_RULES, type SourceFile } from './house-rules.ts'

/** For each rule: files that break it, and files that do not though they look alike. */
const CASES: Readonly<Record<string, { breaks: readonly SourceFile[]; keeps: readonly SourceFile[] }>> = {
  'the environment is read in server/src/config.ts only': {
    breaks: [
      { path: 'server/src/serve.ts', text: 'const port = process.env.PORT' },
      { path: 'server/src/work.ts', text: "const port = process['env'].PORT" },
      { path: 'bench/run.ts', text: "import { env } from 'node:process'" },
    ],
    keeps: [
      { path: 'server/src/config.ts', text: 'process.env' },
      { path: 'bootstrap.mjs', text: 'process.env' },
      { path: 'server/src/serve.ts', text: 'const environment = process.argv' },
    ],
  },
  'JSON that people wrote is read by readJson of server/src/kernel/json-text.ts': {
    breaks: [{ path: 'server/src/policy/a.ts', text: 'const document = JSON.parse(text)' }],
    keeps: [
      { path: 'server/src/kernel/json-text.ts', text: 'JSON.parse(text)' },
      { path: 'server/src/policy/a.test.ts', text: 'JSON.parse(text)' },
      { path: 'server/src/policy/a.ts', text: 'readJson(text)' },
    ],
  },
  'a migration has a number of its own': {
    breaks: [
      { path: 'database/org/migrations/0007_team.sql', text: '' },
      { path: 'database/org/migrations/0007_project.sql', text: '' },
    ],
    keeps: [
      { path: 'database/org/migrations/0007_team.sql', text: '' },
      { path: 'database/control/migrations/0007_tier.sql', text: '' },
    ],
  },
  'types are checked everywhere': {
    breaks: [{ path: 'server/src/a.ts', text: '// @ts-ignore' }],
    keeps: [{ path: 'server/src/a.ts', text: 'const ts = 1' }],
  },
  'a comment that silences a tool says why and never silences the strictest rules': {
    breaks: [
      { path: 'server/src/a.ts', text: '// oxlint-disable-next-line no-shadow' },
      { path: 'server/src/b.ts', text: '// oxlint-disable-next-line typescript/no-explicit-any -- it is short' },
    ],
    keeps: [{ path: 'server/src/a.ts', text: '// oxlint-disable-next-line no-shadow -- the outer one is its source' }],
  },
  'every test runs': {
    breaks: [
      { path: 'server/src/a.test.ts', text: "test.skip('x', () => {})" },
      { path: 'server/src/b.test.ts', text: "describe.only('x', () => {})" },
      { path: 'server/src/c.test.ts', text: "it.runIf(process.platform)('x', () => {})" },
    ],
    keeps: [{ path: 'server/src/a.test.ts', text: "test.each([1])('x', () => {})" }],
  },
  'no path of one machine': {
    breaks: [
      { path: 'docs/a.md', text: 'see /home/somebody/notes' },
      { path: 'server/src/a.ts', text: "readFileSync('/tmp/x')" },
    ],
    keeps: [{ path: 'docs/a.md', text: 'GET /api/organisations, ./data and /var/cache' }],
  },
  'a file of the server has at most 450 lines': {
    breaks: [{ path: 'server/src/a/b.ts', text: 'x\n'.repeat(451) }],
    keeps: [
      { path: 'server/src/a/b.ts', text: 'x\n'.repeat(450) },
      { path: 'server/src/kernel/control-tables.ts', text: 'x\n'.repeat(900) },
    ],
  },
  'a problem code is defined once': {
    breaks: [
      { path: 'server/src/a/problems.ts', text: "export const one = defineProblem('gone', 404, 'x')" },
      { path: 'server/src/b/problems.ts', text: "export const two = defineProblem(\n  'gone',\n  410,\n  'x',\n)" },
    ],
    keeps: [
      { path: 'server/src/a/problems.ts', text: "defineProblem('gone', 404, 'x'); defineProblem('full', 409, 'x')" },
      { path: 'server/src/kernel/problem.test.ts', text: "defineProblem('gone', 404, 'x')" },
    ],
  },
  'a name says what is inside': {
    breaks: [
      { path: 'server/src/kernel/utils/text.ts', text: '' },
      { path: 'server/src/ledger/helpers.ts', text: '' },
    ],
    keeps: [{ path: 'server/src/kernel/money.ts', text: '' }],
  },
  'a file name is in kebab-case': {
    breaks: [{ path: 'server/src/kernel/laneQueue.ts', text: '' }],
    keeps: [
      { path: 'server/src/kernel/lane-queue.test.ts', text: '' },
      { path: 'database/control/migrations/0001_identity.sql', text: '' },
    ],
  },
  'every dependency is named in docs/dependencies.md': {
    breaks: [
      { path: 'package.json', text: '{"dependencies":{"pg":"8.0.0"}}' },
      { path: 'docs/dependencies.md', text: 'pg' },
    ],
    keeps: [
      { path: 'package.json', text: '{"dependencies":{"pg":"8.0.0"},"optionalDependencies":{"@some/linux-x64":"1"}}' },
      { path: 'docs/dependencies.md', text: '| `pg` | |\n| `@some/*` | |' },
    ],
  },
  'the lockfile holds the packages of every platform, or npm ci refuses it': {
    breaks: [
      {
        path: 'package-lock.json',
        text: '{"packages":{"node_modules/a":{"optionalDependencies":{"a-darwin":"1","a-linux":"1"}},"node_modules/a-linux":{}}}',
      },
    ],
    keeps: [
      {
        path: 'package-lock.json',
        text: '{"packages":{"node_modules/a":{"optionalDependencies":{"a-darwin":"1"}},"node_modules/a/node_modules/a-darwin":{}}}',
      },
    ],
  },
}

const NEEDED: readonly SourceFile[] = [
  { path: 'package.json', text: '{}' },
  { path: 'package-lock.json', text: '{"packages":{}}' },
]

function complaintsOf(name: string, files: readonly SourceFile[]): readonly string[] {
  const rule = HOUSE_RULES[name]
  if (rule === undefined) throw new Error(`there is no rule "${name}"`)
  return rule([...files, ...NEEDED])
}

test('every rule has its cases', () => {
  expect(Object.keys(CASES).sort()).toEqual(Object.keys(HOUSE_RULES).sort())
})

test.each(Object.entries(CASES))('%s: each breach is named', (name, { breaks }) => {
  const places =
    name === 'every dependency is named in docs/dependencies.md' || name.startsWith('a problem code')
      ? 1
      : breaks.length
  expect(complaintsOf(name, breaks)).toHaveLength(places)
})

test.each(Object.entries(CASES))('%s: what only looks alike passes', (name, { keeps }) => {
  expect(complaintsOf(name, keeps)).toEqual([])
})

test('a complaint carries its rule', () => {
  const files = [...NEEDED, { path: 'server/src/a.ts', text: 'x\n// @ts-ignore\n' }]
  expect(checkHouseRules(files)).toEqual(['types are checked everywhere: server/src/a.ts:2: // @ts-ignore'])
})
