import { existsSync } from 'node:fs'
import { defineConfig } from 'vitest/config'

const GLOBAL_SETUP = 'server/test/global-setup.ts'
const TESTS = ['{server,checks,bench,web}/**/*.test.ts', 'web/e2e/*.e2e.ts']

// The long runs are a mode of their own, no part of `npm test`: see checks/soak.ts.
export default defineConfig(({ mode }) => {
  const is_soak = mode === 'soak'
  return {
    test: {
      include: is_soak ? ['**/*.soak.ts'] : TESTS,
      exclude: ['**/node_modules/**', '.bench/**'],
      globalSetup: existsSync(GLOBAL_SETUP) ? [GLOBAL_SETUP] : [],
      pool: 'forks',
      maxWorkers: 2,
      testTimeout: is_soak ? 1_800_000 : 30_000,
      hookTimeout: is_soak ? 1_800_000 : 60_000,
      // What is waited for comes late on a busy machine; the default of a second is a statement about time.
      expect: { poll: { timeout: 15_000 } },
      allowOnly: false,
      passWithNoTests: false,
    },
  }
})
