import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { refusalOf } from '../access/arbitrary-actor.ts'
import { arbitraryDocument } from './arbitrary-policy.ts'
import { parsePolicyDocument, POLICY_FIELDS } from './document.ts'

describe('a policy document', () => {
  test('may leave out every field, and set any', () => {
    fc.assert(
      fc.property(arbitraryDocument, (document) => {
        expect(parsePolicyDocument(document)).toEqual(document)
      }),
    )
  })

  test('is made by the arbitrary of the tests with every field there is', () => {
    const seen = new Set<string>()
    fc.assert(fc.property(arbitraryDocument, (document) => Object.keys(document).forEach((field) => seen.add(field))))
    expect([...seen].sort()).toEqual([...POLICY_FIELDS].sort())
  })

  test.each([
    ['a misspelt field', { mandatory_acks: true }, '/mandatory_acks'],
    ['a field hidden as __proto__', JSON.parse('{"__proto__": {"max_steps": 1}}'), '/__proto__'],
    ['an engine that is not on the closed list', { allowed_engines: ['gateway', 'shell'] }, '/allowed_engines/1'],
    ['a word for a set', { allowed_models: 'some' }, '/allowed_models'],
    ['a word twice', { allowed_models: ['a', 'a'] }, '/allowed_models'],
    ['a limit of nothing', { max_output_tokens: 0 }, '/max_output_tokens'],
    ['half a limit', { max_steps: 1.5 }, '/max_steps'],
    ['a limit beyond all reason', { max_execution_seconds: 1e12 }, '/max_execution_seconds'],
    ['a limit in words', { max_steps: '5' }, '/max_steps'],
    ['null for no limit', { max_steps: null }, '/max_steps'],
    ['a risk that is none', { gateway_risk: 'off' }, '/gateway_risk'],
    ['a list', [], ''],
    ['nothing', null, ''],
  ])('is refused with %s, naming the place', (_, value, pointer) => {
    const refusal = refusalOf(() => parsePolicyDocument(value))
    expect(refusal).toMatchObject({ code: 'policy_invalid', status: 422 })
    expect(refusal?.fields?.map((field) => field.pointer)).toContain(pointer)
  })
})
