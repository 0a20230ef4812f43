// What a node does by itself: the list of all jobs.

import { blockedAppsJob } from './apps/jobs.ts'
import { type Deployment, migrateAgainJob } from './deployment.ts'
import { archiveSweep } from './execution/archive.ts'
import { applyPlatformPolicyJob } from './execution/jobs.ts'
import { runSweeps } from './execution/run-sweep.ts'
import { watchSweeps } from './execution/watch.ts'
import { fileSweep } from './files/file.ts'
import type { Performer } from './invocation/performer.ts'
import { identityJobs } from './identity/jobs.ts'
import { ssoJobs } from './identity/sso/jobs.ts'
import { answerSweep, holdSweep, releaseAbandonedJob, withdrawForgottenJob } from './invocation/jobs.ts'
import { endBarredCallsJob } from './invocation/watch.ts'
import type { Job } from './kernel/job.ts'
import { renewNodeJob } from './kernel/node-lease.ts'
import { type Sweep, sweepJob } from './kernel/sweep.ts'
import { lotSweep } from './ledger/jobs.ts'
import { endRunsOfApp, type Runs } from './runs.ts'
import { mailJobs } from './mail/jobs.ts'
import { mailSweep } from './mail/message.ts'
import { importJob, importSweep, oldImportJob, ownerNoticeJob, tenancyJobs } from './tenancy/jobs.ts'
import { addressSweep } from './tenancy/security.ts'
import type { CreationNeeds } from './tenancy/organisation-creation.ts'

/** What routes and jobs that make organisations need. */
export function creationNeeds(deployment: Deployment): CreationNeeds {
  const { control, databases, fillSpares, keys, secrets } = deployment
  return { control, databases, keys, secrets, makeSpare: fillSpares }
}

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

/** What is looked for in every organisation, in the order in which it is done. */
export function listSweeps({ control, imports, log }: Deployment, { desk, engine, run_tools }: Runs): readonly Sweep[] {
  return [
    holdSweep,
    lotSweep,
    answerSweep,
    fileSweep,
    addressSweep,
    mailSweep(control),
    engine.sweep,
    importSweep(imports),
    ...watchSweeps(run_tools, log),
    ...runSweeps(desk),
    archiveSweep(control),
  ]
}

/** Every job of a node. */
export function listJobs(deployment: Deployment, performer: Performer, runs: Runs): readonly Job[] {
  const creation = creationNeeds(deployment)
  const { control, databases, fillSpares, imports, log, mailer, secrets } = deployment
  return [
    ...listOwnJobs(deployment, performer, runs),
    sweepJob({ databases, log, metrics: performer.metrics }, listSweeps(deployment, runs)),
    releaseAbandonedJob(deployment),
    migrateAgainJob(deployment),
    applyPlatformPolicyJob(deployment, runs.run_tools),
    blockedAppsJob({ control, databases, onAppBlocked: endRunsOfApp }, log),
    ...mailJobs({ control, secrets, vault: mailer.vault }),
    ...identityJobs(control, mailer),
    ...ssoJobs(control),
    ...tenancyJobs(creation),
    importJob({ ...creation, mailer, imports }),
    oldImportJob(control),
    ownerNoticeJob({ ...creation, mailer }),
    { name: 'fill spares', every_ms: 2000, run: fillSpares },
  ]
}
