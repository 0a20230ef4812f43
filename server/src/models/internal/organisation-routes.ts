// An organisation's own providers and models, and the list of all it may call.

import { hasPermission } from '../../access/require.ts'
import { appendEntry } from '../../audit/append.ts'
import { Nothing, ORGANISATION_PATH, type Route, route } from '../../http/route.ts'
import { orgParams } from '../../http/schema.ts'
import { egressRefused } from '../../kernel/egress.ts'
import { notFound } from '../../kernel/problem.ts'
import { assignOwnModel, listOwnModels, listPlatformModelsOf, mergeModels, unassignOwnModel } from '../assignment.ts'
import { changeModel, createOrganisationModel, getModel, listModels } from '../model.ts'
import { listPrices, setPrice } from '../price.ts'
import { baseUrlRefused, modelNameTaken, outputBoundsRefused, providerNameTaken } from '../problems.ts'
import {
  changeProvider,
  createProvider,
  getProvider,
  inOrganisation,
  listProviders,
  organisationKeyPath,
  storeProviderKey,
  useProviderKey,
} from '../provider.ts'
import {
  CallableModel,
  listOf,
  Model,
  ModelChange,
  ModelDraft,
  Price,
  PriceVersion,
  Provider,
  ProviderChange,
  ProviderDraft,
  ProviderKey,
} from './model-schema.ts'
import { type ModelNeeds, modelTarget, providerTarget, tag } from './model-needs.ts'

/** The organisation's own providers. */
export function organisationProviderRoutes({ secrets, egress }: ModelNeeds): readonly Route[] {
  const permission = 'provider.manage'
  return [
    route({
      operation: 'provider_list',
      method: 'GET',
      path: `${ORGANISATION_PATH}/providers`,
      scope: 'organisation',
      tag,
      permission: 'provider.view',
      summary: "List the organisation's own providers; the masks of their keys to those alone who may set them",
      params: orgParams(),
      response: listOf(Provider),
      async handle(tx, actor) {
        const items = await listProviders(inOrganisation(tx))
        // Provider keys are the owner's, even masked (rulings, point 4).
        if (hasPermission(actor, 'secrets.manage')) return { items }
        return { items: items.map((provider) => ({ ...provider, key_mask: null })) }
      },
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
      step_up: true,
      summary: "Set the key of the organisation's provider; it is never shown again",
      params: orgParams('provider'),
      body: ProviderKey,
      response: Provider,
      audit: { event: 'secret.rotated', written_by: 'handler' },
      async handle({ organisation, decide }, _actor, { params, body }, { origin }) {
        await organisation.transaction((tx) => getProvider(inOrganisation(tx), params.provider))
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

/** The organisation's own models, and those it may call. */
export function organisationModelRoutes(): readonly Route[] {
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
      operation: 'own_model_price_list',
      method: 'GET',
      path: `${ORGANISATION_PATH}/own-models/:model/prices`,
      scope,
      permission: 'provider.view',
      tag,
      summary: "List every price that the organisation's own model had, newest first",
      params: orgParams('model'),
      response: listOf(PriceVersion),
      async handle(tx, _actor, { params }) {
        await getModel(tx, params.model)
        return { items: [...(await listPrices(inOrganisation(tx), params.model))] }
      },
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
