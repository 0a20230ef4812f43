import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { entryOf, listOpen, NAVIGATION, openedBy } from '../src/navigation.ts'

const PAGES = fileURLToPath(new URL('../src/pages', import.meta.url))
const PREFIXES = new Map([
  ['organisation', '/o/$org'],
  ['platform', '/platform'],
  ['signedIn', ''],
])

/** What a route says it is, or what all of its module say together. */
const PAGE = /below\('(\w+)'\)/

/** The text of every route of every module, with that of its module. The routes themselves need a browser. */
function routeSources(): readonly { readonly source: string; readonly route: string }[] {
  const sources = globSync('*/routes.ts', { cwd: PAGES }).map((file) => readFileSync(`${PAGES}/${file}`, 'utf8'))
  return sources.flatMap((source) =>
    source
      .split('createRoute({')
      .slice(1)
      .map((route) => ({ source, route: route.slice(0, route.indexOf('\n})')) })),
  )
}

/** The pages that the routes of all modules say they are, by their addresses. */
function pagesByPath(): ReadonlyMap<string, string> {
  return new Map(
    routeSources().flatMap(({ source, route }) => {
      const prefix = PREFIXES.get(/getParentRoute: \(\) => (\w+)/.exec(route)?.[1] ?? '')
      const path = /path: '([^']+)'/.exec(route)?.[1]
      const page = (PAGE.exec(route) ?? PAGE.exec(source))?.[1]
      return prefix === undefined || path === undefined || page === undefined ? [] : [[`${prefix}${path}`, page]]
    }),
  )
}

const textsOf = (language: string): unknown =>
  JSON.parse(readFileSync(fileURLToPath(new URL(`../src/locales/${language}/shell.json`, import.meta.url)), 'utf8'))

function textAt(texts: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (value, name) => (typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined),
    texts,
  )
}

test('every page of the registry has a route, and the route says that it is this page', () => {
  const pages = pagesByPath()
  const found = NAVIGATION.map(({ id, path }) => [id, pages.get(path)])
  expect(found).toEqual(NAVIGATION.map(({ id }) => [id, id]))
})

test('what opens a page of an organisation is said by the registry alone', () => {
  const routes = routeSources().filter(({ route }) => route.includes('getParentRoute: () => organisation,'))
  expect(routes.length).toBeGreaterThan(NAVIGATION.filter(({ path }) => path.includes('$org')).length)
  for (const { route } of routes) {
    const path = /path: '([^']+)'/.exec(route)?.[1] ?? ''
    const asks = /beforeLoad: \(\{ params \}\) => requireOpen\(params\.org, '(\w+)'(?:, '([^']+)')?\),\n/.exec(route)
    const [, page, rest = ''] = asks ?? []
    expect(page, path).toBe(PAGE.exec(route)?.[1])
    const entry = NAVIGATION.find(({ id }) => id === page)
    expect(entry, path).toBeDefined()
    // A page below another one whose permission differs is named by the registry; one that is not follows the page above.
    for (const below of Object.keys(entry?.below ?? {}))
      expect(rest === below, path).toBe(`/o/$org${path}` === `${entry?.path}${below}`)
  }
})

test('a page opens by what lists it, except where the registry says otherwise', () => {
  const otherwise = NAVIGATION.filter((entry) => entry.opens !== undefined || entry.below !== undefined)
  expect(otherwise.map(({ id }) => id).sort()).toEqual(['billing', 'catalogue', 'chat', 'people', 'settings'])
  expect(openedBy(entryOf('billing'))).toEqual(['billing.view'])
  expect(openedBy(entryOf('chat'))).toEqual(['run.view_own'])
  expect(openedBy(entryOf('settings'))).toEqual(['org.settings', 'worker_key.view'])
  expect(openedBy(entryOf('people'), '/service-accounts/$account')).toEqual(['api_key.manage'])
  expect(openedBy(entryOf('catalogue'), '/versions/$version')).toEqual(['app.view'])
  expect(openedBy(entryOf('quotas'))).toEqual(['spend_limit.manage', 'quota.manage'])
  expect(openedBy(entryOf('sso'))).toEqual(['sso.manage'])
  expect(openedBy(entryOf('home'))).toEqual([])
})

test('every page of the registry has a name in every language', () => {
  for (const language of ['en', 'de']) {
    const texts = textsOf(language)
    for (const { id, group } of NAVIGATION) {
      expect(textAt(texts, ['nav', id]), `${language}, ${id}`).toEqual(expect.any(String))
      expect(textAt(texts, ['group', group]), `${language}, ${group}`).toEqual(expect.any(String))
    }
  }
})

test('the section of the organisation has its three items, and no more (the administration overview)', () => {
  const listed = NAVIGATION.filter(({ group, isUnlisted }) => group === 'organisation' && isUnlisted !== true)
  expect(listed.map(({ id }) => id)).toEqual(['settings', 'billing', 'audit'])
})

test('no two pages share an id, a path or a key, and whoever may nothing sees only what everybody may', () => {
  for (const part of ['id', 'path', 'key'] as const) {
    const given = NAVIGATION.flatMap((entry) => entry[part] ?? [])
    expect(new Set(given).size).toBe(given.length)
  }
  expect(listOpen(() => false).every(({ permission }) => permission === null)).toBe(true)
})
