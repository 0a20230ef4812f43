import { readFileSync } from 'node:fs'

/** The version of this Reeve, as its package says it. */
export function readVersion(): string {
  const description: unknown = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'))
  const version = typeof description === 'object' && description !== null && 'version' in description
  return version && typeof description.version === 'string' ? description.version : 'unknown'
}
