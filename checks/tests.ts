// Runs vitest and counts what it did, whatever it prints.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Static, Type } from 'typebox'
import { Value } from 'typebox/value'
import { runProgram } from './program.ts'

const Report = Type.Object({
  numPassedTests: Type.Integer(),
  numFailedTests: Type.Integer(),
  numPendingTests: Type.Integer(),
  numTodoTests: Type.Integer(),
})

export type TestResult = { readonly passed: number; readonly failed: number; readonly output: string }

/**
 * Runs the tests with these arguments of vitest. A test that was skipped counts as failed: every test runs everywhere. A
 * run that fails outside of any test (a file that does not load, an unhandled rejection) is one failure more.
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
    if (report === undefined) return { passed: 0, failed: 1, output: run.output }
    const not_run = report.numPendingTests + report.numTodoTests
    const failed = report.numFailedTests + not_run
    return {
      passed: report.numPassedTests,
      failed: failed === 0 && !run.succeeded ? 1 : failed,
      output: not_run === 0 ? run.output : `${run.output}\n${not_run} tests were skipped`,
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function readReport(path: string): Static<typeof Report> | undefined {
  try {
    return Value.Parse(Report, JSON.parse(readFileSync(path, 'utf8')))
  } catch {
    return undefined
  }
}
