import fc from 'fast-check'
import { expect, test } from 'vitest'
import { judgeExpression } from './expression.ts'

test.each([
  ['input.x + 1', ['input.x']],
  ['$sum(input.items.(price * qty))', ['input.items']],
  ['input.items[price > limit].name', ['input.items']],
  ['{"a": node_b.c, "b": $$.node_c.d}', ['node_b.c', 'node_c.d']],
  ['$map(items, function($v) { $v.x & input.y })', ['items', 'input.y']],
  ['input.items^(>price)', ['input.items']],
  ['node_a.list{name: $sum(v)}', ['node_a.list']],
  ['a.b.(c + $$.d.e)', ['a.b', 'd.e']],
  ['node_a.b ? node_c : node_d', ['node_a.b', 'node_c', 'node_d']],
])('%s names the variables it uses and not the members of what it walks through', (text, names) => {
  const judged = judgeExpression(text)
  expect(judged.fault).toBeNull()
  expect(judged.names.map((path) => path.join('.'))).toEqual(names)
})

test.each([
  ['(', /no JSONata/],
  ['$eval("1")', /\$eval/],
  ['$f := $eval', /\$eval/],
  ['a.$match(/(a+)+/)', /the pattern/],
  [`${'('.repeat(200)}1${')'.repeat(200)}`, /nested/],
  [Array.from({ length: 800 }, (_, index) => index).join('+'), /nested|long/],
])('%s is refused', (text, reason) => {
  expect(judgeExpression(text).fault).toMatch(reason)
})

test('whatever text is given for an expression, judging it ends and throws nothing', () => {
  const word = fc.constantFrom(
    'input',
    '.',
    '(',
    ')',
    '[',
    ']',
    '{',
    '}',
    '$',
    '$map',
    '/a+/',
    '"',
    '1',
    '+',
    '~>',
    '%',
    '@',
  )
  fc.assert(
    fc.property(fc.array(word, { maxLength: 40 }), (words) => {
      const { fault } = judgeExpression(words.join(' '))
      expect(fault === null || fault.length > 0).toBe(true)
    }),
  )
})
