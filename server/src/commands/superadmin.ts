// `reeve superadmin grant|revoke EMAIL`: the only way to set the flag after the first run.

import type { Config } from '../config.ts'
import { openDeployment } from '../deployment.ts'
import { changeSuperadmin } from '../identity/superadmin.ts'
import { createLog } from '../kernel/log.ts'

/** Changes the flag; prints what is so now. Throws one sentence when the arguments or the account are not right. */
export async function runSuperadmin(config: Config, args: readonly string[]): Promise<void> {
  const [act, email, ...rest] = args
  if ((act !== 'grant' && act !== 'revoke') || email === undefined || rest.length > 0) {
    throw new Error('Say either "superadmin grant EMAIL" or "superadmin revoke EMAIL".')
  }
  const deployment = await openDeployment(config, createLog(config.log_level))
  try {
    const { user, changed } = await changeSuperadmin(deployment.control, email, act === 'grant')
    const state = user.is_superadmin ? 'a super-admin' : 'no super-admin'
    process.stdout.write(`${user.email} is ${changed ? 'now' : 'already'} ${state}.\n`)
  } finally {
    await deployment.close()
  }
}
