// Files that are made from others and committed must be what making them again gives, and the contract must be valid.

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { listContractMistakes } from './contract.ts'
import { CONTRACT_PATH, type GeneratedFile, makeGeneratedFiles } from './generated-files.ts'
import { ROOT } from './program.ts'

/** One line per committed file that differs from what it is made from, and per mistake in the contract. */
export async function checkDrift(): Promise<readonly string[]> {
  const files = await makeGeneratedFiles()
  const contract = files.find((file) => file.path === CONTRACT_PATH)
  const mistakes = contract === undefined ? ['is not made'] : await listContractMistakes(contract.text)
  return [
    ...files.flatMap((file) => differenceOf(file, ROOT) ?? []),
    ...mistakes.map((mistake) => `${CONTRACT_PATH}: ${mistake}`),
  ]
}

/** How a file below `root` differs from what it should be, by its first line that does; null when it does not. */
export function differenceOf({ path, text }: GeneratedFile, root: string): string | null {
  const committed = existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : ''
  if (committed === text) return null
  const is = committed.split('\n')
  const should_be = text.split('\n')
  const index = should_be.findIndex((line, at) => line !== is[at])
  const at = index < 0 ? should_be.length : index
  return [
    `${path}:${at + 1} is out of date; "npm run refresh" makes it anew`,
    ...(is[at] === undefined ? [] : [`  is        ${is[at]}`]),
    ...(should_be[at] === undefined ? [] : [`  should be ${should_be[at]}`]),
  ].join('\n')
}
