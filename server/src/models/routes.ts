import { Type } from 'typebox'
import { Nothing, ORGANISATION_PATH, type Route, route } from '../http/route.ts'
import { Id, orgParams } from '../http/schema.ts'
import type { SecretStore } from '../secrets/secret-store.ts'
import { assignOwnModel, assignPlatformModel, unassignOwnModel, unassignPlatformModel } from './assignment.ts'
import { listOwnModels, listPlatformModelsOf, mergeModels } from './assignment.ts'
import {
  changeModel,
  createOrganisationModel,
  createPlatformModel,
  getModel,
  listModels,
  setModelGlobal,
} from './model.ts'
import { setPrice } from './price.ts'
import { baseUrlRefused, modelNameTaken, outputBoundsRefused, providerNameTaken } from './problems.ts'
import {
  changeProvider,
  createProvider,
  inOrganisation,
  listProviders,
  onPlatform,
  organisationKeyPath,
  platformKeyPath,
  storeProviderKey,
  useProviderKey,
} from './provider.ts'
import {
  CallableModel,
  listOf,
  Model,
  ModelChange,
  ModelDraft,
  PlatformModelChange,
  PlatformModelDraft,
  Price,
  Provider,
  ProviderChange,
  ProviderDraft,
  ProviderKey,
} from './schema.ts'
import { appendEntry, appendPlatformEntry } from '../audit/append.ts'
import { type EgressPolicy, egressRefused } from '../kernel/egress.ts'
import { notFound } from '../kernel/problem.ts'

const tag = 'models'
const PlatformProviderParams = Type.Object({ provider: Id }, { additionalProperties: false })
const PlatformModelParams = Type.Object({ model: Id }, { additionalProperties: false })
const AssignmentParams = Type.Object({ model: Id, organisation: Id }, { additionalProperties: false })

const providerTarget = (provider: { id: string }) => ({ type: 'provider', id: provider.id })
const modelTarget = (model: { id: string }) => ({ type: 'model', id: model.id })

export type ModelNeeds = { readonly secrets: SecretStore; readonly egress: EgressPolicy }

/** Providers, models, prices and assignments, of the platform and of organisations. */
export function modelRoutes(needs: ModelNeeds): readonly Route[] {
  return [
    ...platformProviderRoutes(needs),
    ...platformModelRoutes(),
    ...organisationProviderRoutes(needs),
    ...organisationModelRoutes(),
  ]
}

function platformProviderRoutes({ secrets, egress }: ModelNeeds): readonly Route[] {
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
      tag,
      summary: 'Set the key of a provider of the platform; it is never shown again',
      params: PlatformProviderParams,
      body: ProviderKey,
      response: Provider,
      audit: { event: 'secret.rotated', written_by: 'handler' },
      async handle(control, _actor, { params, body }, { origin }) {
        await control.transaction((tx) => getKnownProvider(listProviders(onPlatform(tx)), params.provider))
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

/** Looked up before a secret is written, so that none is stored for a provider that does not exist. */
async function getKnownProvider(providers: ReturnType<typeof listProviders>, id: string) {
  const provider = (await providers).find((each) => each.id === id)
  if (provider === undefined) throw notFound()
  return provider
}

function platformModelRoutes(): readonly Route[] {
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
      response: listOf(Model),
      handle: async (tx) => ({ items: [...(await listModels(tx))] }),
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

function organisationProviderRoutes({ secrets, egress }: ModelNeeds): readonly Route[] {
  const permission = 'provider.manage'
  return [
    route({
      operation: 'provider_list',
      method: 'GET',
      path: `${ORGANISATION_PATH}/providers`,
      scope: 'organisation',
      tag,
      permission: 'provider.view',
      summary: "List the organisation's own providers",
      params: orgParams(),
      response: listOf(Provider),
      handle: async (tx) => ({ items: await listProviders(inOrganisation(tx)) }),
    }),
    route({
      operation: 'provider_create',
      method: 'POST',
      path: `${ORGANISATION_PATH}/providers`,
      scope: 'organisation',
      permission,
      tag,
      status: 201,
      summary: 'Add a provider of the organisation',
      params: orgParams(),
      body: ProviderDraft,
      response: Provider,
      problems: [providerNameTaken, baseUrlRefused, egressRefused],
      audit: { event: 'provider.added', target: providerTarget, data: (provider) => ({ name: provider.name }) },
      handle: (tx, _actor, { body }) => createProvider(inOrganisation(tx), body, egress),
    }),
    route({
      operation: 'provider_update',
      method: 'PATCH',
      path: `${ORGANISATION_PATH}/providers/:provider`,
      scope: 'organisation',
      permission,
      tag,
      summary: 'Change a provider of the organisation',
      params: orgParams('provider'),
      body: ProviderChange,
      response: Provider,
      problems: [providerNameTaken, baseUrlRefused, egressRefused],
      audit: { event: 'provider.updated', target: providerTarget, data: (_provider, { body }) => ({ after: body }) },
      handle: (tx, _actor, { params, body }) => changeProvider(inOrganisation(tx), params.provider, body, egress),
    }),
    route({
      operation: 'provider_set_key',
      method: 'PUT',
      path: `${ORGANISATION_PATH}/providers/:provider/key`,
      scope: 'organisation_wide',
      tag,
      permission: 'secrets.manage',
      summary: "Set the key of the organisation's provider; it is never shown again",
      params: orgParams('provider'),
      body: ProviderKey,
      response: Provider,
      audit: { event: 'secret.rotated', written_by: 'handler' },
      async handle({ organisation, decide }, _actor, { params, body }, { origin }) {
        await organisation.transaction((tx) => getKnownProvider(listProviders(inOrganisation(tx)), params.provider))
        const stored = await storeProviderKey(secrets, organisationKeyPath(params.org, params.provider), body.key)
        return decide(async (tx) => {
          const provider = await useProviderKey(inOrganisation(tx), params.provider, stored)
          const data = { version: stored.secret_version }
          await appendEntry(tx, origin, { event: 'secret.rotated', target: providerTarget(provider), data })
          return provider
        })
      },
    }),
  ]
}

function organisationModelRoutes(): readonly Route[] {
  const scope = 'organisation'
  const permission = 'provider.manage'
  return [
    route({
      operation: 'model_list',
      method: 'GET',
      path: `${ORGANISATION_PATH}/models`,
      scope: 'organisation_wide',
      tag,
      permission: 'model.view',
      summary: 'List the models that the organisation may call',
      params: orgParams(),
      response: listOf(CallableModel),
      async handle({ control, organisation }, _actor, { params }) {
        const platform = await control.transaction((tx) => listPlatformModelsOf(tx, params.org))
        const own = await organisation.transaction(listOwnModels)
        return { items: [...mergeModels(platform, own).values()] }
      },
    }),
    route({
      operation: 'own_model_list',
      method: 'GET',
      path: `${ORGANISATION_PATH}/own-models`,
      scope,
      permission: 'provider.view',
      tag,
      summary: "List the models of the organisation's own providers, assigned or not",
      params: orgParams(),
      response: listOf(Model),
      handle: async (tx) => ({ items: [...(await listModels(tx))] }),
    }),
    route({
      operation: 'own_model_create',
      method: 'POST',
      path: `${ORGANISATION_PATH}/own-models`,
      scope,
      permission,
      tag,
      status: 201,
      summary: "Add a model to one of the organisation's providers",
      params: orgParams(),
      body: ModelDraft,
      response: Model,
      problems: [modelNameTaken, outputBoundsRefused],
      audit: { event: 'model.added', target: modelTarget, data: (model) => ({ name: model.name }) },
      handle: (tx, _actor, { body }) => createOrganisationModel(tx, body),
    }),
    route({
      operation: 'own_model_update',
      method: 'PATCH',
      path: `${ORGANISATION_PATH}/own-models/:model`,
      scope,
      permission,
      tag,
      summary: "Change a model of the organisation's own",
      params: orgParams('model'),
      body: ModelChange,
      response: Model,
      problems: [outputBoundsRefused],
      audit: { event: 'model.updated', target: modelTarget, data: (_model, { body }) => ({ after: body }) },
      handle: (tx, _actor, { params, body }) => changeModel(tx, params.model, body),
    }),
    route({
      operation: 'own_model_set_price',
      method: 'POST',
      path: `${ORGANISATION_PATH}/own-models/:model/prices`,
      scope,
      permission,
      tag,
      status: 201,
      summary: "Put a new price version of the organisation's own model in force",
      params: orgParams('model'),
      body: Price,
      response: Model,
      audit: { event: 'model.priced', target: modelTarget, data: (_model, { body }) => body },
      async handle(tx, _actor, { params, body }) {
        await getModel(tx, params.model)
        await setPrice(inOrganisation(tx), params.model, body)
        return getModel(tx, params.model)
      },
    }),
    route({
      operation: 'own_model_assign',
      method: 'PUT',
      path: `${ORGANISATION_PATH}/own-models/:model/assignment`,
      scope,
      tag,
      status: 204,
      permission: 'model.assign',
      summary: "Let the organisation's people call one of its own models",
      params: orgParams('model'),
      response: Nothing,
      audit: { event: 'model.granted', target: (_output, { params }) => ({ type: 'model', id: params.model }) },
      async handle(tx, _actor, { params }) {
        await assignOwnModel(tx, params.model)
        return {}
      },
    }),
    route({
      operation: 'own_model_unassign',
      method: 'DELETE',
      path: `${ORGANISATION_PATH}/own-models/:model/assignment`,
      scope,
      tag,
      status: 204,
      permission: 'model.assign',
      summary: "Take one of the organisation's own models out of use",
      params: orgParams('model'),
      response: Nothing,
      audit: { event: 'model.revoked', target: (_output, { params }) => ({ type: 'model', id: params.model }) },
      async handle(tx, _actor, { params }) {
        if (!(await unassignOwnModel(tx, params.model))) throw notFound()
        return {}
      },
    }),
  ]
}
