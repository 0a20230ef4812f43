import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { differenceOf } from './drift.ts'

let root: string

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'reeve-drift-'))
})

afterEach(() => rmSync(root, { recursive: true, force: true }))

test('a file that is what it is made from has no difference', () => {
  writeFileSync(join(root, 'a.sql'), 'one\ntwo\n')
  expect(differenceOf({ path: 'a.sql', text: 'one\ntwo\n' }, root)).toBe(null)
})

test('a file that is out of date is named with its first wrong line and how to mend it', () => {
  writeFileSync(join(root, 'a.sql'), 'one\n2\n3\n')
  const complaint = differenceOf({ path: 'a.sql', text: 'one\ntwo\nthree\n' }, root)
  expect(complaint).toBe('a.sql:2 is out of date; "npm run refresh" makes it anew\n  is        2\n  should be two')
})

test.each([
  ['is missing', null, 'one\n'],
  ['ends early', 'one\n', 'one\ntwo\n'],
  ['goes on too long', 'one\ntwo\n', 'one\n'],
  ['lacks its last line break', 'one', 'one\n'],
])('a file that %s is out of date', (_what, committed, text) => {
  if (committed !== null) writeFileSync(join(root, 'a.sql'), committed)
  expect(differenceOf({ path: 'a.sql', text }, root)).toContain('is out of date')
})
