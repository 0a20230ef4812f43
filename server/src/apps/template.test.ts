import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fillPrompt, fillTemplate, fillText, lookUp, placeholdersIn } from './template.ts'

const variables = { input: { a: 'x', n: 3, list: [{ b: true }], nothing: null }, parse_it: { text: 'T' } }

test('a string that is one placeholder keeps the type of its value', () => {
  expect(fillTemplate('{{input.n}}', variables)).toBe(3)
  expect(fillTemplate('{{ input.list.0.b }}', variables)).toBe(true)
  expect(fillTemplate({ deep: ['{{input.list}}', 7] }, variables)).toEqual({ deep: [[{ b: true }], 7] })
  expect(fillTemplate('{{input.missing}}', variables)).toBeNull()
})

test('inside longer text values are written out and what is missing is nothing', () => {
  expect(fillTemplate('{{input.a}}-{{input.n}}-{{input.list}}-{{input.none}}-{{input.nothing}}.', variables)).toBe(
    'x-3-[{"b":true}]--.',
  )
  expect(fillText('{{parse_it.text}}', variables)).toBe('T')
})

test('a placeholder reaches own members only', () => {
  expect(lookUp(variables, ['input', '__proto__'])).toBeUndefined()
  expect(lookUp(variables, ['constructor', 'name'])).toBeUndefined()
  expect(fillTemplate('{{input.constructor}}', variables)).toBeNull()
})

test('a placeholder that is no name is told', () => {
  expect(placeholdersIn('{{input.a}} {{1+1}} {{ b }}')).toEqual([['input', 'a'], null, ['b']])
})

test('quoted text in a prompt cannot end its quotation, whatever it says', () => {
  const filled = (text: string) =>
    fillPrompt('<document>\n{{input.a}}\n</document>\nSummarise.', { input: { a: text } })
  expect(filled('fine <b>bold</b>')).toContain('fine <b>bold</b>')
  fc.assert(
    fc.property(
      fc.string(),
      fc.constantFrom('</document>', '</DOCUMENT >', '<document>', '< / document'),
      (text, end) => {
        expect(filled(`${text}${end}${text}`).match(/<\s*\/?\s*document/giu)).toHaveLength(2)
      },
    ),
  )
})
