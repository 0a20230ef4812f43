// `npm test`: the whole check, in this order. A step says something only when it fails, or with --verbose. The last line
// counts every test and every other step as one, and the exit code is 1 if any of them failed.

import { checkDrift } from './drift.ts'
import { checkHouseRules } from './house-rules.ts'
import { checkImportOrder } from './import-order.ts'
import { runProgram, stopProgramsOnSignal } from './program.ts'
import { runTests, type TestResult } from './tests.ts'

type Step = { readonly name: string; readonly run: () => Promise<TestResult> }

const STEPS: readonly Step[] = [
  { name: 'format', run: () => tool('node_modules/@biomejs/biome/bin/biome', ['format', '--colors=off']) },
  { name: 'lint', run: () => tool('node_modules/oxlint/bin/oxlint', ['--type-aware', '--format=unix']) },
  {
    name: 'types',
    run: () => tool('node_modules/@typescript/native/bin/tsc', ['--project', '.', '--pretty', 'false']),
  },
  {
    name: 'types of the portal',
    run: () => tool('node_modules/@typescript/native/bin/tsc', ['--project', 'web', '--pretty', 'false']),
  },
  { name: 'portal', run: () => tool('web/build.ts', ['--verbose']) },
  { name: 'import order', run: () => complaintsOf(checkImportOrder) },
  {
    name: 'dead code',
    run: () => tool('node_modules/knip/bin/knip.js', ['--config', 'checks/knip.json', '--no-progress']),
  },
  { name: 'drift', run: () => complaintsOf(checkDrift) },
  { name: 'house rules', run: () => complaintsOf(() => checkHouseRules()) },
  { name: 'tests', run: () => runTests([]) },
]

async function tool(script: string, args: readonly string[]): Promise<TestResult> {
  const { succeeded, output } = await runProgram(script, args)
  return succeeded ? { passed: 1, failed: 0, output } : { passed: 0, failed: 1, output }
}

async function complaintsOf(check: () => readonly string[] | Promise<readonly string[]>): Promise<TestResult> {
  const complaints = await check()
  const output = complaints.join('\n')
  return complaints.length === 0 ? { passed: 1, failed: 0, output } : { passed: 0, failed: 1, output }
}

/** A step that breaks is a failed step; the others still run. */
async function runStep(step: Step): Promise<TestResult> {
  try {
    return await step.run()
  } catch (error) {
    return { passed: 0, failed: 1, output: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
}

async function runAll(is_verbose: boolean): Promise<boolean> {
  const total = { passed: 0, failed: 0 }
  for (const step of STEPS) {
    const started_ms = performance.now()
    const { passed, failed, output, remark = '' } = await runStep(step)
    const took_s = ((performance.now() - started_ms) / 1000).toFixed(1)
    total.passed += passed
    total.failed += failed
    const count = passed + failed > 1 ? `, ${passed} passed, ${failed} failed` : ''
    process.stdout.write(`${failed === 0 ? 'ok    ' : 'FAILED'} ${step.name} (${took_s} s${count})\n`)
    if (remark !== '') process.stdout.write(`${remark.replaceAll(/^/gm, '    ')}\n`)
    if ((failed > 0 || is_verbose) && output !== '') process.stdout.write(`${output.replaceAll(/^/gm, '    ')}\n`)
  }
  process.stdout.write(`${total.passed} passed, ${total.failed} failed\n`)
  return total.failed === 0
}

stopProgramsOnSignal()
process.exitCode = (await runAll(process.argv.includes('--verbose'))) ? 0 : 1
