import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import fc from 'fast-check'
import { Pool } from 'undici'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  classifyAddress,
  createEgressConnector,
  guardedLookup,
  type HostResolver,
  isEgressAllowed,
  parseEgressUrl,
} from './egress.ts'
import { Problem } from './problem.ts'

const closed = { allow_private: false }
const open = { allow_private: true }
const words = (text: string): string[] => text.trim().split(/\s+/)

describe('addresses', () => {
  test('link-local, metadata services and addresses of no single host are forbidden whatever the platform opted into', () => {
    const never = words(`
      169.254.169.254 169.254.170.2 100.100.100.200 168.63.129.16 192.0.0.192 0.0.0.0 0.1.2.3 224.0.0.1
      239.255.255.255 240.0.0.1 255.255.255.255 192.0.2.1 198.51.100.7 203.0.113.9 fe80::1 fe80::1%eth0 febf::1
      fd00:ec2::254 fd20:ce::254 :: ff02::1 2001:db8::1 2001::1 100::1 ::ffff:169.254.169.254 ::ffff:a9fe:a9fe
      64:ff9b::a9fe:a9fe 2002:a9fe:a9fe::1 ::a9fe:a9fe localhost 1.2.3 1.2.3.4.5 0x7f.0.0.1 2130706433 ::: fe80
    `)
    for (const address of [...never, '']) {
      expect([address, classifyAddress(address)]).toEqual([address, 'forbidden'])
      expect([address, isEgressAllowed(address, open)]).toEqual([address, false])
    }
  })

  test('loopback and private ranges are allowed only where the platform opted in', () => {
    const inner = words(`
      127.0.0.1 127.255.255.254 10.0.0.1 172.16.0.1 172.31.255.255 192.168.1.1 100.64.0.1 198.18.0.1 ::1 fc00::1
      fd12:3456::1 fec0::1 ::ffff:127.0.0.1 ::ffff:7f00:1 ::FFFF:10.0.0.1 0:0:0:0:0:ffff:c0a8:0101
      64:ff9b::7f00:1 64:ff9b::10.0.0.1 2002:7f00:1:: 2002:c0a8:101::1
    `)
    for (const address of inner) {
      expect([address, isEgressAllowed(address, closed), isEgressAllowed(address, open)]).toEqual([
        address,
        false,
        true,
      ])
    }
  })

  test('the neighbours of every range are public', () => {
    const outer = words(`
      1.1.1.1 9.255.255.255 11.0.0.0 126.255.255.255 128.0.0.0 169.253.255.255 169.255.0.0 172.15.255.255
      172.32.0.0 192.167.255.255 192.169.0.0 100.63.255.255 100.128.0.0 223.255.255.255 2606:4700::1111 2a00::1
      2001:4860:4860::8888 ::ffff:8.8.8.8 64:ff9b::808:808 2002:808:808::1
    `)
    for (const address of outer) expect([address, isEgressAllowed(address, closed)]).toEqual([address, true])
  })

  test('an IPv4 address is judged alike in every IPv6 form that carries it', () => {
    fc.assert(
      fc.property(fc.ipV4(), (address) => {
        const found = classifyAddress(address)
        const hex = address.split('.').map((part) => Number(part).toString(16).padStart(2, '0'))
        const pair = `${hex[0]}${hex[1]}:${hex[2]}${hex[3]}`
        for (const form of [
          `::ffff:${address}`,
          `::ffff:${pair}`,
          `0:0:0:0:0:ffff:${pair}`,
          `64:ff9b::${pair}`,
          `2002:${pair}::1`,
        ]) {
          expect([form, classifyAddress(form)]).toEqual([form, found])
        }
      }),
    )
  })

  test('no text makes the judgement fail', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.ipV6(), fc.ipV4(), fc.ipV4Extended()), (text) => {
        expect(['public', 'private', 'forbidden']).toContain(classifyAddress(text))
      }),
    )
  })
})

describe('URLs', () => {
  const reason = (text: string, policy = closed): unknown => {
    try {
      return parseEgressUrl(text, policy).hostname
    } catch (error) {
      return error instanceof Problem && error.code === 'egress_refused' ? error.params['reason'] : error
    }
  }

  test('decimal, octal, hexadecimal and short hosts are the address they mean', () => {
    const ways = [
      '2130706433',
      '0177.0.0.1',
      '0x7f.0.0.1',
      '127.1',
      '0x7f000001',
      '017700000001',
      '①②⑦.0.0.1',
      '[::ffff:7f00:1]',
    ]
    for (const host of ways) {
      expect([host, reason(`http://${host}/v1`)]).toEqual([host, 'private'])
      expect([host, typeof reason(`http://${host}/v1`, open)]).toEqual([host, 'string'])
    }
    expect(reason('http://2852039166/latest/meta-data', open)).toBe('forbidden')
    expect(reason('http://[::ffff:169.254.169.254]/', open)).toBe('forbidden')
    expect(reason('https://8.8.8.8/')).toBe('8.8.8.8')
  })

  test('only plain http and https URLs are taken', () => {
    for (const text of [
      'ftp://a/',
      'file:///etc/passwd',
      'gopher://a/',
      'javascript:1',
      'api.openai.com',
      '',
      'http://',
      'https://[::1',
    ]) {
      expect([text, reason(text)]).toEqual([text, 'not_http'])
    }
    for (const text of ['https://key@a/', 'https://u:p@a/', 'https://a/#x'])
      expect([text, reason(text)]).toEqual([text, 'not_plain'])
    expect(reason('https://api.openai.com/v1')).toBe('api.openai.com')
  })
})

describe('names', () => {
  const resolver =
    (...addresses: readonly string[]): HostResolver =>
    (_host, done) =>
      done(
        null,
        addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
      )

  const lookup = (policy: { allow_private: boolean }, resolve: HostResolver, options = {}) =>
    new Promise((resolved) => {
      guardedLookup(policy, resolve)('name.example', options, (error, address) => resolved(error ?? address))
    })

  test('one refused address among many refuses the name', async () => {
    const mixed = resolver('93.184.216.34', '2606:4700::1111', '10.0.0.7')
    expect(await lookup(closed, mixed, { all: true })).toMatchObject({ code: 'EGRESS_REFUSED' })
    expect(await lookup(closed, resolver('169.254.169.254'), {})).toMatchObject({ code: 'EGRESS_REFUSED' })
    expect(await lookup(open, resolver('127.0.0.1', 'fe80::1'), { family: 4 })).toMatchObject({
      code: 'EGRESS_REFUSED',
    })
    expect(await lookup(open, mixed, {})).toBe('93.184.216.34')
    expect(await lookup(closed, resolver('::ffff:127.0.0.1'), {})).toMatchObject({ code: 'EGRESS_REFUSED' })
  })

  test('a name without an address, and one that cannot be resolved, fail as they are', async () => {
    expect(await lookup(closed, resolver(), {})).toBeInstanceOf(Error)
    const failing: HostResolver = (_host, done) => done(Object.assign(new Error('no'), { code: 'ENOTFOUND' }), [])
    expect(await lookup(closed, failing, {})).toMatchObject({ code: 'ENOTFOUND' })
  })
})

describe('connections', () => {
  const server = createServer((_request, response) => response.end('here'))
  let port = 0
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address: AddressInfo | string | null = server.address()
    port = typeof address === 'object' && address !== null ? address.port : 0
  })
  afterAll(() => void server.close())

  const get = async (host: string, policy: { allow_private: boolean }, resolve?: HostResolver): Promise<unknown> => {
    const connect = createEgressConnector({
      ...policy,
      connect_timeout_ms: 1000,
      ...(resolve === undefined ? {} : { resolve }),
    })
    const pool = new Pool(`http://${host}:${port}`, { connect })
    try {
      const { body } = await pool.request({ method: 'GET', path: '/' })
      return await body.text()
    } catch (error) {
      return error instanceof Error && 'code' in error ? error.code : error
    } finally {
      await pool.destroy()
    }
  }

  test('an address that is not allowed is never connected to, by number or by name', async () => {
    expect(await get('127.0.0.1', closed)).toBe('EGRESS_REFUSED')
    expect(await get('localhost', closed)).toBe('EGRESS_REFUSED')
    expect(await get('[::1]', closed)).toBe('EGRESS_REFUSED')
    expect(await get('0.0.0.0', open)).toBe('EGRESS_REFUSED')
    expect(await get('127.0.0.1', open)).toBe('here')
    expect(await get('localhost', open)).toBe('here')
  })

  test('the socket goes to the address that was judged: a name that changes its answer gains nothing', async () => {
    const answers = ['127.0.0.1', '169.254.169.254']
    let asked = 0
    const rebinding: HostResolver = (_host, done) =>
      done(null, [{ address: answers[asked++] ?? '169.254.169.254', family: 4 }])
    expect(await get('rebinding.example', open, rebinding)).toBe('here')
    expect(asked).toBe(1)
    expect(await get('rebinding.example', open, rebinding)).toBe('EGRESS_REFUSED')
  })
})
