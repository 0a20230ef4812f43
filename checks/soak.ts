// `npm run soak`: the long runs (`*.soak.ts`), which `npm test` leaves out. Further arguments choose files, as vitest does.

import { stopProgramsOnSignal } from './program.ts'
import { runTests } from './tests.ts'

stopProgramsOnSignal()
const { passed, failed } = await runTests(['--mode=soak', ...process.argv.slice(2)], { live: true })
process.stdout.write(`${passed} passed, ${failed} failed\n`)
process.exitCode = failed === 0 ? 0 : 1
