import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { clientAddress, isLoopback, isWithin, normaliseAddress, parseNetworks } from './address.ts'

const networks = (...list: string[]) => {
  const parsed = parseNetworks(list)
  if (parsed === null) throw new Error('These are no networks')
  return parsed
}

describe('the client of a request', () => {
  const trusted = networks('10.0.0.0/8', '2001:db8:1::/48')

  test.each([
    ['is the peer when there is no header', '198.51.100.7', undefined, '198.51.100.7'],
    ['is the peer when the peer is no declared proxy', '198.51.100.7', '203.0.113.9', '198.51.100.7'],
    ['is what a declared proxy saw', '10.0.0.1', '203.0.113.9', '203.0.113.9'],
    ['is not what the client claimed', '10.0.0.1', '192.0.2.66, 203.0.113.9', '203.0.113.9'],
    ['is behind all declared proxies', '10.0.0.1', '192.0.2.66, 203.0.113.9, 10.1.1.1,10.2.2.2', '203.0.113.9'],
    ['is the first proxy when everybody is one', '10.0.0.1', '10.3.3.3, 10.2.2.2', '10.3.3.3'],
    ['may speak IPv6', '2001:db8:1::5', '2001:db8:2::9', '2001:db8:2::9'],
    ['is the same in IPv4 and mapped into IPv6', '::ffff:10.0.0.1', '::ffff:203.0.113.9', '203.0.113.9'],
    ['is the same mapped in hexadecimal', '::ffff:a00:1', '::ffff:cb00:7109', '203.0.113.9'],
    ['is not read beyond what is no address', '10.0.0.1', '203.0.113.9, unknown, 10.2.2.2', '10.2.2.2'],
    ['is not read beyond an empty entry', '10.0.0.1', '203.0.113.9,, 10.2.2.2', '10.2.2.2'],
    ['is the peer when the header is empty', '10.0.0.1', '', '10.0.0.1'],
  ])('%s', (_what, peer, header, client) => {
    expect(clientAddress(peer, header, trusted)).toBe(client)
  })

  test('nothing that a client writes in front changes it', () => {
    fc.assert(
      fc.property(fc.string(), fc.ipV4(), (claimed, real) => {
        fc.pre(!isWithin(trusted, real))
        expect(clientAddress('10.0.0.1', `${claimed}, ${real}, 10.2.2.2`, trusted)).toBe(real)
      }),
    )
  })
})

test.each([
  ['192.0.2.1', '192.0.2.1'],
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['::FFFF:192.0.2.1', '192.0.2.1'],
  ['::ffff:c000:201', '192.0.2.1'],
  ['0:0:0:0:0:ffff:192.0.2.1', '192.0.2.1'],
  ['2001:DB8:0:0::1', '2001:db8::1'],
  ['fe80::1%eth0', 'fe80::1'],
  ['not an address', 'not an address'],
])('%s is compared as %s', (address, compared) => {
  expect(normaliseAddress(address)).toBe(compared)
})

test.each(['localhost', '127.0.0.1', '127.8.8.8', '::1', '[::1]', '::ffff:127.0.0.1'])('%s is this machine', (host) => {
  expect(isLoopback(host)).toBe(true)
})
test.each(['0.0.0.0', '::', '192.0.2.1', '127.example.com', 'localhost.example.com', ''])(
  '%j is not this machine',
  (host) => {
    expect(isLoopback(host)).toBe(false)
  },
)

test.each([
  '10.0.0.0/33',
  '10.0.0.0/-1',
  '10.0.0.0/',
  '10.0.0.0/8/8',
  '10.0.0',
  '::/129',
  'proxy.example.com',
  '1.2.3.4/1e1',
])('%s is no network', (network) => {
  expect(parseNetworks(['192.0.2.0/24', network])).toBeNull()
})

test('an address is looked for in both families', () => {
  const list = networks('192.0.2.0/24', '2001:db8::/32', '198.51.100.7', '::ffff:198.51.100.9')
  for (const inside of ['192.0.2.255', '::ffff:192.0.2.1', '2001:db8:ffff::1', '198.51.100.7', '198.51.100.9']) {
    expect(isWithin(list, inside)).toBe(true)
  }
  for (const outside of ['192.0.3.0', '2001:db9::1', '198.51.100.8', '', 'x', '192.0.2.1 ']) {
    expect(isWithin(list, outside)).toBe(false)
  }
})
