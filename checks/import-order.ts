// The import rules of the server (ARCHITECTURE.md, "Layout"), drawn from one list.

import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { cruise, type IForbiddenRuleType } from 'dependency-cruiser'
import { ROOT } from './program.ts'

/** The modules of server/src, lowest first. A module imports only itself and what stands before it. */
export const ORDER = [
  'kernel',
  'access',
  'keys',
  'audit',
  'secrets',
  'mail',
  'identity',
  'tenancy',
  'http',
  'models',
  'policy',
  'ledger',
  'files',
  'apps',
  'supervision',
  'invocation',
  'execution',
  'gateway',
  'knowledge',
  'studio',
  'board',
  'billing',
  'notify',
  'insight',
  'platform',
]

/** Above every module: what `main.ts` puts together. Files directly in server/src belong here as well. */
const TOP_FOLDERS = ['commands']

const SERVER = '^server/src/'
/** Tests, shared suites, and the generators of values (`arbitrary-…`) they use. */
const TEST = String.raw`(?:[.](?:test|soak|suite)|/arbitrary-[^/]+)[.]ts$`
const LEAF = String.raw`/(?:routes|jobs)[.]ts$`
/** What a long routes.ts or jobs.ts is divided into; no more a foundation than the whole. */
const LEAF_PART = String.raw`/internal/[a-z-]+-(?:routes|jobs|schema)[.]ts$`
const TOP = `${SERVER}(?:[^/]+[.]ts$|(?:${TOP_FOLDERS.join('|')})/)`
const DEMO = [`${SERVER}commands/demo[.]ts$`, `${SERVER}commands/demo-[a-z]+[.]ts$`]

/** For each module nothing above it; but its routes, jobs and tests, on which nobody builds, may use `http` from below it. */
function downwardRules(): IForbiddenRuleType[] {
  const http = ORDER.indexOf('http')
  return ORDER.slice(0, -1).flatMap((module, index) => {
    const rule = (name: string, pathNot: readonly string[], higher: readonly string[]): IForbiddenRuleType => ({
      name: `${name}-${module}`,
      severity: 'error',
      comment: `${module} may import only itself and the modules before it in ORDER`,
      from: { path: `${SERVER}${module}/`, pathNot: [...pathNot] },
      to: { path: `${SERVER}(?:${higher.join('|')})/` },
    })
    const above = ORDER.slice(index + 1).filter((name) => name !== 'http')
    return [
      rule('downward', [], above),
      ...(index < http ? [rule('http-above', [LEAF, LEAF_PART, TEST], ['http'])] : []),
    ]
  })
}

const FIXED_RULES: readonly IForbiddenRuleType[] = [
  {
    name: 'modules-not-to-top',
    severity: 'error',
    comment: 'What main.ts puts together is above every module; a module is handed what it needs',
    from: { path: `${SERVER}(?:${ORDER.join('|')})/`, pathNot: TEST },
    to: { path: TOP },
  },
  {
    name: 'internal-is-private',
    severity: 'error',
    comment: 'internal/ belongs to its module alone',
    from: { path: `${SERVER}([^/]+)/` },
    to: { path: `${SERVER}[^/]+/internal/`, pathNot: `${SERVER}$1/internal/` },
  },
  {
    name: 'internal-is-private-to-others',
    severity: 'error',
    comment: 'internal/ belongs to its module alone',
    from: { pathNot: [`${SERVER}[^/]+/`, '^server/test/'] },
    to: { path: `${SERVER}[^/]+/internal/` },
  },
  {
    name: 'leaves',
    severity: 'error',
    comment: 'routes.ts and jobs.ts are listed by serve.ts and work.ts and imported by nobody else',
    from: { pathNot: [`${SERVER}(?:serve|work)[.]ts$`, '^server/test/', TEST] },
    to: { path: `${SERVER}.*${LEAF}` },
  },
  {
    name: 'leaf-parts',
    severity: 'error',
    comment: 'The parts of routes.ts and jobs.ts are used by these alone',
    from: { pathNot: [LEAF, LEAF_PART, TEST] },
    to: { path: LEAF_PART },
  },
  {
    name: 'no-tests-in-production',
    severity: 'error',
    comment: 'What runs in production imports no test; the demo alone may start the fake provider',
    from: { path: SERVER, pathNot: [TEST, ...DEMO] },
    to: { path: `^server/test/|${TEST}` },
  },
  {
    name: 'demo-only-provider-and-client',
    severity: 'error',
    comment: 'Of the tests, the demo may import the fake provider and the client only',
    from: { path: DEMO },
    to: { path: `^server/test/|${TEST}`, pathNot: '^server/test/(fake-provider|client)[.]ts$' },
  },
  {
    name: 'no-development-packages-in-production',
    severity: 'error',
    comment: 'What runs in production needs its packages in "dependencies"',
    from: { path: SERVER, pathNot: TEST },
    to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], pathNot: 'node_modules/@types/' },
  },
  {
    name: 'web-apart-from-server',
    severity: 'error',
    comment: 'The portal is a client of the public API only',
    from: { path: '^web/', pathNot: '^web/e2e/' },
    to: { path: '^server/' },
  },
  {
    name: 'e2e-through-the-test-world',
    severity: 'error',
    comment: 'The browser tests start a Reeve through the tests of the server; they ask it over HTTP',
    from: { path: '^web/e2e/' },
    to: { path: '^server/src/' },
  },
  {
    name: 'base-ui-behind-wrappers',
    severity: 'error',
    comment: 'Screens import web/src/ui; the wrappers alone know the library below them',
    from: { path: '^web/', pathNot: '^web/src/ui/' },
    to: { path: 'node_modules/@base-ui/' },
  },
  {
    name: 'ui-knows-no-page',
    severity: 'error',
    comment: 'ui and components are below the screens',
    from: { path: '^web/src/(?:ui|components|api|session)/' },
    to: { path: '^web/src/pages/' },
  },
  {
    name: 'server-apart-from-web',
    severity: 'error',
    comment: 'The server knows nothing of the portal',
    from: { path: '^(?:server|bench)/' },
    to: { path: '^web/' },
  },
  {
    name: 'no-cycles',
    severity: 'error',
    comment: 'Two files that need each other are one',
    from: {},
    to: { circular: true },
  },
]

/** Complaints about the imports below `root`, one line each; none means that every rule holds. */
export async function checkImportOrder(root: string = ROOT): Promise<readonly string[]> {
  const { output } = await cruise(
    ['server', 'bench', 'checks', 'web'].filter((folder) => readdirSync(root).includes(folder)),
    {
      baseDir: root,
      validate: true,
      ruleSet: { forbidden: [...downwardRules(), ...FIXED_RULES] },
      // Imports of types count: a type from above is knowledge of what stands above.
      tsPreCompilationDeps: true,
      doNotFollow: { path: 'node_modules' },
    },
  )
  if (typeof output === 'string') throw new Error(`dependency-cruiser answered with text: ${output}`)
  const violations = output.summary.violations.map(
    ({ rule, from, to, cycle }) =>
      `${from} → ${cycle === undefined ? to : cycle.map((step) => step.name).join(' → ')} (${rule.name})`,
  )
  return [...listUnknownFolders(root), ...violations].sort()
}

function listUnknownFolders(root: string): readonly string[] {
  return readdirSync(join(root, 'server', 'src'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !ORDER.includes(entry.name) && !TOP_FOLDERS.includes(entry.name))
    .map((entry) => `server/src/${entry.name} has no place in ORDER (checks/import-order.ts)`)
}
