// The stream of an open page. It is no JSON route: it lasts, and belongs to no transaction.

import type { FastifyInstance, FastifyRequest } from 'fastify'
import { platformOriginOf } from '../audit/append.ts'
import {
  type Asked,
  readCredential,
  requirePlatform,
  requireSession,
  type SignedIn,
  visit,
} from '../http/authenticate.ts'
import { invalidInput, notSignedIn, passwordChangeRequired } from '../http/problems.ts'
import { isId } from '../kernel/id.ts'
import { FOLLOWING, isFollowed, type Live, type Place } from './live.ts'

/** Serves the live events of a signed-in person, `?organisation=` or `?platform=true` being where the page is. */
export function serveLiveEvents(app: FastifyInstance, asked: Asked, live: Live): void {
  app.get('/api/me/events', async (request, reply) => {
    const { session, place, is_on_platform } = await judge(asked, request)
    const stream = live.open({
      session_id: session.session_id,
      user_id: session.user_id,
      address: request.client,
      place,
      is_on_platform,
    })
    return reply
      .header('cache-control', 'no-store')
      .header('x-accel-buffering', 'no')
      .header('x-content-type-options', 'nosniff')
      .type('text/event-stream; charset=utf-8')
      .send(stream)
  })
}

async function judge(asked: Asked, request: FastifyRequest) {
  const { authorization, cookie } = request.headers
  const credential = readCredential(authorization, cookie)
  if (credential?.kind !== 'session') throw notSignedIn()
  const organisation_id = organisationIn(request.query)
  if (organisation_id === null) {
    const session = await requireSession(asked.control, credential)
    identify(request, session)
    const is_on_platform = isOnPlatform(request.query)
    if (is_on_platform) requirePlatform(session, FOLLOWING)
    return { session, place: null, is_on_platform }
  }
  const origin = { request_id: request.id, address: request.client }
  const visitor = await visit(asked, credential, organisation_id, (session) => identify(request, session), origin)
  const { coming, organisation } = visitor
  if (coming === null) throw notSignedIn()
  const { session } = coming
  if (session.must_change_password) throw passwordChangeRequired()
  const database = asked.databases.at(organisation.placement)
  const { refusal } = await database.transaction((tx) => visitor.arriveIn(tx))
  if (refusal !== null) throw refusal
  const place: Place = { organisation_id, database, coming }
  return { session, place: isFollowed(coming) ? place : null, is_on_platform: false }
}

function organisationIn(query: unknown): string | null {
  const value: unknown = typeof query === 'object' && query !== null ? Reflect.get(query, 'organisation') : undefined
  if (value === undefined) return null
  if (typeof value === 'string' && isId(value)) return value
  throw invalidInput({ pointer: '/query/organisation' }, { detail: 'The organisation must be an id.' })
}

function isOnPlatform(query: unknown): boolean {
  const value: unknown = typeof query === 'object' && query !== null ? Reflect.get(query, 'platform') : undefined
  if (value === undefined || value === 'false') return false
  if (value === 'true') return true
  throw invalidInput({ pointer: '/query/platform' }, { detail: 'It is either true or false.' })
}

function identify(request: FastifyRequest, { user_id, is_superadmin, session_id, aal }: SignedIn): void {
  const use = { via: 'session', session_id, aal } as const
  const origin = { request_id: request.id, address: request.client }
  request.who = platformOriginOf({ kind: 'user', user_id, is_superadmin, use }, origin)
}
