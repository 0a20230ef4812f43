import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { blindIndex, type DataKey, openField, readKid, sealField } from './envelope.ts'

const contentKey: DataKey = { organisation_id: 'o1', kid: 7, purpose: 'content', bytes: randomBytes(32) }
const indexKey: DataKey = { ...contentKey, kid: 8, purpose: 'index' }
const place = { table: 'execution', column: 'input', pk: '0192' }

const name = fc.string({ minLength: 1, maxLength: 20 }).filter((text) => !text.includes('|'))
const anyPlace = fc.record({ table: name, column: name, pk: name })
const anyKid = fc.integer({ min: 0, max: 0xffffffff })

describe('records', () => {
  test('what was sealed for a place opens there, and carries the number of its key', () => {
    fc.assert(
      fc.property(anyPlace, anyKid, fc.uint8Array({ maxLength: 300 }), (where, kid, plaintext) => {
        const key = { ...contentKey, kid }
        const record = sealField(key, where, plaintext)
        expect(record).toHaveLength(1 + 4 + 12 + plaintext.length + 16)
        expect(readKid(record)).toBe(kid)
        expect(openField(key, where, record)).toEqual(Buffer.from(plaintext))
        expect(
          openField(key, where, new Uint8Array(Buffer.concat([record, record])).subarray(0, record.length)),
        ).toEqual(Buffer.from(plaintext))
      }),
    )
  })

  test('a record opens at no other place, for no other organisation and under no other key', () => {
    fc.assert(
      fc.property(anyPlace, anyPlace, (where, other) => {
        fc.pre(JSON.stringify(where) !== JSON.stringify(other))
        const record = sealField(contentKey, where, Buffer.from('x'))
        expect(() => openField(contentKey, other, record)).toThrow('does not belong here')
      }),
    )
    const record = sealField(contentKey, place, Buffer.from('x'))
    for (const change of [{ organisation_id: 'o2' }, { kid: 6 }, { bytes: randomBytes(32) }]) {
      expect(() => openField({ ...contentKey, ...change }, place, record)).toThrow('does not belong here')
    }
  })

  test('a record with any bit altered, cut or lengthened is refused', () => {
    const record = sealField(contentKey, place, Buffer.from('the input of a run'))
    for (let bit = 0; bit < record.length * 8; bit += 1) {
      const altered = Buffer.from(record)
      altered.writeUInt8(altered.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3)
      expect(() => openField(contentKey, place, altered)).toThrow('does not belong here')
    }
    for (let length = 0; length < record.length; length += 1) {
      expect(() => openField(contentKey, place, record.subarray(0, length))).toThrow('does not belong here')
    }
    expect(() => openField(contentKey, place, Buffer.concat([record, Buffer.alloc(1)]))).toThrow('does not belong here')
  })

  test('equal texts do not look equal', () => {
    const records = Array.from({ length: 100 }, () => sealField(contentKey, place, Buffer.from('x')).toString('hex'))
    expect(new Set(records).size).toBe(100)
  })

  test('a place whose names could be read in two ways is refused', () => {
    expect(() => sealField(contentKey, { ...place, pk: 'a|b' }, Buffer.from('x'))).toThrow('may not contain')
    expect(() => blindIndex(indexKey, 'a|b', 'c', 'x')).toThrow('may not contain')
  })

  test('nothing is sealed under a key of another purpose, or one that has been wiped', () => {
    expect(() => sealField(indexKey, place, Buffer.from('x'))).toThrow('for index, not for content')
    expect(() => blindIndex(contentKey, 'a', 'b', 'x')).toThrow('for content, not for index')
    expect(() => sealField({ ...contentKey, bytes: Buffer.alloc(32) }, place, Buffer.from('x'))).toThrow('wiped')
    expect(() => blindIndex({ ...indexKey, bytes: Buffer.alloc(32) }, 'a', 'b', 'x')).toThrow('wiped')
  })
})

describe('blind indexes', () => {
  test('equal values of one column agree; another value, column, table or key does not', () => {
    const indexes = [
      blindIndex(indexKey, 'member', 'email', 'a@b.example'),
      blindIndex(indexKey, 'member', 'email', 'A@b.example'),
      blindIndex(indexKey, 'member', 'name', 'a@b.example'),
      blindIndex(indexKey, 'team', 'email', 'a@b.example'),
      blindIndex({ ...indexKey, bytes: randomBytes(32) }, 'member', 'email', 'a@b.example'),
    ].map((index) => index.toString('hex'))
    expect(new Set(indexes).size).toBe(indexes.length)
    expect(blindIndex(indexKey, 'member', 'email', 'a@b.example').toString('hex')).toBe(indexes[0])
  })
})
