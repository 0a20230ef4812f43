import { expect, test } from 'vitest'
import { createKeySequence } from '../src/shell/key-sequence.ts'

test('the first key of a page that has just opened ends no sequence', () => {
  expect(createKeySequence().end(300)).toBe(false)
})

test('a key ends the sequence that was begun, once, while it waits', () => {
  const sequence = createKeySequence()
  sequence.begin(300)
  expect(sequence.end(1400)).toBe(true)
  expect(sequence.end(1450)).toBe(false)
  sequence.begin(2000)
  expect(sequence.end(3300)).toBe(false)
})
