// Runs vitest and counts what it did, whatever it prints.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { type Static, Type } from 'typebox'
import { Value } from 'typebox/value'
import { ROOT, runProgram } from './program.ts'

/** So many of the slowest files are named: where the time of the check goes. */
const SLOWEST = 12

const Report = Type.Object({
  testResults: Type.Array(
    Type.Object({
      name: Type.String(),
      status: Type.String(),
      startTime: Type.Number(),
      endTime: Type.Number(),
      assertionResults: Type.Array(Type.Object({ status: Type.String(), fullName: Type.String() })),
    }),
  ),
})

export type TestResult = {
  readonly passed: number
  readonly failed: number
  /** What is said only of a failure. */
  readonly output: string
  /** What is said always. */
  readonly remark?: string
}

/**
 * Runs the tests with these arguments of vitest. A test that was skipped counts as failed: every test runs everywhere. So
 * does a file that fails outside of its tests, and a run that fails outside of any file.
 */
export async function runTests(
  args: readonly string[],
  options: { readonly live?: boolean } = {},
): Promise<TestResult> {
  const folder = mkdtempSync(join(tmpdir(), 'reeve-check-'))
  const report_path = join(folder, 'report.json')
  try {
    const shown = options.live === true ? 'default' : 'dot'
    const reporters = [`--reporter=${shown}`, '--reporter=json', `--outputFile.json=${report_path}`]
    const run = await runProgram('node_modules/vitest/vitest.mjs', ['run', ...reporters, ...args], options)
    const report = readReport(report_path)
    const { passed, failed, skipped } = countTests(report)
    const all_failed = failed + skipped
    return {
      passed,
      failed: all_failed === 0 && !run.succeeded ? 1 : all_failed,
      output: [run.output, ...unsuccessfulOf(report)].join('\n'),
      remark: slowestOf(report),
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function countTests(report: Static<typeof Report> | undefined): { passed: number; failed: number; skipped: number } {
  const files = report?.testResults ?? []
  const tests = files.flatMap((file) => file.assertionResults)
  const passed = tests.filter((test) => test.status === 'passed').length
  const failed = tests.filter((test) => test.status === 'failed').length
  const broken_files = files.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  ).length
  return { passed, failed: failed + broken_files, skipped: tests.length - passed - failed }
}

/** A line for each test that failed or was skipped and each file that broke: the last lines of a long output are those read. */
function unsuccessfulOf(report: Static<typeof Report> | undefined): readonly string[] {
  return (report?.testResults ?? []).flatMap(({ name, status, assertionResults }) => {
    const tests = assertionResults.filter((test) => test.status !== 'passed')
    const file = relative(ROOT, name)
    if (tests.length === 0) return status === 'failed' ? [`failed: ${file}`] : []
    return tests.map((test) => `${test.status}: ${file}: ${test.fullName}`)
  })
}

function slowestOf(report: Static<typeof Report> | undefined): string {
  const files = (report?.testResults ?? []).map(({ name, startTime, endTime }) => ({
    name: relative(ROOT, name),
    took_s: (endTime - startTime) / 1000,
  }))
  const slowest = files.toSorted((a, b) => b.took_s - a.took_s).slice(0, SLOWEST)
  return slowest.map(({ name, took_s }) => `${took_s.toFixed(0).padStart(4)} s  ${name}`).join('\n')
}

function readReport(path: string): Static<typeof Report> | undefined {
  try {
    return Value.Parse(Report, JSON.parse(readFileSync(path, 'utf8')))
  } catch {
    return undefined
  }
}
