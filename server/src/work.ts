// What a node does by itself: the list of all jobs.

import { type Deployment, migrateAgainJob } from './deployment.ts'
import { applyPlatformPolicyJob, watchRunsJob } from './execution/jobs.ts'
import { sweepRuns } from './execution/run-sweep.ts'
import { expireFiles } from './files/file.ts'
import type { Performer } from './invocation/performer.ts'
import { identityJobs } from './identity/jobs.ts'
import { ssoJobs } from './identity/sso/jobs.ts'
import {
  forgetOldAnswers,
  releaseAbandonedJob,
  releaseLapsed,
  sweepJob,
  withdrawForgottenJob,
} from './invocation/jobs.ts'
import { endBarredCallsJob } from './invocation/watch.ts'
import type { Job } from './kernel/job.ts'
import { renewNodeJob } from './kernel/node-lease.ts'
import { sweepLots } from './ledger/jobs.ts'
import type { Runs } from './runs.ts'
import { mailJobs } from './mail/jobs.ts'
import { relayMails } from './mail/message.ts'
import { findImports, importJob, oldImportJob, tenancyJobs } from './tenancy/jobs.ts'
import { revertUnconfirmed } from './tenancy/security.ts'
import type { CreationNeeds } from './tenancy/organisation-creation.ts'

/** The jobs of a process that serves: they keep what it holds itself. */
export function listOwnJobs(
  { control, log, node_id }: Deployment,
  { ledgers }: Performer,
  { engine }: Runs,
): readonly Job[] {
  return [
    renewNodeJob(control, node_id),
    ledgers.renewJob,
    withdrawForgottenJob(ledgers, node_id, log),
    endBarredCallsJob(ledgers),
    ...engine.jobs,
  ]
}

/** Every job of a node. */
export function listJobs(
  deployment: Deployment,
  performer: Performer,
  creation: CreationNeeds,
  runs: Runs,
): readonly Job[] {
  const { control, fillSpares, imports, mailer, secrets } = deployment
  return [
    ...listOwnJobs(deployment, performer, runs),
    sweepJob(deployment, performer.metrics, [
      releaseLapsed,
      sweepLots,
      forgetOldAnswers,
      expireFiles,
      revertUnconfirmed,
      (database, organisation_id) => relayMails(control, database, organisation_id),
      runs.engine.sweep,
      findImports(imports),
      sweepRuns(runs.desk),
    ]),
    releaseAbandonedJob(deployment),
    migrateAgainJob(deployment),
    watchRunsJob(deployment, runs.run_tools),
    applyPlatformPolicyJob(deployment, runs.run_tools),
    ...mailJobs({ control, secrets, vault: mailer.vault }),
    ...identityJobs(control, mailer),
    ...ssoJobs(control),
    ...tenancyJobs(creation),
    importJob({ ...creation, mailer, imports }),
    oldImportJob(control),
    { name: 'fill spares', every_ms: 2000, run: fillSpares },
  ]
}
