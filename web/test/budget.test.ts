import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const WEB = join(import.meta.dirname, '..')

test('the portal stays within its budgets: first script, style sheets, every chunk', () => {
  execFileSync(process.execPath, [join(WEB, 'build.ts')], { stdio: 'pipe' })
  const weight: unknown = JSON.parse(readFileSync(join(WEB, 'dist', '.weight.json'), 'utf8'))
  expect(weight).toMatchObject({ over: [] })
}, 120_000)
