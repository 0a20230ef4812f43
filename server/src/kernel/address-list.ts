// Lists of addresses that people write: single addresses, from–to ranges and CIDR blocks, IPv4 and IPv6. Each entry has
// one canonical text, so a list can be compared, and shows what it does: host bits are cut off, mapped addresses are
// IPv4.

import { BlockList, isIP } from 'node:net'
import { normaliseAddress } from './address.ts'

export type AddressList = {
  /** An empty list allows everything. */
  readonly allows: (address: string) => boolean
  /** The first entry that holds the address, or null. */
  readonly entryOf: (address: string) => string | null
}

type Family = 'ipv4' | 'ipv6'
type Entry = { readonly text: string; readonly addTo: (list: BlockList) => void }

const familyOf = (address: string): Family | null => {
  const version = isIP(address)
  return version === 0 ? null : version === 4 ? 'ipv4' : 'ipv6'
}

const WIDTHS: Readonly<Record<Family, number>> = { ipv4: 32, ipv6: 128 }

/** The groups of an IPv6 address as one number; RFC 4291 section 2.2. */
function numberOf(address: string, family: Family): bigint {
  if (family === 'ipv4') return address.split('.').reduce((sum, part) => sum * 256n + BigInt(part), 0n)
  const written = new URL(`http://[${address}]/`).hostname.slice(1, -1)
  const [head = '', tail = ''] = written.split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail === '' ? [] : tail.split(':')
  const zeros = Array.from({ length: 8 - left.length - right.length }, () => '0')
  return [...left, ...zeros, ...right].reduce((sum, part) => sum * 65_536n + BigInt(`0x${part}`), 0n)
}

function textOf(number: bigint, family: Family): string {
  if (family === 'ipv4') return [24n, 16n, 8n, 0n].map((shift) => ((number >> shift) & 255n).toString()).join('.')
  const groups = [112n, 96n, 80n, 64n, 48n, 32n, 16n, 0n].map((shift) => ((number >> shift) & 65_535n).toString(16))
  return normaliseAddress(groups.join(':'))
}

function parseBlock(base: string, bits: string): Entry | null {
  const written = familyOf(base)
  const wide = /^\d{1,3}$/.test(bits) ? Number(bits) : NaN
  if (written === null || !(wide <= WIDTHS[written])) return null
  const address = normaliseAddress(base)
  const family = familyOf(address)
  if (family === null) return null
  // A block inside ::ffff:0:0/96 is one of IPv4; a wider one around it would be both and is refused.
  const prefix = written === family ? wide : wide - 96
  if (prefix < 0) return null
  const host_bits = BigInt(WIDTHS[family] - prefix)
  const first = textOf((numberOf(address, family) >> host_bits) << host_bits, family)
  return { text: `${first}/${prefix}`, addTo: (list) => list.addSubnet(first, prefix, family) }
}

function parseRange(from: string, to: string): Entry | null {
  const [first, last] = [normaliseAddress(from), normaliseAddress(to)]
  const family = familyOf(first)
  if (family === null || family !== familyOf(last) || numberOf(first, family) > numberOf(last, family)) return null
  return { text: `${first}-${last}`, addTo: (list) => list.addRange(first, last, family) }
}

function parseEntry(written: string): Entry | null {
  const text = written.trim().replaceAll('–', '-')
  if (text.includes('%')) return null
  const [base = '', bits, ...more] = text.split('/')
  if (bits !== undefined) return more.length === 0 ? parseBlock(base.trim(), bits.trim()) : null
  const [from = '', to, ...rest] = text.split('-')
  if (to !== undefined) return rest.length === 0 ? parseRange(from.trim(), to.trim()) : null
  const address = normaliseAddress(text)
  const family = familyOf(address)
  return family && { text: address, addTo: (list) => list.addAddress(address, family) }
}

/** The canonical text of an entry, or null when it is neither an address, a from–to range nor a CIDR block. */
export function parseAddressEntry(written: string): string | null {
  return parseEntry(written)?.text ?? null
}

const listOf = (entries: readonly Entry[]): BlockList => {
  const list = new BlockList()
  for (const entry of entries) entry.addTo(list)
  return list
}

function holds(list: BlockList, address: string): boolean {
  const plain = normaliseAddress(address)
  const family = familyOf(plain)
  return family !== null && list.check(plain, family)
}

/** The list of these entries; one that cannot be read allows nobody, so a damaged list never opens a door. */
export function readAddressList(texts: readonly string[]): AddressList {
  const entries = texts.map(parseEntry).filter((entry) => entry !== null)
  const all = listOf(entries)
  return {
    allows: (address) => texts.length === 0 || holds(all, address),
    entryOf: (address) => entries.find((entry) => holds(listOf([entry]), address))?.text ?? null,
  }
}

const CAPACITY = 1000
const known = new Map<string, AddressList>()

/** The same, kept for the next time: reading a list of hundreds takes longer than asking it. */
export function addressListOf(texts: readonly string[]): AddressList {
  const name = texts.join(' ')
  const found = known.get(name)
  if (found !== undefined) return found
  const [oldest] = known.keys()
  if (known.size >= CAPACITY && oldest !== undefined) known.delete(oldest)
  const list = readAddressList(texts)
  known.set(name, list)
  return list
}
