import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { runTests, type TestResult } from './tests.ts'

let root: string

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'reeve-tests-'))
})

afterEach(() => rmSync(root, { recursive: true, force: true }))

async function runFiles(files: Readonly<Record<string, string>>): Promise<Omit<TestResult, 'remark'>> {
  for (const [name, source] of Object.entries(files)) writeFileSync(join(root, `${name}.test.ts`), source)
  const { passed, failed, output } = await runTests([`--root=${root}`, '--globals'])
  return { passed, failed, output }
}

test('tests that pass are counted', async () => {
  const result = await runFiles({ two: "test('a', () => {}); test('b', () => {})" })
  expect(result).toMatchObject({ passed: 2, failed: 0 })
})

test('a failed test, a skipped test and a file that does not load are one failure each, named last', async () => {
  const result = await runFiles({
    passes: "test('a', () => {})",
    fails: "describe('in a group', () => test('a', () => { expect(1).toBe(2) }))",
    skips: "test('a', ({ skip }) => skip())",
    breaks: "import './nowhere.ts'; test('a', () => {})",
  })
  expect(result).toMatchObject({ passed: 1, failed: 3 })
  const lines = result.output.split('\n').slice(-3).toSorted()
  expect(lines).toEqual([
    expect.stringMatching(/^failed: \S+breaks\.test\.ts$/),
    expect.stringMatching(/^failed: \S+fails\.test\.ts: in a group a$/),
    expect.stringMatching(/^(skipped|pending): \S+skips\.test\.ts: a$/),
  ])
})

test('a run that fails outside of any file is a failure', async () => {
  expect(await runFiles({ leaks: "test('a', () => { void Promise.reject(new Error('late')) })" })).toMatchObject({
    passed: 1,
    failed: 1,
  })
})

test('no test at all is a failure', async () => {
  expect(await runFiles({})).toMatchObject({ passed: 0, failed: 1 })
})
