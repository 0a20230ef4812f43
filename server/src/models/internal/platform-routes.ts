// Providers, models, prices and assignments of the platform: the super-admin's.

import { Type } from 'typebox'
import { appendPlatformEntry } from '../../audit/append.ts'
import { Nothing, type Route, route } from '../../http/route.ts'
import { Id, PageQuery, pageSchema } from '../../http/schema.ts'
import { egressRefused } from '../../kernel/egress.ts'
import { notFound } from '../../kernel/problem.ts'
import { assignPlatformModel, listAssignable, listModelsFor, unassignPlatformModel } from '../assignment.ts'
import { changeModel, createPlatformModel, getModel, listPlatformModels, setModelGlobal } from '../model.ts'
import { listPrices, setPrice } from '../price.ts'
import { baseUrlRefused, modelNameTaken, outputBoundsRefused, providerNameTaken } from '../problems.ts'
import {
  changeProvider,
  createProvider,
  getProvider,
  listProviders,
  onPlatform,
  platformKeyPath,
  storeProviderKey,
  useProviderKey,
} from '../provider.ts'
import {
  listOf,
  Model,
  PlatformModel,
  PlatformModelChange,
  PlatformModelDraft,
  Price,
  PriceVersion,
  Provider,
  ProviderChange,
  ProviderDraft,
  ProviderKey,
} from './model-schema.ts'
import { type ModelNeeds, modelTarget, providerTarget, tag } from './model-needs.ts'

const PlatformProviderParams = Type.Object({ provider: Id }, { additionalProperties: false })
const PlatformModelParams = Type.Object({ model: Id }, { additionalProperties: false })
const AssignableQuery = Type.Object(
  {
    ...PageQuery.properties,
    search: Type.Optional(Type.String({ minLength: 1, maxLength: 200, pattern: '^[^\\u0000]*$' })),
  },
  { additionalProperties: false },
)
const Assignable = Type.Object({ id: Id, name: Type.String(), status: Type.String(), is_assigned: Type.Boolean() })
const AssignmentParams = Type.Object({ model: Id, organisation: Id }, { additionalProperties: false })

/** The providers of the platform. */
export function platformProviderRoutes({ secrets, egress }: ModelNeeds): readonly Route[] {
  const scope = 'platform'
  const permission = 'platform.provider.manage'
  return [
    route({
      operation: 'platform_provider_list',
      method: 'GET',
      path: '/api/platform/providers',
      scope,
      permission,
      tag,
      summary: 'List the providers of the platform',
      response: listOf(Provider),
      handle: async (tx) => ({ items: await listProviders(onPlatform(tx)) }),
    }),
    route({
      operation: 'platform_provider_create',
      method: 'POST',
      path: '/api/platform/providers',
      scope,
      permission,
      tag,
      status: 201,
      summary: 'Add a provider to the platform',
      body: ProviderDraft,
      response: Provider,
      problems: [providerNameTaken, baseUrlRefused, egressRefused],
      audit: { event: 'provider.added', target: providerTarget, data: (provider) => ({ name: provider.name }) },
      handle: (tx, _actor, { body }) => createProvider(onPlatform(tx), body, egress),
    }),
    route({
      operation: 'platform_provider_update',
      method: 'PATCH',
      path: '/api/platform/providers/:provider',
      scope,
      permission,
      tag,
      summary: 'Change a provider of the platform',
      params: PlatformProviderParams,
      body: ProviderChange,
      response: Provider,
      problems: [providerNameTaken, baseUrlRefused, egressRefused],
      audit: { event: 'provider.updated', target: providerTarget, data: (_provider, { body }) => ({ after: body }) },
      handle: (tx, _actor, { params, body }) => changeProvider(onPlatform(tx), params.provider, body, egress),
    }),
    route({
      operation: 'platform_provider_set_key',
      method: 'PUT',
      path: '/api/platform/providers/:provider/key',
      scope: 'platform_wide',
      permission,
      step_up: true,
      tag,
      summary: 'Set the key of a provider of the platform; it is never shown again',
      params: PlatformProviderParams,
      body: ProviderKey,
      response: Provider,
      audit: { event: 'secret.rotated', written_by: 'handler' },
      async handle(control, _actor, { params, body }, { origin }) {
        await control.transaction((tx) => getProvider(onPlatform(tx), params.provider))
        const stored = await storeProviderKey(secrets, platformKeyPath(params.provider), body.key)
        return control.transaction(async (tx) => {
          const provider = await useProviderKey(onPlatform(tx), params.provider, stored)
          const data = { version: stored.secret_version }
          await appendPlatformEntry(tx, origin, { event: 'secret.rotated', target: providerTarget(provider), data })
          return provider
        })
      },
    }),
  ]
}

/** The models of the platform. */
export function platformModelRoutes(): readonly Route[] {
  const scope = 'platform'
  const permission = 'platform.provider.manage'
  return [
    route({
      operation: 'platform_model_list',
      method: 'GET',
      path: '/api/platform/models',
      scope,
      permission,
      tag,
      summary: 'List the models of the platform',
      response: listOf(PlatformModel),
      handle: async (tx) => ({ items: [...(await listPlatformModels(tx))] }),
    }),
    route({
      operation: 'platform_model_price_list',
      method: 'GET',
      path: '/api/platform/models/:model/prices',
      scope,
      permission,
      tag,
      summary: 'List every price that a platform model had, newest first',
      params: PlatformModelParams,
      response: listOf(PriceVersion),
      async handle(tx, _actor, { params }) {
        await getModel(tx, params.model)
        return { items: [...(await listPrices(onPlatform(tx), params.model))] }
      },
    }),
    route({
      operation: 'platform_model_create',
      method: 'POST',
      path: '/api/platform/models',
      scope,
      permission,
      tag,
      status: 201,
      summary: 'Add a model to a provider of the platform',
      body: PlatformModelDraft,
      response: Model,
      problems: [modelNameTaken, outputBoundsRefused],
      audit: { event: 'model.added', target: modelTarget, data: (model) => ({ name: model.name }) },
      handle: (tx, _actor, { body: { is_global = false, ...draft } }) => createPlatformModel(tx, draft, is_global),
    }),
    route({
      operation: 'platform_model_update',
      method: 'PATCH',
      path: '/api/platform/models/:model',
      scope,
      permission,
      tag,
      summary: 'Change a model of the platform',
      params: PlatformModelParams,
      body: PlatformModelChange,
      response: Model,
      problems: [outputBoundsRefused],
      audit: { event: 'model.updated', target: modelTarget, data: (_model, { body }) => ({ after: body }) },
      async handle(tx, _actor, { params, body: { is_global, ...change } }) {
        const model = await changeModel(tx, params.model, change)
        if (is_global !== undefined) await setModelGlobal(tx, params.model, is_global)
        return model
      },
    }),
    route({
      operation: 'platform_model_set_price',
      method: 'POST',
      path: '/api/platform/models/:model/prices',
      scope,
      permission,
      tag,
      status: 201,
      summary: 'Put a new price version of a platform model in force',
      params: PlatformModelParams,
      body: Price,
      response: Model,
      audit: { event: 'model.priced', target: modelTarget, data: (_model, { body }) => body },
      async handle(tx, _actor, { params, body }) {
        await getModel(tx, params.model)
        await setPrice(onPlatform(tx), params.model, body)
        return getModel(tx, params.model)
      },
    }),
    ...assignmentRoutes(),
  ]
}

/** Which organisation may call which model of the platform. */
function assignmentRoutes(): readonly Route[] {
  const scope = 'platform'
  return [
    route({
      operation: 'platform_model_assignment_list',
      method: 'GET',
      path: '/api/platform/models/:model/assignments',
      scope,
      permission: 'platform.model.assign',
      tag,
      summary: 'List the organisations with whether a model of the platform is assigned to each',
      params: PlatformModelParams,
      query: AssignableQuery,
      response: pageSchema(Assignable),
      handle: (tx, _actor, { params, query }) => listAssignable(tx, params.model, query),
    }),
    route({
      operation: 'platform_organisation_model_list',
      method: 'GET',
      path: '/api/platform/organisations/:organisation/models',
      scope,
      permission: 'platform.model.assign',
      tag,
      summary: 'List the models of the platform with whether each is assigned to an organisation',
      params: Type.Object({ organisation: Id }, { additionalProperties: false }),
      response: listOf(Type.Object({ ...PlatformModel.properties, is_assigned: Type.Boolean() })),
      handle: async (tx, _actor, { params }) => ({ items: [...(await listModelsFor(tx, params.organisation))] }),
    }),
    route({
      operation: 'platform_model_assign',
      method: 'PUT',
      path: '/api/platform/models/:model/assignments/:organisation',
      scope,
      tag,
      status: 204,
      permission: 'platform.model.assign',
      summary: 'Let an organisation call a model of the platform',
      params: AssignmentParams,
      response: Nothing,
      audit: {
        event: 'model.granted',
        target: (_output, { params }) => ({ type: 'model', id: params.model }),
        data: (_output, { params }) => ({ organisation_id: params.organisation }),
      },
      async handle(tx, _actor, { params }) {
        await assignPlatformModel(tx, params.model, params.organisation)
        return {}
      },
    }),
    route({
      operation: 'platform_model_unassign',
      method: 'DELETE',
      path: '/api/platform/models/:model/assignments/:organisation',
      scope,
      tag,
      status: 204,
      permission: 'platform.model.assign',
      summary: 'Take a model of the platform away from an organisation',
      params: AssignmentParams,
      response: Nothing,
      audit: {
        event: 'model.revoked',
        target: (_output, { params }) => ({ type: 'model', id: params.model }),
        data: (_output, { params }) => ({ organisation_id: params.organisation }),
      },
      async handle(tx, _actor, { params }) {
        if (!(await unassignPlatformModel(tx, params.model, params.organisation))) throw notFound()
        return {}
      },
    }),
  ]
}
