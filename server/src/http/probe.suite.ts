// Routes whose handlers a test holds in its hands, of every scope that writes, before the databases of a world. What they
// do is one log entry each, so that effects can be counted where they commit.

import { createKeyUses } from '../tenancy/key-use.ts'
import { createSessionUses } from '../tenancy/member-session.ts'
import { Type } from 'typebox'
import { createClient, type ReeveClient } from '../../test/client.ts'
import type { World } from '../../test/world.ts'
import { appendEntry, appendPlatformEntry } from '../audit/append.ts'
import { newId } from '../kernel/id.ts'
import { createLog } from '../kernel/log.ts'
import { notFound } from '../kernel/problem.ts'
import { createRequestLog } from './request-log.ts'
import { type Route, route } from './route.ts'
import { orgParams } from './schema.ts'
import { createServer, serveRoutes, type ServerOptions } from './server.ts'

export type Probe = {
  readonly client: ReeveClient
  /** Handlers whose body names a gate wait until it is opened. */
  readonly closeGate: (name: string) => { readonly entered: Promise<void>; readonly open: () => void }
  /** Waits until every request so far is in the log. */
  readonly flush: () => Promise<void>
  readonly stop: () => Promise<void>
}

type Gate = { readonly enter: () => void; readonly opened: Promise<void> }

const Body = Type.Object(
  {
    name: Type.String({ maxLength: 200 }),
    size: Type.Optional(Type.Integer({ minimum: 0 })),
    refuse: Type.Optional(Type.Boolean()),
    fail: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
)
const Response = Type.Object({
  id: Type.String(),
  name: Type.String(),
  padding: Type.String(),
  secret: Type.Union([Type.String(), Type.Null()]),
})

type Asked = { readonly name: string; readonly size?: number; readonly refuse?: boolean; readonly fail?: boolean }

/** The path of a probe of a scope; those of an organisation start with its own. */
export const PROBES = {
  organisation: (org: string) => `/api/orgs/${org}/probes`,
  organisation_wide: (org: string) => `/api/orgs/${org}/wide-probes`,
  platform: () => '/api/platform/probes',
  platform_wide: () => '/api/platform/wide-probes',
  person: () => '/api/me/probes',
} as const

export type ProbeScope = keyof typeof PROBES

/** Serves the probes on a free port, with the node's own databases. */
export async function startProbe(world: World): Promise<Probe> {
  const { deployment } = world.reeve.node
  const log = createLog('silent')
  const requests = createRequestLog(deployment.control, log)
  const options: ServerOptions = {
    log,
    requests,
    tls: null,
    trusted_proxies: [],
    public_origin: null,
    tools: {
      control: deployment.control,
      databases: deployment.databases,
      key_uses: createKeyUses(log),
      session_uses: createSessionUses(log),
    },
    isDraining: () => false,
    dialects: [],
  }
  const gates = new Map<string, Gate>()
  const app = createServer(options)
  serveRoutes(app, probeRoutes(gates), options)
  const url = await app.listen({ port: 0, host: '127.0.0.1' })
  return {
    client: createClient(url),
    closeGate(name) {
      const entered = Promise.withResolvers<void>()
      const opened = Promise.withResolvers<void>()
      gates.set(name, { enter: entered.resolve, opened: opened.promise })
      return { entered: entered.promise, open: opened.resolve }
    },
    flush: requests.flush,
    stop: () => app.close(),
  }
}

function probeRoutes(gates: ReadonlyMap<string, Gate>): readonly Route[] {
  const act = async (asked: Asked) => {
    const gate = gates.get(asked.name)
    gate?.enter()
    await gate?.opened
    if (asked.refuse === true) throw notFound()
    if (asked.fail === true) throw new Error('This handler is broken')
    return { id: newId(), name: asked.name, padding: 'x'.repeat(asked.size ?? 0), secret: 'shown once' }
  }
  const common = {
    method: 'POST',
    summary: 'Probe',
    tag: 'Probes',
    body: Body,
    response: Response,
    status: 201,
    shown_once: ['secret'],
  } as const
  const told = {
    event: 'team.created',
    data: (_told: unknown, { body }: { body: Asked }) => ({ name: body.name }),
  } as const
  const byHandler = { event: 'team.created', written_by: 'handler' } as const
  return [
    route({
      ...common,
      operation: 'probe_create',
      path: '/api/orgs/:org/probes',
      params: orgParams(),
      scope: 'organisation',
      permission: 'team.manage',
      audit: told,
      handle: (_tx, _actor, { body }) => act(body),
    }),
    route({
      ...common,
      operation: 'probe_create_wide',
      path: '/api/orgs/:org/wide-probes',
      params: orgParams(),
      scope: 'organisation_wide',
      permission: 'team.manage',
      audit: byHandler,
      async handle({ decide }, _actor, { body }, request) {
        const made = await act(body)
        return decide(async (tx) => {
          await appendEntry(tx, request.origin, { event: 'team.created', data: { name: body.name } })
          return made
        })
      },
    }),
    route({
      ...common,
      operation: 'platform_probe_create',
      path: '/api/platform/probes',
      scope: 'platform',
      permission: 'platform.settings.manage',
      audit: told,
      handle: (_tx, _actor, { body }) => act(body),
    }),
    route({
      ...common,
      operation: 'platform_probe_create_wide',
      path: '/api/platform/wide-probes',
      scope: 'platform_wide',
      permission: 'platform.settings.manage',
      audit: byHandler,
      async handle(control, _actor, { body }, request) {
        const made = await act(body)
        await control.transaction((tx) =>
          appendPlatformEntry(tx, request.origin, { event: 'team.created', data: { name: body.name } }),
        )
        return made
      },
    }),
    route({
      ...common,
      operation: 'own_probe_create',
      path: '/api/me/probes',
      scope: 'person',
      audit: told,
      handle: (_tx, _person, { body }) => act(body),
    }),
    route({
      method: 'GET',
      summary: 'Probe',
      tag: 'Probes',
      operation: 'probe_list',
      path: '/api/orgs/:org/probes',
      params: orgParams(),
      response: Type.Object({ id: Type.String() }),
      scope: 'organisation',
      permission: 'run.view_own',
      handle: async () => ({ id: newId() }),
    }),
  ]
}
