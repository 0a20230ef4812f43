// Network addresses: who is asking. The address of a request is that of its peer, unless a proxy that the operator
// declared stands in between; then X-Forwarded-For is walked from the right past the declared ones, never from the left.

import { BlockList, isIP } from 'node:net'

/** An address in the form that is compared: IPv4-mapped IPv6 becomes IPv4, a zone is cut off. */
export function normaliseAddress(address: string): string {
  const plain = address.split('%')[0] ?? address
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(plain)
  return mapped?.[1] ?? plain
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
    const [base = '', bits, extra] = network.split('/')
    const family = isIP(base)
    const width = family === 4 ? 32 : 128
    const prefix = bits === undefined ? width : Number(bits)
    if (
      family === 0 ||
      extra !== undefined ||
      bits === '' ||
      !Number.isInteger(prefix) ||
      prefix < 0 ||
      prefix > width
    ) {
      return null
    }
    list.addSubnet(base, prefix, family === 4 ? 'ipv4' : 'ipv6')
  }
  return list
}

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
