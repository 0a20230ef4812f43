// `reeve serve`: one node. What it serves is the list of routes below.

import { createKeyUses } from './tenancy/key-use.ts'
import { createSessionUses } from './tenancy/member-session.ts'
import { fileURLToPath } from 'node:url'
import type { FastifyInstance } from 'fastify'
import { appRoutes } from './apps/routes.ts'
import { publishShippedApps } from './apps/shipped.ts'
import { auditRoutes } from './audit/routes.ts'
import type { Config } from './config.ts'
import { type Deployment, openDeployment } from './deployment.ts'
import { RUN_DUTIES, TASK_DUTIES } from './execution/removal.ts'
import { executionRoutes } from './execution/routes.ts'
import { cancelWhatPolicyForbids } from './execution/watch.ts'
import { maxUploadBytes } from './files/limit.ts'
import { fileRoutes } from './files/routes.ts'
import { GATEWAY_PATHS, OPENAI_ERROR_SCHEMA } from './gateway/openapi.ts'
import { OPENAI_DIALECT, serveGateway } from './gateway/routes.ts'
import { serveHealth } from './http/health.ts'
import { buildOpenApi } from './http/openapi.ts'
import { servePortal } from './http/portal.ts'
import { serveProblemPages } from './http/problem-pages.ts'
import { createRequestLog } from './http/request-log.ts'
import type { Route } from './http/route.ts'
import { createServer, type ServerOptions, serveRoutes } from './http/server.ts'
import { relyingPartyOf } from './identity/passkey.ts'
import { identityRoutes } from './identity/routes.ts'
import { createTextLookUp } from './identity/sso/dns.ts'
import { BACK_CHANNEL_LOGOUT_PATHS } from './identity/sso/openapi.ts'
import { serveBackChannelLogout } from './identity/sso/routes.ts'
import { insightRoutes } from './insight/routes.ts'
import { type ContentVault, openContent } from './invocation/content.ts'
import { createPerformer } from './invocation/performer.ts'
import { startJobs } from './kernel/job.ts'
import type { Log } from './kernel/log.ts'
import { createMetrics } from './kernel/metrics.ts'
import { isAtHead } from './kernel/migrate.ts'
import { endNode, renewNode } from './kernel/node-lease.ts'
import { controlUnavailable, draining, type Problem } from './kernel/problem.ts'
import { mailRoutes } from './mail/routes.ts'
import { ledgerRoutes } from './ledger/routes.ts'
import { modelRoutes } from './models/routes.ts'
import { createLive } from './notify/live.ts'
import { LIVE_PATHS } from './notify/openapi.ts'
import { serveLiveEvents } from './notify/routes.ts'
import { platformRoutes } from './platform/routes.ts'
import { policyRoutes } from './policy/routes.ts'
import { listOrganisationsOf } from './tenancy/organisation.ts'
import { findPasswordRule, findReachableRule } from './tenancy/password-rule.ts'
import { endRunsOfApp, openRuns, type Runs } from './runs.ts'
import { supervisionRoutes } from './supervision/routes.ts'
import { tenancyRoutes } from './tenancy/routes.ts'
import { SCIM_PATHS, SCIM_SCHEMAS, SCIM_SECURITY } from './tenancy/scim/openapi.ts'
import { serveScim } from './tenancy/scim/routes.ts'
import { ssoRoutes } from './tenancy/sso/routes.ts'
import { inOrder } from './stop.ts'
import { creationNeeds, listJobs, listOwnJobs } from './work.ts'

export type RunningNode = {
  /** Where it listens. */
  readonly url: string
  readonly deployment: Deployment
  readonly runs: Runs
  /** Lets running requests finish (bounded), refuses new ones, then closes everything. */
  readonly stop: () => Promise<void>
}

/** Where `web/build.ts` puts the portal. */
const PORTAL_DIRECTORY = fileURLToPath(new URL('../../web/dist', import.meta.url))

/** Every route of the native API. */
export function listRoutes(deployment: Deployment, vault: ContentVault, runs: Runs): readonly Route[] {
  const { config, control, databases, keys, mailer, secrets } = deployment
  return [
    ...identityRoutes({
      listOrganisationsOf,
      keys,
      relying_party: relyingPartyOf(config.public_origin),
      mailer,
      findPasswordRule: (user_id) => findPasswordRule(control, databases, user_id),
      findRuleAtSignIn: (user_id) => findReachableRule(control, databases, user_id),
    }),
    ...tenancyRoutes({ ...creationNeeds(deployment), mailer, imports: deployment.imports }, [RUN_DUTIES, TASK_DUTIES]),
    ...ssoRoutes({
      ...deployment,
      origin: mailer.origin,
      egress: { allow_private: config.allow_private_providers },
      lookUpTexts: createTextLookUp(config.dns_server),
    }),
    ...mailRoutes({ mailer, secrets }),
    ...auditRoutes({
      openContent: async (organisation_id, execution_id) =>
        openContent(vault, await databases.of(organisation_id), organisation_id, execution_id),
    }),
    ...policyRoutes({ onOrganisationPut: cancelWhatPolicyForbids }),
    ...fileRoutes({ vault: deployment.fields, maxUploadBytes }),
    ...appRoutes({
      egress: { allow_private: config.allow_private_tools },
      databases,
      secrets,
      onAppBlocked: endRunsOfApp,
    }),
    ...ledgerRoutes({ databases }),
    ...supervisionRoutes(),
    ...executionRoutes({ ...runs, tools: runs.run_tools, vault: deployment.fields }),
    ...insightRoutes({ secrets }),
    ...platformRoutes(),
    ...modelRoutes({ secrets, egress: { allow_private: config.allow_private_providers } }),
  ]
}

/** The whole contract: the native API, its stream of live events, the gateway, and the doors for identity providers. */
function buildContract(routes: readonly Route[]): object {
  const paths = { ...GATEWAY_PATHS, ...LIVE_PATHS, ...BACK_CHANNEL_LOGOUT_PATHS, ...SCIM_PATHS }
  const schemas = { OpenAiError: OPENAI_ERROR_SCHEMA, ...SCIM_SCHEMAS }
  return buildOpenApi(routes, { paths, schemas, security: SCIM_SECURITY })
}

async function findMissing(deployment: Deployment, isDraining: () => boolean): Promise<Problem | null> {
  if (isDraining()) return draining()
  const secrets = await deployment.secrets.health()
  if (!secrets.healthy) return controlUnavailable({}, { detail: `The secret store cannot be used: ${secrets.reason}` })
  const isHead = await deployment.control.connection((client) => isAtHead(client, deployment.control_schema))
  if (isHead) return null
  return controlUnavailable({}, { detail: 'The control database is not at the head of this version of Reeve.' })
}

export type NodeRole = {
  /** One that runs beside a whole one on the same machine leaves the common work to it. */
  readonly part: 'whole' | 'beside'
  /** Whether it works on runs and does common work, or leaves both to nodes that `reeve work`. */
  readonly works: boolean
}

const EVERYTHING: NodeRole = { part: 'whole', works: true }

/** Starts a node and listens. Throws one clear sentence when it cannot. */
export async function startNode(config: Config, log: Log, role: NodeRole = EVERYTHING): Promise<RunningNode> {
  const deployment = await openDeployment(config, log, role.part === 'whole')
  try {
    return await listen(deployment, role)
  } catch (error) {
    await endNode(deployment.control, deployment.node_id).catch(() => undefined)
    await deployment.close()
    throw error
  }
}

async function listen(deployment: Deployment, { part, works }: NodeRole): Promise<RunningNode> {
  const { config, log } = deployment
  const state = { isDraining: false }
  const isDraining = () => state.isDraining
  const requests = createRequestLog(deployment.control, log)
  const key_uses = createKeyUses(log)
  const options: ServerOptions = {
    ...config,
    log,
    tools: {
      control: deployment.control,
      databases: deployment.databases,
      key_uses,
      session_uses: createSessionUses(log),
    },
    requests,
    isDraining,
    dialects: [OPENAI_DIALECT],
  }
  const app = createServer(options)
  const { control, organisations } = deployment.budgets
  const metrics = createMetrics({ control: control.counts, organisations: organisations.counts })
  const { allow_private_providers } = config
  const performer = createPerformer({ ...deployment, key_uses, metrics, allow_private_providers, isDraining })
  const runs = openRuns(deployment, performer, works)
  const routes = listRoutes(deployment, performer.vault, runs)
  serveRoutes(app, routes, options)
  serveGateway(app, performer, requests, log)
  serveBackChannelLogout(app, deployment, requests)
  const live = createLive(deployment.control, log)
  serveLiveEvents(app, options.tools, live)
  serveScim(app, { ...deployment, origin: deployment.mailer.origin, requests })
  const contract = JSON.stringify(buildContract(routes))
  app.get('/openapi.json', (_request, reply) => reply.type('application/json').send(contract))
  serveProblemPages(app)
  serveHealth(app, metrics.registry, () => findMissing(deployment, isDraining))
  servePortal(app, PORTAL_DIRECTORY)
  await publishShippedApps(deployment.control, log)
  await renewNode(deployment.control, deployment.node_id)
  await listenAt(app, config)
  deployment.noteUrl(urlOf(app, config))
  const isAlone = works && part === 'whole'
  const jobs = startJobs(
    isAlone ? listJobs(deployment, performer, runs) : listOwnJobs(deployment, performer, runs),
    log,
  )
  if (works) runs.hints.listen(runs.engine.wake)
  let stopping: Promise<void> | null = null
  const stop = async () => {
    state.isDraining = true
    const patience_ms = performance.now() + config.drain_timeout_ms
    await inOrder(log, [
      // Runs are given back first: others go on with them.
      ['give back the runs', runs.engine.stop],
      ['end the live events', live.stop],
      // Refusals must still be heard, so the server closes when the running calls have ended, or when patience has.
      ['drain', () => performer.drain(config.drain_timeout_ms)],
      ['close the server', () => closeServer(app, patience_ms - performance.now())],
      ['close the providers', performer.close],
      ['write the request log', requests.flush],
      ['stop the jobs', jobs.stop],
      ['stop listening for hints', runs.hints.stop],
      ['end the node', () => endNode(deployment.control, deployment.node_id)],
      ['close the databases', deployment.close],
    ])
  }
  return { url: urlOf(app, config), deployment, runs, stop: () => (stopping ??= stop()) }
}

const NOT_LISTENING: Readonly<Record<string, string>> = {
  EADDRINUSE: 'another program listens there already',
  EACCES: 'this user may not listen there',
  EADDRNOTAVAIL: 'this machine has no such address',
}

async function listenAt(app: FastifyInstance, { host, port }: Config): Promise<void> {
  try {
    await app.listen({ host, port })
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
    const reason = NOT_LISTENING[code] ?? (cause instanceof Error ? cause.message : String(cause))
    throw new Error(`Reeve cannot listen on ${host}, port ${port}: ${reason}.`, { cause })
  }
}

/** What remains open is a client that does not read or does not finish its request; it is cut, soon or when time is up. */
async function closeServer(app: FastifyInstance, within_ms: number): Promise<void> {
  const cut = setTimeout(() => app.server.closeAllConnections(), Math.max(LINGER_MS, within_ms))
  await app.close()
  clearTimeout(cut)
}

const LINGER_MS = 1000

function urlOf(app: FastifyInstance, config: Config): string {
  const address = app.server.address()
  const port = typeof address === 'object' && address !== null ? address.port : config.port
  const host = config.host.includes(':') ? `[${config.host}]` : config.host
  return `${config.tls === null ? 'http' : 'https'}://${host}:${port}`
}
