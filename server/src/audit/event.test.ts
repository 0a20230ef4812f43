import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { AUDIT_EVENTS } from './event.ts'

const SERVER = fileURLToPath(new URL('..', import.meta.url))
const DATABASE = fileURLToPath(new URL('../../../database', import.meta.url))

/** Written by `settle.sql` as `'execution.' || state`. */
const COMPOSED: ReadonlySet<string> = new Set(['execution.finalised', 'execution.failed', 'execution.cancelled'])

function readSources(folder: string, isSource: (path: string) => boolean): string {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(isSource)
  return paths.map((path) => readFileSync(join(folder, path), 'utf8')).join('\n')
}

const isCode = (path: string): boolean =>
  path.endsWith('.ts') && !/\.(test|suite|soak)\.ts$/.test(path) && path !== join('audit', 'event.ts')

test('each event of the inventory is produced by something', () => {
  const sql = readSources(DATABASE, (path) => path.endsWith('.sql') && !path.endsWith('schema.sql'))
  const sources = readSources(SERVER, isCode) + sql
  const silent = Object.keys(AUDIT_EVENTS).filter((event) => !COMPOSED.has(event) && !sources.includes(`'${event}'`))
  expect(silent).toEqual([])
  expect(sql).toContain(`'execution.' || e.state`)
})
