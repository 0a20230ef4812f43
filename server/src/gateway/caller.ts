// Who calls the gateway: what the Authorization header says, and what the request log is told once it has proved true.

import type { FastifyRequest } from 'fastify'
import { originOf } from '../audit/append.ts'
import type { OnIdentified } from '../invocation/call.ts'
import { invalidApiKey } from '../invocation/problems.ts'
import { type ParsedKey, parseKey } from '../tenancy/api-key-format.ts'

/** The key of a request, by its form; refuses anything else with `invalid_api_key`. */
export function requireKey(request: FastifyRequest): ParsedKey {
  const key = parseKey(/^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? '')
  if (key === null) throw invalidApiKey()
  return key
}

/** Has the request logged in the caller's organisation, under their name. */
export function identify(request: FastifyRequest): OnIdentified {
  return (database, actor) => {
    request.where = database
    request.who = originOf(actor, { request_id: request.id, address: request.client })
  }
}
