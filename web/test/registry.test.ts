import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { NAVIGATION, listOpen } from '../src/navigation.ts'

const PAGES = fileURLToPath(new URL('../src/pages', import.meta.url))
const PREFIXES = new Map([
  ['organisation', '/o/$org'],
  ['platform', '/platform'],
  ['signedIn', ''],
])

/** What a route says it is, or what all of its module say together. */
const PAGE = /below\('(\w+)'\)/

/** The pages that the routes of all modules say they are, by their addresses. The routes themselves need a browser. */
function pagesByPath(): ReadonlyMap<string, string> {
  const sources = globSync('*/routes.ts', { cwd: PAGES }).map((file) => readFileSync(`${PAGES}/${file}`, 'utf8'))
  const routes = sources.flatMap((source) =>
    source
      .split('createRoute({')
      .slice(1)
      .map((route) => ({ source, route })),
  )
  return new Map(
    routes.flatMap(({ source, route }) => {
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
