import { existsSync } from 'node:fs'
import { defineConfig } from 'vitest/config'

const GLOBAL_SETUP = 'server/test/global-setup.ts'
const INCLUDED: Readonly<Record<string, string[]>> = { soak: ['**/*.soak.ts'], browser: ['web/e2e/*.e2e.ts'] }

// The long runs are a mode of their own, no part of `npm test`: see checks/soak.ts. So are the browser's, `--mode browser`, until
// all of them pass again on the merged portal (docs/not-yet.md).
export default defineConfig(({ mode }) => {
  const is_soak = mode === 'soak'
  return {
    test: {
      include: INCLUDED[mode] ?? ['{server,checks,bench,web}/**/*.test.ts'],
      exclude: ['**/node_modules/**', '.bench/**'],
      globalSetup: existsSync(GLOBAL_SETUP) ? [GLOBAL_SETUP] : [],
      pool: 'forks',
      maxWorkers: 2,
      testTimeout: is_soak ? 1_800_000 : 30_000,
      hookTimeout: is_soak ? 1_800_000 : 60_000,
      allowOnly: false,
      passWithNoTests: false,
    },
  }
})
