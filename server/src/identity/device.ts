// What a session's list says of where somebody is signed in, from what the browser and the network tell. Hints for people:
// both can be forged, and nothing decides by them.

import { isIP } from 'node:net'

type Known = readonly (readonly [pattern: RegExp, name: string])[]

/** In this order: most browsers also name those that they descend from. */
const BROWSERS: Known = [
  [/\bEdg(?:e|A|iOS)?\//, 'Edge'],
  [/\b(?:OPR|Opera)\//, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\bVivaldi\//, 'Vivaldi'],
  [/\b(?:Firefox|FxiOS)\//, 'Firefox'],
  [/\b(?:HeadlessChrome|Chrome|Chromium|CriOS)\//, 'Chrome'],
  [/\bVersion\/[\d.]+.*\bSafari\//, 'Safari'],
  [/\bcurl\//i, 'curl'],
  [/\bpython-(?:requests|httpx)\/|\bPython\//, 'Python'],
  [/\bnode\b|\bundici\b/, 'Node.js'],
]

const SYSTEMS: Known = [
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b|\bMacintosh\b/, 'macOS'],
  [/\bLinux\b|\bX11\b/, 'Linux'],
]

const firstIn = (known: Known, text: string): string | null =>
  known.find(([pattern]) => pattern.test(text))?.[1] ?? null

/** Such as `Chrome on Linux`, or what is known of the two; null for a client that says neither. */
export function deviceOf(user_agent: string): string | null {
  const [browser, system] = [firstIn(BROWSERS, user_agent), firstIn(SYSTEMS, user_agent)]
  return browser !== null && system !== null ? `${browser} on ${system}` : (browser ?? system)
}

/**
 * The place as far as it is known: the network address, without the prefix of an IPv4 address written as IPv6. Reeve asks
 * nobody where in the world that is. Null when none was noted.
 */
export function placeOf(address: string | null): string | null {
  if (address === null) return null
  const mapped = /^::ffff:([\d.]+)$/i.exec(address)?.[1]
  return mapped !== undefined && isIP(mapped) === 4 ? mapped : address
}
