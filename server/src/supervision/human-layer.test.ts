import fc from 'fast-check'
import { expect, test } from 'vitest'
import { newId } from '../kernel/id.ts'
import { readJson } from '../kernel/json-text.ts'
import { Problem } from '../kernel/problem.ts'
import {
  applyHumanLayer,
  changeHumanLayer,
  type HumanLayer,
  parseHumanLayer,
  type RecordDraft,
  valueAt,
  writeHumanLayer,
} from './human-layer.ts'

const output = { total: 10, items: [{ name: 'a' }, { name: 'b' }], 'a/b~c': true, ['__proto__']: 'plain' }
const author = { member_id: newId(), at: new Date('2026-01-01T00:00:00Z') }
const other = { member_id: newId(), at: new Date('2026-01-02T00:00:00Z') }
const change = (drafts: readonly RecordDraft[], kept: HumanLayer = [], by = author) =>
  changeHumanLayer(kept, drafts, output, by, () => [])

test('edits and overrides stand in the output, marked, and the machine keeps its own words', () => {
  const before = JSON.stringify(output)
  const layer = change([
    { kind: 'edit', pointer: '/items/1/name', value: 'c' },
    { kind: 'override', pointer: '/total', value: 11, text: 'It forgot one' },
    { kind: 'flag', pointer: '/a~1b~0c', text: 'Really?' },
  ])
  const applied = applyHumanLayer(output, layer)
  expect(applied.value).toMatchObject({ total: 11, items: [{ name: 'a' }, { name: 'c' }], 'a/b~c': true })
  expect([...applied.before.values()]).toEqual(['b', 10])
  expect(JSON.stringify(output)).toBe(before)
})

test('a record that says the same keeps its author, one that says something else is the work of whoever changed it', () => {
  const [note, edit] = change([
    { kind: 'note', pointer: '', text: 'Good' },
    { kind: 'edit', pointer: '/total', value: 12 },
  ])
  if (note === undefined || edit === undefined) throw new Error('Two records were made')
  const { by: _by, at: _at, ...sameNote } = note
  const changed = change([sameNote, { id: edit.id, kind: 'edit', pointer: '/total', value: 13 }], [note, edit], other)
  expect(changed[0]).toEqual(note)
  expect(changed[1]).toMatchObject({ id: edit.id, value: 13, by: other.member_id, at: '2026-01-02T00:00:00.000Z' })
})

test('what cannot stand over the output is refused by name', () => {
  const cases: readonly (readonly [RecordDraft, string])[] = [
    [{ kind: 'note', pointer: '/nothing', text: 'x' }, '/records/0/pointer'],
    [{ kind: 'note', pointer: '/items/2', text: 'x' }, '/records/0/pointer'],
    [{ kind: 'note', pointer: '/items/01', text: 'x' }, '/records/0/pointer'],
    [{ kind: 'edit', pointer: '/total' }, '/records/0/value'],
    [{ kind: 'note', pointer: '/total', text: 'x', value: 1 }, '/records/0/value'],
    [{ kind: 'override', pointer: '/total', value: 1 }, '/records/0/text'],
    [{ kind: 'flag', pointer: '/total', text: ' ' }, '/records/0/text'],
  ]
  for (const [draft, where] of cases) {
    try {
      change([draft])
      expect.unreachable(JSON.stringify(draft))
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      expect(error.fields?.map((each) => each.pointer)).toEqual([where])
    }
  }
  const breaking = () =>
    changeHumanLayer([], [{ kind: 'edit', pointer: '/total', value: 'x' }], output, author, () => [
      { pointer: '/total', message: 'must be number' },
    ])
  expect(breaking).toThrow('This cannot stand over the output')
})

test('a layer is read as it was written, whatever it says', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.constantFrom('/total', '/items', '/__proto__'), fc.jsonValue())), (edits) => {
      const layer = change(edits.map(([pointer, value]) => ({ kind: 'edit', pointer, value })))
      const written = writeHumanLayer(layer)
      expect(parseHumanLayer(written?.plain ?? null)).toEqual(readJson(JSON.stringify(layer)))
      for (const { pointer, value } of layer.slice(-1)) {
        expect(valueAt(applyHumanLayer(output, layer).value, pointer)).toEqual({ is_there: true, value })
      }
    }),
  )
})
