// SCIM 2.0 (RFC 7643, RFC 7644) in the server: its own media type, its own bearer tokens, its own shape of refusals.

import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { originOf, platformOriginOf } from '../../audit/append.ts'
import { parseJsonBody } from '../../http/json-body.ts'
import { toProblem } from '../../http/problem-json.ts'
import type { RequestLog } from '../../http/request-log.ts'
import { findProvisioner } from '../../identity/sso/scim-token.ts'
import type { ControlDatabase } from '../../kernel/database.ts'
import { isId } from '../../kernel/id.ts'
import type { Log } from '../../kernel/log.ts'
import type { OrganisationDatabases } from '../../kernel/organisation-databases.ts'
import { connectionActor } from '../sso/admission.ts'
import { type Directory, type ListQuery, MAX_RESULTS } from './directory.ts'
import { resourceTypes, schemas, serviceProviderConfig } from './discovery.ts'
import { isJson, type Json, valueIn } from './document.ts'
import {
  changeProvisionedGroup,
  createProvisionedGroup,
  deleteProvisionedGroup,
  getProvisionedGroup,
  listProvisionedGroups,
  replaceProvisionedGroup,
} from './group.ts'
import { organisationDirectory } from './organisation-directory.ts'
import { readOperations } from './patch.ts'
import { platformDirectory } from './platform-directory.ts'
import { errorBody, refusalFrom, ScimRefusal, unknownResource } from './refusal.ts'
import {
  changeProvisionedUser,
  createProvisionedUser,
  deleteProvisionedUser,
  getProvisionedUser,
  listProvisionedUsers,
  replaceProvisionedUser,
} from './user.ts'

const MEDIA_TYPE = 'application/scim+json; charset=utf-8'
const MAX_BODY_BYTES = 4 * 1024 * 1024
const MAX_DEFAULT = 100

export type ScimNeeds = {
  readonly control: ControlDatabase
  readonly databases: OrganisationDatabases
  /** Where providers reach Reeve. */
  readonly origin: () => string
  readonly requests: RequestLog
  readonly log: Log
}

/** Serves provisioning under `/scim/v2`. */
export function serveScim(app: FastifyInstance, needs: ScimNeeds): void {
  app.register(
    async (scim) => {
      scim.removeAllContentTypeParsers()
      for (const type of ['application/scim+json', 'application/json']) {
        scim.addContentTypeParser(type, { parseAs: 'buffer', bodyLimit: MAX_BODY_BYTES }, (_request, body, done) => {
          try {
            done(null, parseJsonBody(Buffer.from(body)))
          } catch {
            done(new ScimRefusal(400, 'The body is not JSON that can be read.', 'invalidSyntax'))
          }
        })
      }
      scim.setErrorHandler((error: FastifyError | ScimRefusal, request, reply) => refuse(needs, error, request, reply))
      scim.setNotFoundHandler((request, reply) => refuse(needs, unknownResource(), request, reply))
      // Nearer than the portal's pages, which are served at every other address.
      scim.get('/*', (_request, reply) => reply.callNotFound())
      serveDiscovery(scim, needs)
      serveResources(scim, needs, '/Users', USERS)
      serveResources(scim, needs, '/Groups', GROUPS)
    },
    { prefix: '/scim/v2' },
  )
}

function refuse(needs: ScimNeeds, error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const refusal = error instanceof ScimRefusal ? error : refusalOf(needs, error, request)
  if (refusal.status === 401) {
    needs.requests.countFailure('scim_token', request.client)
    reply.header('www-authenticate', 'Bearer')
  }
  if (refusal.status === 503) reply.header('retry-after', '30')
  return reply
    .code(refusal.status)
    .header('cache-control', 'no-store')
    .type(MEDIA_TYPE)
    .send(JSON.stringify(errorBody(refusal)))
}

function refusalOf(needs: ScimNeeds, error: unknown, request: FastifyRequest): ScimRefusal {
  const code = error instanceof Error && 'code' in error ? error.code : null
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return new ScimRefusal(415, 'Send the body as application/scim+json.')
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return new ScimRefusal(413, 'The body is larger than allowed here.')
  const problem = toProblem(error)
  if (problem.code === 'internal_error')
    needs.log.error({ err: problem.cause, request_id: request.id }, 'provisioning failed')
  return refusalFrom(problem)
}

type Entered = { readonly directory: Directory; readonly connection_id: string; readonly base_url: string }

/** Whose token a request carries. Refuses with 401 one that is not good, whatever the reason. */
async function enter(needs: ScimNeeds, request: FastifyRequest): Promise<Entered> {
  const { control, databases } = needs
  const token = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? ''
  const provisioner = await control.transaction((tx) => findProvisioner(tx, token))
  if (provisioner === null) throw new ScimRefusal(401, 'The token is not valid.')
  const { connection_id, organisation_id, placement } = provisioner
  const base_url = `${needs.origin()}/scim/v2`
  const from = { request_id: request.id, address: request.client }
  if (organisation_id === null) {
    const origin = platformOriginOf({ kind: 'system', name: 'scim', use: { via: 'system' } }, from)
    request.who = origin
    return {
      directory: platformDirectory({ control, databases, base_url }, connection_id, origin),
      connection_id,
      base_url,
    }
  }
  if (placement === null) throw new ScimRefusal(503, 'The organisation cannot be served at the moment.')
  const database = databases.at(placement)
  const origin = originOf(connectionActor(organisation_id, 'scim'), from)
  request.who = origin
  request.where = database
  const own = { ...provisioner, organisation_id }
  return { directory: organisationDirectory({ control, base_url }, database, own, origin), connection_id, base_url }
}

/** Acts; a refusal of what would change something is in the log of whose connection it is. */
async function act<Result>(
  needs: ScimNeeds,
  request: FastifyRequest,
  work: (directory: Directory) => Promise<Result>,
): Promise<Result> {
  const { directory, connection_id } = await enter(needs, request)
  try {
    return await work(directory)
  } catch (error) {
    if (error instanceof ScimRefusal && request.method !== 'GET' && error.status === 409) {
      const data = { connection_id, detail: error.message }
      const reason_code = error.scim_type ?? 'conflict'
      await directory.logRefusal({ event: 'scim.refused', outcome: 'refused', reason_code, data })
    }
    throw error
  }
}

function send(reply: FastifyReply, status: number, body: Json): FastifyReply {
  const meta = body['meta']
  const version = isJson(meta) ? meta['version'] : undefined
  const location = isJson(meta) ? meta['location'] : undefined
  if (typeof version === 'string') reply.header('etag', version)
  if (status === 201 && typeof location === 'string') reply.header('location', location)
  return reply.code(status).header('cache-control', 'no-store').type(MEDIA_TYPE).send(JSON.stringify(body))
}

const listBody = (resources: readonly Json[], total: number, start_index: number): Json => ({
  schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
  totalResults: total,
  startIndex: start_index,
  itemsPerPage: resources.length,
  Resources: resources,
})

function serveDiscovery(scim: FastifyInstance, needs: ScimNeeds): void {
  scim.get('/ServiceProviderConfig', async (request, reply) => {
    const { base_url } = await enter(needs, request)
    return send(reply, 200, serviceProviderConfig(base_url))
  })
  for (const [path, documents, key] of [
    ['/ResourceTypes', resourceTypes, 'id'],
    ['/Schemas', schemas, 'id'],
  ] as const) {
    scim.get(path, async (request, reply) => {
      const { base_url } = await enter(needs, request)
      const all = documents(base_url)
      return send(reply, 200, listBody(all, all.length, 1))
    })
    scim.get<{ Params: { id: string } }>(`${path}/:id`, async (request, reply) => {
      const { base_url } = await enter(needs, request)
      const found = documents(base_url).find((each) => each[key] === request.params.id)
      if (found === undefined) throw unknownResource()
      return send(reply, 200, found)
    })
  }
}

type Resources = {
  readonly get: typeof getProvisionedUser
  readonly list: typeof listProvisionedUsers
  readonly create: typeof createProvisionedUser
  readonly replace: typeof replaceProvisionedUser
  readonly change: typeof changeProvisionedUser
  readonly remove: typeof deleteProvisionedUser
}

const USERS: Resources = {
  get: getProvisionedUser,
  list: listProvisionedUsers,
  create: createProvisionedUser,
  replace: replaceProvisionedUser,
  change: changeProvisionedUser,
  remove: deleteProvisionedUser,
}

const GROUPS: Resources = {
  get: getProvisionedGroup,
  list: listProvisionedGroups,
  create: createProvisionedGroup,
  replace: replaceProvisionedGroup,
  change: changeProvisionedGroup,
  remove: deleteProvisionedGroup,
}

function serveResources(scim: FastifyInstance, needs: ScimNeeds, path: string, resources: Resources): void {
  scim.get(path, async (request, reply) => {
    const query = readQuery(request.query)
    const { total, resources: found } = await act(needs, request, (work) => resources.list(work, query))
    const shown = found.map((each) => projected(each, request.query))
    return send(reply, 200, listBody(shown, total, query.start_index))
  })
  scim.post(path, async (request, reply) => {
    const body = objectIn(request.body)
    return send(reply, 201, await act(needs, request, (work) => resources.create(work, body)))
  })
  scim.get<{ Params: { id: string } }>(`${path}/:id`, async (request, reply) => {
    const found = await act(needs, request, (work) => resources.get(work, idOf(request.params.id)))
    const meta = found['meta']
    const version = isJson(meta) ? String(meta['version']) : ''
    if (tagsIn(request.headers['if-none-match'])?.includes(version) === true)
      return reply.code(304).header('etag', version).send()
    return send(reply, 200, projected(found, request.query))
  })
  scim.put<{ Params: { id: string } }>(`${path}/:id`, async (request, reply) => {
    const [body, tags] = [objectIn(request.body), tagsIn(request.headers['if-match'])]
    return send(
      reply,
      200,
      await act(needs, request, (work) => resources.replace(work, idOf(request.params.id), body, tags)),
    )
  })
  scim.patch<{ Params: { id: string } }>(`${path}/:id`, async (request, reply) => {
    const [operations, tags] = [readOperations(request.body), tagsIn(request.headers['if-match'])]
    return send(
      reply,
      200,
      await act(needs, request, (work) => resources.change(work, idOf(request.params.id), operations, tags)),
    )
  })
  scim.delete<{ Params: { id: string } }>(`${path}/:id`, async (request, reply) => {
    const tags = tagsIn(request.headers['if-match'])
    await act(needs, request, (work) => resources.remove(work, idOf(request.params.id), tags))
    return reply.code(204).header('cache-control', 'no-store').send()
  })
}

function idOf(text: string): string {
  if (!isId(text)) throw unknownResource()
  return text
}

function objectIn(body: unknown): Json {
  if (!isJson(body)) throw new ScimRefusal(400, 'The body must be an object.', 'invalidSyntax')
  return body
}

/** The entity tags of a header; null when there is none. */
function tagsIn(header: string | undefined): readonly string[] | null {
  return header === undefined ? null : header.split(',').map((tag) => tag.trim())
}

function parameter(query: unknown, name: string): string | null {
  const value = isJson(query) ? valueIn(query, name) : null
  return typeof value === 'string' && value.trim() !== '' ? value : null
}

function readQuery(query: unknown): ListQuery {
  const numberIn = (name: string, fallback: number, least: number, most: number): number => {
    const text = parameter(query, name)
    if (text === null) return fallback
    if (!/^-?\d{1,9}$/.test(text)) throw new ScimRefusal(400, `${name} must be a whole number.`, 'invalidValue')
    return Math.min(most, Math.max(least, Number(text)))
  }
  return {
    filter: parameter(query, 'filter'),
    start_index: numberIn('startIndex', 1, 1, Number.MAX_SAFE_INTEGER),
    count: numberIn('count', MAX_DEFAULT, 0, MAX_RESULTS),
  }
}

/** What always comes along, whatever is asked for (RFC 7643, 7). */
const ALWAYS = new Set(['schemas', 'id', 'meta'])

/** `attributes` and `excludedAttributes`, by the names of the first level. */
function projected(resource: Json, query: unknown): Json {
  const names = (name: string) =>
    parameter(query, name)
      ?.split(',')
      .map((each) =>
        (
          each
            .trim()
            .replace(/^urn:ietf:params:scim:schemas:core:2\.0:\w+:/i, '')
            .split('.')[0] ?? ''
        ).toLowerCase(),
      )
  const [wanted, unwanted] = [names('attributes'), names('excludedAttributes')]
  return Object.fromEntries(
    Object.entries(resource).filter(([key]) => {
      const name = key.toLowerCase()
      if (ALWAYS.has(name)) return true
      return wanted === undefined ? unwanted?.includes(name) !== true : wanted.includes(name)
    }),
  )
}
