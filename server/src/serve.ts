// `reeve serve`: one node. What it serves is the list of routes below.

import type { FastifyInstance } from 'fastify'
import { auditRoutes } from './audit/routes.ts'
import type { Config } from './config.ts'
import { type Deployment, openDeployment } from './deployment.ts'
import { executionRoutes } from './execution/routes.ts'
import { GATEWAY_PATHS, OPENAI_ERROR_SCHEMA } from './gateway/openapi.ts'
import { serveGateway } from './gateway/routes.ts'
import { serveHealth } from './http/health.ts'
import { buildOpenApi } from './http/openapi.ts'
import { serveProblemPages } from './http/problem-pages.ts'
import { createRequestLog } from './http/request-log.ts'
import type { Route } from './http/route.ts'
import { createServer, type ServerOptions, serveRoutes } from './http/server.ts'
import { identityRoutes } from './identity/routes.ts'
import { type ContentVault, openContent } from './invocation/content.ts'
import { createPerformer } from './invocation/performer.ts'
import { startJobs } from './kernel/job.ts'
import type { Log } from './kernel/log.ts'
import { createMetrics } from './kernel/metrics.ts'
import { endNode, renewNode } from './kernel/node-lease.ts'
import { controlUnavailable, draining, type Problem } from './kernel/problem.ts'
import { ledgerRoutes } from './ledger/routes.ts'
import { modelRoutes } from './models/routes.ts'
import { policyRoutes } from './policy/routes.ts'
import { listOrganisationsOf } from './tenancy/organisation.ts'
import type { CreationNeeds } from './tenancy/organisation-creation.ts'
import { tenancyRoutes } from './tenancy/routes.ts'
import { listJobs } from './work.ts'

export type RunningNode = {
  /** Where it listens. */
  readonly url: string
  readonly deployment: Deployment
  /** Lets running requests finish (bounded), refuses new ones, then closes everything. */
  readonly stop: () => Promise<void>
}

/** What routes and jobs that make organisations need. */
function creationNeeds(deployment: Deployment): CreationNeeds {
  const { control, databases, fillSpares, keys, secrets } = deployment
  return { control, databases, keys, secrets, makeSpare: fillSpares }
}

/** Every route of the native API. */
export function listRoutes(deployment: Deployment, vault: ContentVault): readonly Route[] {
  const { config, databases, secrets } = deployment
  return [
    ...identityRoutes({ listOrganisationsOf }),
    ...tenancyRoutes(creationNeeds(deployment)),
    ...auditRoutes({
      openContent: async (organisation_id, execution_id) =>
        openContent(vault, await databases.of(organisation_id), organisation_id, execution_id),
    }),
    ...policyRoutes(),
    ...ledgerRoutes({ databases }),
    ...executionRoutes(),
    ...modelRoutes({ secrets, egress: { allow_private: config.allow_private_providers } }),
  ]
}

/** The whole contract: the native API and the gateway. */
export function buildContract(routes: readonly Route[]): object {
  return buildOpenApi(routes, { paths: GATEWAY_PATHS, schemas: { OpenAiError: OPENAI_ERROR_SCHEMA } })
}

async function findMissing(deployment: Deployment, isDraining: () => boolean): Promise<Problem | null> {
  if (isDraining()) return draining()
  const secrets = await deployment.secrets.health()
  if (!secrets.healthy) return controlUnavailable({}, { detail: `The secret store cannot be used: ${secrets.reason}` })
  await deployment.control.connection((client) => client.query('select 1'))
  return null
}

/** Starts a node and listens. Throws one clear sentence when it cannot. */
export async function startNode(config: Config, log: Log): Promise<RunningNode> {
  const deployment = await openDeployment(config, log)
  const state = { isDraining: false }
  const requests = createRequestLog(deployment.control, log)
  const options: ServerOptions = {
    ...config,
    log,
    tools: { control: deployment.control, databases: deployment.databases },
    requests,
    isDraining: () => state.isDraining,
  }
  const app = createServer(options)
  const { control, organisations } = deployment.budgets
  const metrics = createMetrics({ control: control.counts, organisations: organisations.counts })
  const performer = createPerformer({
    ...deployment,
    metrics,
    allow_private_providers: config.allow_private_providers,
    isDraining: () => state.isDraining,
  })
  const routes = listRoutes(deployment, performer.vault)
  serveRoutes(app, routes, options)
  serveGateway(app, performer, requests, log)
  const contract = JSON.stringify(buildContract(routes))
  app.get('/openapi.json', (_request, reply) => reply.type('application/json').send(contract))
  serveProblemPages(app)
  serveHealth(app, metrics.registry, () => findMissing(deployment, () => state.isDraining))
  await renewNode(deployment.control, deployment.node_id)
  const jobs = startJobs(listJobs(deployment, performer, creationNeeds(deployment)), log)
  await app.listen({ host: config.host, port: config.port })
  return {
    url: urlOf(app, config),
    deployment,
    async stop() {
      state.isDraining = true
      // Refusals must still be heard, so the server closes when the running calls have ended, or when patience has.
      await performer.drain(config.drain_timeout_ms)
      await app.close()
      await performer.close()
      await requests.flush()
      await jobs.stop()
      await endNode(deployment.control, deployment.node_id)
      await deployment.close()
    },
  }
}

function urlOf(app: FastifyInstance, config: Config): string {
  const address = app.server.address()
  const port = typeof address === 'object' && address !== null ? address.port : config.port
  const host = config.host.includes(':') ? `[${config.host}]` : config.host
  return `${config.tls === null ? 'http' : 'https'}://${host}:${port}`
}
