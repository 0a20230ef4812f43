import fc from 'fast-check'
import { expect, test } from 'vitest'
import { findPatternFault, UNBOUNDED_SUBJECT_CHARS } from './regex.ts'

test.each([
  '^[a-z]+$',
  String.raw`^\d{4}-\d{2}-\d{2}$`,
  String.raw`^(\d{2}-){3}$`,
  '^(?:eu|uk)$',
  '^[+*(]{1,20}$',
  String.raw`^[^@ ]+@[^@ ]+\.[a-z]+$`,
])('%s may be used', (pattern) => {
  expect(findPatternFault(pattern, 100)).toBeNull()
})

test.each([
  ['(a+)+$', /repeats something itself/],
  ['^(a|a)*$', /alternatives/],
  ['^(a?){30}a{30}$', /repeats something itself/],
  [`${'a?'.repeat(30)}a{30}`, /too long/],
  ['(?=a)b', /look ahead/],
  ['(?<!a)b', /look ahead or behind/],
  [String.raw`(a)\1`, /refer back/],
  [String.raw`(?<x>a)\k<x>`, /refer back/],
  ['(?i:a)', /flags/],
  ['((a{100}){100}){100}', /1000 times/],
  ['[a', /no regular expression/],
  ['a'.repeat(301), /longer/],
])('%s is refused', (pattern, reason) => {
  expect(findPatternFault(pattern, 100)).toMatch(reason)
})

test('what is harmless on a short text may be too slow on a long one', () => {
  expect(findPatternFault('[a-z]+[0-9]+', 50)).toBeNull()
  expect(findPatternFault('[a-z]+[0-9]+', UNBOUNDED_SUBJECT_CHARS)).toMatch(/bound the length/)
})

test('whatever text is given for a pattern, judging it ends and throws nothing', () => {
  const word = fc.constantFrom('(', ')', '[', ']', '{2,}', '*', '+', '?', '|', '\\', 'a', '^', '$', '.', '(?:', '(?<n>')
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(word, { maxLength: 30 }).map((words) => words.join('')),
      ),
      (pattern) => {
        const fault = findPatternFault(pattern, 50)
        expect(fault === null || fault.length > 0).toBe(true)
      },
    ),
  )
})
