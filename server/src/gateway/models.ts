// GET /v1/models: exactly the models that the key may call, from the function that also decides about calls.

import type { FastifyReply, FastifyRequest } from 'fastify'
import { appendEntry } from '../audit/append.ts'
import { refusalEntry } from '../http/refusal-entry.ts'
import { listCallableModels } from '../invocation/list-models.ts'
import type { Performer } from '../invocation/performer.ts'
import { notFound, Problem } from '../kernel/problem.ts'
import { identify, requireKey } from './caller.ts'

type Listed = { readonly id: string; readonly object: 'model'; readonly created: number; readonly owned_by: string }

async function list(performer: Performer, request: FastifyRequest): Promise<readonly Listed[]> {
  const models = await listCallableModels(performer, requireKey(request), request.client, identify(request)).catch(
    async (error: unknown) => {
      await logRefusal(request, error)
      throw error
    },
  )
  return models.map((model) => ({
    id: model.name,
    object: 'model',
    created: Math.floor(model.created_at.getTime() / 1000),
    owned_by: model.provider_name,
  }))
}

/** Logs the refusal of a caller who was known; nobody's key leaves no entry. */
async function logRefusal({ where, who }: FastifyRequest, error: unknown): Promise<void> {
  if (where === null || who === null || !(error instanceof Problem) || error.status >= 500) return
  await where.transaction((tx) => appendEntry(tx, who, refusalEntry(error, 'gateway_model_list')))
}

/** Answers the list. */
export async function listModels(
  performer: Performer,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  return reply.type('application/json').send(JSON.stringify({ object: 'list', data: await list(performer, request) }))
}

/** Answers one model by its name; one that the key may not call is the same 404 as one that does not exist. */
export async function getModel(
  performer: Performer,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { params } = request
  const name: unknown = typeof params === 'object' && params !== null ? Reflect.get(params, '*') : undefined
  const model = (await list(performer, request)).find((each) => each.id === name)
  if (model === undefined) throw notFound()
  return reply.type('application/json').send(JSON.stringify(model))
}
