// Where Reeve may connect to when an address was typed in by somebody: provider base URLs, webhooks, OIDC issuers. The host
// is resolved when the connection is made, every address it has is judged, and the socket goes to an address that was
// judged, so that neither a name, a way of writing a number nor a second answer of the name server leads elsewhere.
// Redirects are never followed: undici's dispatch does not.

import { lookup as resolveHost } from 'node:dns'
import { isIP, type LookupFunction } from 'node:net'
import { buildConnector } from 'undici'
import { defineProblem } from './problem.ts'

export const egressRefused = defineProblem('egress_refused', 422, 'Reeve may not connect to this address')

/**
 * `public`: the internet. `private`: this machine and its networks, open only where the platform opted in. `forbidden`: never,
 * being link-local or a cloud's metadata service (which hand out credentials), or no address of a single host.
 */
export type AddressClass = 'public' | 'private' | 'forbidden'

export type EgressPolicy = {
  /** The platform's opt-in to loopback and private ranges, for models on its own premises. */
  readonly allow_private: boolean
}

/** Thrown into a connection attempt; `code` tells it from the errors of the network. Names the host, never the URL's rest. */
class EgressRefusedError extends Error {
  readonly code = 'EGRESS_REFUSED'

  constructor(host: string, address: string, found: AddressClass) {
    super(`${host} leads to ${address}, which is ${found}`)
    this.name = 'EgressRefusedError'
  }
}

type Range = readonly [base: string, prefix: number, found: AddressClass]

// IANA's special-purpose registries (RFC 6890 and its updates); the first range that holds an address decides.
const IPV4_RANGES: readonly Range[] = [
  ['169.254.0.0', 16, 'forbidden'],
  // Metadata services outside link-local: Alibaba, Azure's wire server, Oracle.
  ['100.100.100.200', 32, 'forbidden'],
  ['168.63.129.16', 32, 'forbidden'],
  ['192.0.0.0', 24, 'forbidden'],
  ['0.0.0.0', 8, 'forbidden'],
  ['192.0.2.0', 24, 'forbidden'],
  ['198.51.100.0', 24, 'forbidden'],
  ['203.0.113.0', 24, 'forbidden'],
  ['192.88.99.0', 24, 'forbidden'],
  ['224.0.0.0', 4, 'forbidden'],
  ['240.0.0.0', 4, 'forbidden'],
  ['10.0.0.0', 8, 'private'],
  ['100.64.0.0', 10, 'private'],
  ['127.0.0.0', 8, 'private'],
  ['172.16.0.0', 12, 'private'],
  ['192.168.0.0', 16, 'private'],
  ['198.18.0.0', 15, 'private'],
  ['0.0.0.0', 0, 'public'],
]

const IPV6_RANGES: readonly Range[] = [
  // Metadata services of Amazon and Google, inside the unique local range.
  ['fd00:ec2::', 32, 'forbidden'],
  ['fd20:ce::', 32, 'forbidden'],
  ['::1', 128, 'private'],
  ['fc00::', 7, 'private'],
  ['fec0::', 10, 'private'],
  ['64:ff9b:1::', 48, 'forbidden'],
  ['2001::', 23, 'forbidden'],
  ['2001:db8::', 32, 'forbidden'],
  ['3fff::', 20, 'forbidden'],
  ['2000::', 3, 'public'],
  ['::', 0, 'forbidden'],
]

// IPv6 forms that carry an IPv4 address, and where in them it lies: the address it carries is the one that is judged.
const EMBEDDED: readonly (readonly [base: string, prefix: number, at: number])[] = [
  ['::ffff:0:0', 96, 12],
  ['::ffff:0:0:0', 96, 12],
  ['64:ff9b::', 96, 12],
  ['2002::', 16, 2],
]

/** Judges an address in any textual form `node:net` takes for one; anything else is `forbidden`. Total: it never throws. */
export function classifyAddress(address: string): AddressClass {
  const plain = address.split('%')[0] ?? ''
  const family = isIP(plain)
  if (family === 4) return classify(parseIpv4(plain), ipv4Ranges)
  if (family !== 6) return 'forbidden'
  const bytes = parseIpv6(plain)
  for (const [base, prefix, at] of embedded) {
    if (isWithin(bytes, base, prefix)) return classify(bytes.slice(at, at + 4), ipv4Ranges)
  }
  return classify(bytes, ipv6Ranges)
}

/** Whether a connection to this address is allowed. */
export function isEgressAllowed(address: string, policy: EgressPolicy): boolean {
  const found = classifyAddress(address)
  return found === 'public' || (found === 'private' && policy.allow_private)
}

/**
 * Reads a URL that Reeve is to connect to, in the normal form of WHATWG (decimal, octal and hexadecimal hosts become
 * dotted). Refuses with `egress_refused` (422) what is no http(s) URL, carries credentials or a fragment, or names an
 * address that is not allowed; a name is judged when it is resolved. Never fetches anything.
 */
export function parseEgressUrl(text: string, policy: EgressPolicy): URL {
  const url = URL.canParse(text) ? new URL(text) : null
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    throw egressRefused({ reason: 'not_http' }, { detail: 'The address must be an http or https URL.' })
  }
  if (url.username !== '' || url.password !== '' || url.hash !== '') {
    throw egressRefused({ reason: 'not_plain' }, { detail: 'The URL must carry neither credentials nor a fragment.' })
  }
  const host = url.hostname.replace(/^\[|\]$/g, '')
  if (isIP(host) !== 0 && !isEgressAllowed(host, policy)) {
    throw egressRefused(
      { reason: classifyAddress(host), host },
      { detail: `${host} is an address Reeve may not connect to.` },
    )
  }
  return url
}

type Resolved = { readonly address: string; readonly family: number }

/** Resolves a host to all its addresses. */
export type HostResolver = (host: string, done: (error: Error | null, addresses: readonly Resolved[]) => void) => void

const systemResolver: HostResolver = (host, done) => {
  resolveHost(host, { all: true }, (error, addresses) => done(error, error === null ? addresses : []))
}

/**
 * A lookup for `node:net` that gives only addresses it has judged, and none at all when one of them is refused: a name
 * with a public and a private address is an attack or a mistake, never a choice.
 */
export function guardedLookup(policy: EgressPolicy, resolve: HostResolver = systemResolver): LookupFunction {
  return (host, options, done) => {
    resolve(host, (error, addresses) => {
      const refused = addresses.find(({ address }) => !isEgressAllowed(address, policy))
      const wanted = addresses.filter(({ family }) => !options.family || family === Number(options.family))
      const [first] = wanted
      if (error !== null) done(error, '')
      else if (refused !== undefined) {
        done(new EgressRefusedError(host, refused.address, classifyAddress(refused.address)), '')
      } else if (first === undefined) done(new Error(`${host} has no address`), '')
      else if (options.all === true) done(null, [...wanted])
      else done(null, first.address, first.family)
    })
  }
}

export type EgressConnectorOptions = EgressPolicy & {
  readonly connect_timeout_ms: number
  /** Stands in for the system's resolver. */
  readonly resolve?: HostResolver
}

/** A connector for undici's clients that connects only where the policy allows; the error is `EGRESS_REFUSED` otherwise. */
export function createEgressConnector(options: EgressConnectorOptions): buildConnector.connector {
  const connect = buildConnector({
    allowH2: false,
    timeout: options.connect_timeout_ms,
    lookup: guardedLookup(options, options.resolve),
  })
  return (target, callback) => {
    const host = target.hostname.replace(/^\[|\]$/g, '')
    // The system never asks a lookup for what already is an address.
    if (isIP(host) !== 0 && !isEgressAllowed(host, options)) {
      const error = new EgressRefusedError(host, host, classifyAddress(host))
      queueMicrotask(() => callback(error, null))
    } else {
      connect(target, callback)
    }
  }
}

type ByteRange = readonly [base: readonly number[], prefix: number, found: AddressClass]

const ipv4Ranges: readonly ByteRange[] = IPV4_RANGES.map(([base, prefix, found]) => [parseIpv4(base), prefix, found])
const ipv6Ranges: readonly ByteRange[] = IPV6_RANGES.map(([base, prefix, found]) => [parseIpv6(base), prefix, found])
const embedded = EMBEDDED.map(([base, prefix, at]) => [parseIpv6(base), prefix, at] as const)

function classify(bytes: readonly number[], ranges: readonly ByteRange[]): AddressClass {
  return ranges.find(([base, prefix]) => isWithin(bytes, base, prefix))?.[2] ?? 'forbidden'
}

function isWithin(bytes: readonly number[], base: readonly number[], prefix: number): boolean {
  return base.every((byte, index) => {
    const bits = Math.min(8, Math.max(0, prefix - index * 8))
    const mask = 0xff & (0xff << (8 - bits))
    return ((bytes[index] ?? 0) & mask) === (byte & mask)
  })
}

function parseIpv4(address: string): readonly number[] {
  return address.split('.').map(Number)
}

/** The 16 bytes of an address that `isIP` accepted. */
function parseIpv6(address: string): readonly number[] {
  const dotted = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(address)
  const [a = 0, b = 0, c = 0, d = 0] = dotted?.[2] === undefined ? [] : parseIpv4(dotted[2])
  const tail = dotted === null ? '' : `${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`
  const [left = '', right] = (dotted === null ? address : `${dotted[1] ?? ''}${tail}`).split('::')
  const groups = (text: string | undefined) => (text === undefined || text === '' ? [] : text.split(':'))
  const before = groups(left)
  const after = groups(right)
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => '0')
  return [...before, ...zeros, ...after].flatMap((group) => {
    const value = Number.parseInt(group, 16)
    return [value >> 8, value & 0xff]
  })
}
