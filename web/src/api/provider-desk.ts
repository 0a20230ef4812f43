// Providers, their models and prices: an organisation's own ones and the platform's, for the same screens.

import type { Answer } from './answer.ts'
import { answerOf, api } from './client.ts'
import type { paths } from './schema.d.ts'

export type Provider = Answer<'/api/orgs/{org}/providers', 'get'>['items'][number]
export type OwnModel = Answer<'/api/orgs/{org}/own-models', 'get'>['items'][number]
export type PlatformModel = Answer<'/api/platform/models', 'get'>['items'][number]
export type Price = Pick<OwnModel, 'input_micros_per_mtok' | 'cached_input_micros_per_mtok' | 'output_micros_per_mtok'>
export type PriceVersion = Answer<'/api/platform/models/{model}/prices', 'get'>['items'][number]
export type TestCall = Answer<'/api/platform/providers/{provider}/test-calls', 'post'>

type BodyOf<Operation> = Operation extends {
  readonly requestBody?: { readonly content: { readonly 'application/json': infer Body } }
}
  ? Body
  : never
export type ProviderChange = BodyOf<paths['/api/platform/providers/{provider}']['patch']>
export type ModelDraft = BodyOf<paths['/api/platform/models']['post']>
export type ModelChange = BodyOf<paths['/api/platform/models/{model}']['patch']>

export type ProviderDesk = {
  /** The organisation; null on the platform. */
  readonly org: string | null
  /** What every query of it begins with. */
  readonly key: readonly string[]
  readonly providers: () => Promise<{ readonly items: readonly Provider[] }>
  readonly addProvider: (draft: { readonly name: string; readonly base_url: string }) => Promise<Provider>
  readonly changeProvider: (provider: string, change: ProviderChange) => Promise<Provider>
  readonly setKey: (provider: string, key: string) => Promise<Provider>
  /** Calls it: for its models, or for a word of one of them. */
  readonly test: (provider: string, model: string | null) => Promise<TestCall>
  readonly models: () => Promise<{ readonly items: readonly OwnModel[] }>
  readonly addModel: (draft: ModelDraft) => Promise<OwnModel>
  readonly prices: (model: string) => Promise<{ readonly items: readonly PriceVersion[] }>
  readonly setPrice: (model: string, price: Price) => Promise<OwnModel>
}

const TYPE = 'openai_compatible' as const
const asked = (model: string | null) => (model === null ? {} : { model })

/** The providers of an organisation's own. */
export function organisationProviders(org: string): ProviderDesk {
  const path = { org }
  return {
    org,
    key: ['org', org],
    providers: () => answerOf(api.GET('/api/orgs/{org}/providers', { params: { path } })),
    addProvider: (draft) =>
      answerOf(api.POST('/api/orgs/{org}/providers', { params: { path }, body: { ...draft, type: TYPE } })),
    changeProvider: (provider, body) =>
      answerOf(api.PATCH('/api/orgs/{org}/providers/{provider}', { params: { path: { org, provider } }, body })),
    setKey: (provider, key) =>
      answerOf(
        api.PUT('/api/orgs/{org}/providers/{provider}/key', { params: { path: { org, provider } }, body: { key } }),
      ),
    test: (provider, model) =>
      answerOf(
        api.POST('/api/orgs/{org}/providers/{provider}/test-calls', {
          params: { path: { org, provider } },
          body: asked(model),
        }),
      ),
    models: () => answerOf(api.GET('/api/orgs/{org}/own-models', { params: { path } })),
    addModel(draft) {
      const { is_global: _, ...body } = draft
      return answerOf(api.POST('/api/orgs/{org}/own-models', { params: { path }, body }))
    },
    prices: (model) =>
      answerOf(api.GET('/api/orgs/{org}/own-models/{model}/prices', { params: { path: { org, model } } })),
    setPrice: (model, body) =>
      answerOf(api.POST('/api/orgs/{org}/own-models/{model}/prices', { params: { path: { org, model } }, body })),
  }
}

/** The providers of the platform. */
export const platformProviders: ProviderDesk = {
  org: null,
  key: ['platform'],
  providers: () => answerOf(api.GET('/api/platform/providers')),
  addProvider: (draft) => answerOf(api.POST('/api/platform/providers', { body: { ...draft, type: TYPE } })),
  changeProvider: (provider, body) =>
    answerOf(api.PATCH('/api/platform/providers/{provider}', { params: { path: { provider } }, body })),
  setKey: (provider, key) =>
    answerOf(api.PUT('/api/platform/providers/{provider}/key', { params: { path: { provider } }, body: { key } })),
  test: (provider, model) =>
    answerOf(
      api.POST('/api/platform/providers/{provider}/test-calls', { params: { path: { provider } }, body: asked(model) }),
    ),
  models: () => answerOf(api.GET('/api/platform/models')),
  addModel: (body) => answerOf(api.POST('/api/platform/models', { body })),
  prices: (model) => answerOf(api.GET('/api/platform/models/{model}/prices', { params: { path: { model } } })),
  setPrice: (model, body) =>
    answerOf(api.POST('/api/platform/models/{model}/prices', { params: { path: { model } }, body })),
}

/** What an act on providers or models makes stale. */
export const staleOf = ({ key }: ProviderDesk) =>
  ['models', 'providers', 'own-models', 'overview'].map((topic) => ({ queryKey: [...key, topic] }))
