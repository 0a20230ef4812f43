// Network addresses: who is asking. The address of a request is that of its peer, unless a proxy that the operator
// declared stands in between; then X-Forwarded-For is walked from the right past the declared ones, never from the left.

import { BlockList, isIP, SocketAddress } from 'node:net'

/** An address in the one form that is compared: IPv4-mapped IPv6 becomes IPv4, IPv6 is short, a zone is cut off. */
export function normaliseAddress(address: string): string {
  const plain = address.split('%')[0] ?? address
  if (isIP(plain) !== 6) return plain
  const short = new SocketAddress({ address: plain, family: 'ipv6' }).address
  return short.startsWith('::ffff:') && short.includes('.') ? short.slice('::ffff:'.length) : short
}

/** Whether a host name or address is this machine itself. */
export function isLoopback(host: string): boolean {
  const address = normaliseAddress(host.replace(/^\[|\]$/g, ''))
  return address === 'localhost' || address === '::1' || (isIP(address) === 4 && address.startsWith('127.'))
}

/** A list of addresses and CIDR blocks, v4 and v6; null when one of them is neither. */
export function parseNetworks(networks: readonly string[]): BlockList | null {
  const list = new BlockList()
  for (const network of networks) {
    const [base = '', bits, ...more] = network.split('/')
    const address = bits === undefined ? normaliseAddress(base) : base
    const family = isIP(address)
    const width = family === 4 ? 32 : 128
    const prefix = bits === undefined ? width : parsePrefix(bits)
    if (family === 0 || more.length > 0 || prefix === null || prefix > width) return null
    list.addSubnet(address, prefix, family === 4 ? 'ipv4' : 'ipv6')
  }
  return list
}

const parsePrefix = (bits: string): number | null => (/^\d{1,3}$/.test(bits) ? Number(bits) : null)

/** Whether an address lies in a list; anything that is no address does not. */
export function isWithin(list: BlockList, address: string): boolean {
  const plain = normaliseAddress(address)
  const family = isIP(plain)
  return family !== 0 && list.check(plain, family === 4 ? 'ipv4' : 'ipv6')
}

/**
 * The address a request came from. The header counts only when the peer is a declared proxy; then the right-most
 * address that is not a declared proxy is the client. An entry that is no address ends the walk at the last good one.
 */
export function clientAddress(peer: string, forwardedFor: string | undefined, trusted: BlockList): string {
  let client = normaliseAddress(peer)
  if (forwardedFor === undefined || !isWithin(trusted, client)) return client
  for (const hop of forwardedFor.split(',').reverse()) {
    const address = normaliseAddress(hop.trim())
    if (isIP(address) === 0) return client
    client = address
    if (!isWithin(trusted, client)) return client
  }
  return client
}
