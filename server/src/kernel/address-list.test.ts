import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addressListOf, parseAddressEntry, readAddressList } from './address-list.ts'

test.each([
  ['an address', '203.0.113.9', '203.0.113.9'],
  ['an address of IPv6 in its short form', '2001:DB8:0:0::1', '2001:db8::1'],
  ['a mapped address as IPv4', '::ffff:203.0.113.9', '203.0.113.9'],
  ['a block without its host bits', '10.1.2.3/8', '10.0.0.0/8'],
  ['a block of IPv6', '2001:db8:1:2::9/48', '2001:db8:1::/48'],
  ['a block of mapped addresses as IPv4', '::ffff:10.0.0.0/104', '10.0.0.0/8'],
  ['everything', '0.0.0.0/0', '0.0.0.0/0'],
  ['a range', ' 10.0.0.1 - 10.0.0.9 ', '10.0.0.1-10.0.0.9'],
  ['a range with a dash between', '10.0.0.1–10.0.0.9', '10.0.0.1-10.0.0.9'],
  ['a range of IPv6', '2001:db8::1-2001:db8::ff', '2001:db8::1-2001:db8::ff'],
])('%s is read and written in one form', (_what, written, text) => {
  expect(parseAddressEntry(written)).toBe(text)
  expect(parseAddressEntry(text)).toBe(text)
})

test.each([
  ['a name', 'example.com'],
  ['nothing', ''],
  ['half an address', '10.0.0'],
  ['a block wider than addresses are', '10.0.0.0/33'],
  ['a block without a length', '10.0.0.0/'],
  ['a block around all of IPv4 written as IPv6', '::ffff:0:0/80'],
  ['a range backwards', '10.0.0.9-10.0.0.1'],
  ['a range of both families', '10.0.0.1-2001:db8::1'],
  ['a range of three', '10.0.0.1-10.0.0.2-10.0.0.3'],
  ['a zone', 'fe80::1%eth0'],
  ['octal', '010.0.0.1'],
])('%s is no entry', (_what, written) => {
  expect(parseAddressEntry(written)).toBeNull()
})

test('an empty list allows everybody, and a list of nothing readable nobody', () => {
  expect(addressListOf([]).allows('203.0.113.9')).toBe(true)
  expect(addressListOf(['nonsense']).allows('203.0.113.9')).toBe(false)
})

test('an address is the same in IPv4 and mapped into IPv6, and no text that is no address gets in', () => {
  const list = addressListOf(['10.0.0.0/8', '2001:db8::/32', '192.0.2.5-192.0.2.7'])
  for (const inside of ['10.9.8.7', '::ffff:10.9.8.7', '::ffff:a09:807', '2001:db8:ffff::1', '192.0.2.6']) {
    expect(list.allows(inside), inside).toBe(true)
  }
  for (const outside of ['11.0.0.1', '2001:db9::1', '192.0.2.8', '192.0.2.4', '', 'unknown', '10.0.0.1.evil.com']) {
    expect(list.allows(outside), outside).toBe(false)
  }
  expect(list.entryOf('192.0.2.6')).toBe('192.0.2.5-192.0.2.7')
  expect(list.entryOf('198.51.100.1')).toBeNull()
})

const number = fc.integer({ min: 0, max: 2 ** 32 - 1 })
const dotted = (value: number) => [24, 16, 8, 0].map((shift) => (value >>> shift) & 255).join('.')

test('a range holds exactly what lies between its ends', () => {
  fc.assert(
    fc.property(number, number, number, (a, b, address) => {
      const [from, to] = [Math.min(a, b), Math.max(a, b)]
      const list = readAddressList([`${dotted(from)}-${dotted(to)}`])
      expect(list.allows(dotted(address))).toBe(address >= from && address <= to)
      expect(list.allows(dotted(from)) && list.allows(dotted(to))).toBe(true)
    }),
  )
})
