// `reeve work`: a node that serves nobody. It works on runs, and does for all organisations what no request does.

import { createKeyUses } from './tenancy/key-use.ts'
import type { Config } from './config.ts'
import { type Deployment, openDeployment } from './deployment.ts'
import { createPerformer } from './invocation/performer.ts'
import { startJobs } from './kernel/job.ts'
import type { Log } from './kernel/log.ts'
import { createMetrics } from './kernel/metrics.ts'
import { endNode, renewNode } from './kernel/node-lease.ts'
import { openRuns, type Runs } from './runs.ts'
import { inOrder } from './stop.ts'
import { listJobs } from './work.ts'

export type RunningWorker = {
  readonly deployment: Deployment
  readonly runs: Runs
  /** Gives back the runs under way, so that others go on with them, then closes everything. */
  readonly stop: () => Promise<void>
}

/** Starts a worker. Throws one clear sentence when it cannot. */
export async function startWorker(config: Config, log: Log): Promise<RunningWorker> {
  const deployment = await openDeployment(config, log)
  const { budgets, control, node_id } = deployment
  const state = { isDraining: false }
  const metrics = createMetrics({ control: budgets.control.counts, organisations: budgets.organisations.counts })
  const { allow_private_providers } = config
  const isDraining = () => state.isDraining
  const key_uses = createKeyUses(deployment.log)
  const performer = createPerformer({ ...deployment, key_uses, metrics, allow_private_providers, isDraining })
  const runs = openRuns(deployment, performer)
  try {
    await renewNode(control, node_id)
  } catch (error) {
    await deployment.close()
    throw error
  }
  const jobs = startJobs(listJobs(deployment, performer, runs), log)
  runs.hints.listen(runs.engine.wake)
  return {
    deployment,
    runs,
    async stop() {
      state.isDraining = true
      await inOrder(log, [
        ['give back the runs', runs.engine.stop],
        ['drain', () => performer.drain(config.drain_timeout_ms)],
        ['close the providers', performer.close],
        ['stop the jobs', jobs.stop],
        ['stop listening for hints', runs.hints.stop],
        ['end the node', () => endNode(control, node_id)],
        ['close the databases', deployment.close],
      ])
    },
  }
}
