// Files that are made from others and committed so that reviewers read them: they must be what making them again gives.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './program.ts'

type GeneratedFile = {
  /** From the root of the checkout. */
  readonly path: string
  readonly make: () => Promise<string>
}

const GENERATED: readonly GeneratedFile[] = []

/** One line per committed file that differs from what it is made from. */
export async function checkDrift(): Promise<readonly string[]> {
  if (GENERATED.length === 0) return ['checks/drift.ts compares nothing yet']
  const complaints: string[] = []
  for (const { path, make } of GENERATED) {
    if (readFileSync(join(ROOT, path), 'utf8') !== (await make())) complaints.push(`${path} is out of date`)
  }
  return complaints
}
