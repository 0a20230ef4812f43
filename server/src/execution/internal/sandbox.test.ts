import { afterAll, expect, test } from 'vitest'
import { createSandbox } from './sandbox.ts'
import { StepFailure } from './step-failure.ts'

const sandbox = createSandbox({ timeout_ms: 1000 })
afterAll(() => sandbox.close())

const AT = '2026-01-02T03:04:05.000Z'
const evaluate = (expression: string, variables: object = {}) => sandbox.evaluate(expression, variables, AT)

test('an expression computes over what it is given, and nothing is null', async () => {
  expect(await evaluate('$sum(a.b)', { a: [{ b: 1 }, { b: 2 }] })).toBe(3)
  expect(await evaluate('missing.thing')).toBeNull()
  expect(await evaluate('[a.b]', { a: [{ b: 1 }] })).toEqual([1])
})

test('an expression that is computed again gives the same time', async () => {
  expect(await evaluate('$now()')).toBe(AT)
  expect(await evaluate('$millis()')).toBe(Date.parse(AT))
})

test('an expression that is wrong says why', async () => {
  await expect(evaluate('1 +')).rejects.toMatchObject({ code: 'expression_failed' })
  await expect(evaluate('$sum("x")')).rejects.toMatchObject({ code: 'expression_failed' })
})

test('an expression that loops is stopped, and those beside it go on', async () => {
  const looping = evaluate('($f := function($n) { $f($n + 1) }; $f(0))')
  const [ended, beside] = await Promise.allSettled([looping, evaluate('1 + 1')])
  expect(beside).toMatchObject({ value: 2 })
  expect(ended).toMatchObject({ reason: { name: 'StepFailure' } })
  const pattern = evaluate('$match(text, /^(a+)+$/)', { text: `${'a'.repeat(40)}!` })
  await expect(pattern).rejects.toMatchObject({ code: 'expression_timeout' })
  expect(await evaluate('2 + 2')).toBe(4)
})

test('an expression that fills the memory ends its thread and nothing else', async () => {
  const filling = evaluate('($f := function($s) { $f($s & $s) }; $f("xxxxxxxxxxxxxxxx"))')
  await expect(filling).rejects.toThrow(StepFailure)
  expect(await evaluate('3 + 3')).toBe(6)
})

test('an expression reaches nothing but its variables', async () => {
  expect(await evaluate('$exists(process) or $exists(require) or $exists(globalThis)')).toBe(false)
  await expect(evaluate('$constructor("return process")()')).rejects.toMatchObject({ code: 'expression_failed' })
  expect(await evaluate('a.constructor', { a: {} })).toBeNull()
})
