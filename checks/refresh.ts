// `npm run refresh`: makes the generated files anew, all at once. `npm test` fails when one is out of date.

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { differenceOf } from './drift.ts'
import { makeGeneratedFiles } from './generated-files.ts'
import { ROOT } from './program.ts'

const stale = (await makeGeneratedFiles()).filter((file) => differenceOf(file, ROOT) !== null)
for (const { path, text } of stale) {
  writeFileSync(join(ROOT, path), text)
  process.stdout.write(`${path} is made anew\n`)
}
if (stale.length === 0) process.stdout.write('Every generated file is up to date\n')
