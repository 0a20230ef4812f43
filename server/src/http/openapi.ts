// The contract, made from the routes: OpenAPI 3.1 with every problem code an operation can answer with.

import type { TSchema } from 'typebox'
import type { ProblemDefinition } from '../kernel/problem.ts'
import { forbidden } from '../access/problems.ts'
import { stepUpRequired } from '../identity/problems.ts'
import { addressNotAllowed, factorRequired, sessionTooOld } from '../tenancy/problems.ts'
import { ProblemJson } from './problem-json.ts'
import { invalidInput, malformedRequest, notSignedIn, platformOnly } from './problems.ts'
import type { Route } from './route.ts'
import { isRequired } from './schema.ts'

type Json = { [name: string]: unknown }

const WHO: Readonly<Record<Route['scope'], string>> = {
  open: 'Anybody.',
  person: 'A signed-in person, about themselves.',
  person_wide: 'A signed-in person, about themselves.',
  platform: 'Super-admins.',
  platform_wide: 'Super-admins.',
  organisation: 'Members of the organisation, or one of its API keys.',
  organisation_wide: 'Members of the organisation, or one of its API keys.',
}

const REPETITION =
  'A POST that takes an `Idempotency-Key` has its effect once and gives its answer again for 7 days; an answer over 256 KB ' +
  'is not kept, then `already_done` bears the `id` of what was done. A POST for anybody does not take one: nobody is known ' +
  'whose key it would be, and whoever guessed it would get the answer of another.'

function problemsOf(route: Route): readonly ProblemDefinition[] {
  const common = [
    ...(route.scope === 'open' ? [] : [notSignedIn]),
    ...('permission' in route ? [forbidden] : []),
    ...(route.scope === 'platform' || route.scope === 'platform_wide' ? [platformOnly, factorRequired] : []),
    ...(isForKeys(route) ? [addressNotAllowed, factorRequired, sessionTooOld] : []),
    ...(route.step_up === true ? [stepUpRequired] : []),
    ...(route.method === 'GET' ? [] : [malformedRequest]),
    invalidInput,
  ]
  return [...common, ...(route.problems ?? [])]
}

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null

const propertiesOf = (schema: TSchema | undefined): Json => {
  const properties: unknown = schema && Reflect.get(schema, 'properties')
  return isObject(properties) ? properties : {}
}

const requiredOf = (schema: TSchema | undefined): readonly unknown[] => {
  const required: unknown = schema && Reflect.get(schema, 'required')
  return Array.isArray(required) ? required : []
}

function parametersOf(route: Route): Json[] {
  const from = (schema: TSchema | undefined, place: 'path' | 'query'): Json[] => {
    const required = requiredOf(schema)
    return Object.entries(propertiesOf(schema)).map(([name, property]) => ({
      name,
      in: place,
      required: place === 'path' || required.includes(name),
      schema: property,
    }))
  }
  const header = { name: 'Idempotency-Key', in: 'header', required: false, schema: { type: 'string', maxLength: 255 } }
  return [
    ...from(route.params, 'path'),
    ...from(route.query, 'query'),
    ...(route.method === 'POST' && route.scope !== 'open' ? [header] : []),
  ]
}

function responsesOf(route: Route): Json {
  const responses: Record<string, Json> = {}
  const status = String(route.status ?? 200)
  responses[status] =
    status === '204'
      ? { description: 'Done' }
      : { description: 'Done', content: { [mediaType(route.produces)]: { schema: route.response } } }
  const byStatus = Map.groupBy(problemsOf(route), (problem) => String(problem.status))
  for (const [code, problems] of [...byStatus].sort(([a], [b]) => Number(a) - Number(b))) {
    const codes = [...new Set(problems.map((problem) => problem.code))].sort()
    responses[code] = {
      description: [...new Set(problems.map((problem) => problem.title))].join('; '),
      content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      'x-problem-codes': codes,
    }
  }
  return responses
}

const mediaType = (bytes: unknown): string => (bytes === undefined ? 'application/json' : 'application/octet-stream')

function operationOf(route: Route): Json {
  const { body } = route
  const hasBody = route.consumes !== undefined || Object.keys(propertiesOf(body)).length > 0
  return {
    operationId: route.operation,
    summary: route.summary,
    description: WHO[route.scope],
    tags: [route.tag],
    security: route.scope === 'open' ? [] : [{ session: [] }, ...(isForKeys(route) ? [{ api_key: [] }] : [])],
    ...('permission' in route && { 'x-permission': route.permission }),
    ...(route.step_up === true && { 'x-step-up': true }),
    ...(route.audit && { 'x-audit-event': route.audit.event }),
    parameters: parametersOf(route),
    ...(hasBody && {
      requestBody: {
        required: body === undefined || isRequired(body),
        content: { [mediaType(route.consumes)]: { schema: body } },
      },
    }),
    responses: responsesOf(route),
  }
}

const isForKeys = (route: Route): boolean => route.scope === 'organisation' || route.scope === 'organisation_wide'

/** The OpenAPI 3.1 document of these routes. Deterministic: CI compares it with the committed `openapi.json`. */
export function buildOpenApi(routes: readonly Route[], more: { paths: Json; schemas: Json; security: Json }): Json {
  const paths: Record<string, Json> = {}
  for (const route of [...routes].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0))) {
    const path = route.path.replace(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operationOf(route) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Reeve',
      version: '1',
      description: `The control plane of a company's AI platform. Refusals are RFC 9457 problems with a stable \`code\`. ${REPETITION}`,
    },
    paths: { ...paths, ...more.paths },
    components: {
      schemas: { Problem: { ...ProblemJson, $id: undefined }, ...more.schemas },
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: '__Host-reeve_session' },
        api_key: { type: 'http', scheme: 'bearer', bearerFormat: 'rv_<organisation>_<id>_<secret>_<checksum>' },
        ...more.security,
      },
    },
  }
}
