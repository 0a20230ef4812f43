// What both halves of the routes share.

import type { EgressPolicy } from '../../kernel/egress.ts'
import type { SecretStore } from '../../secrets/secret-store.ts'

export type ModelNeeds = { readonly secrets: SecretStore; readonly egress: EgressPolicy }

export const tag = 'models'

export const providerTarget = (provider: { readonly id: string }) => ({ type: 'provider', id: provider.id })
export const modelTarget = (model: { readonly id: string }) => ({ type: 'model', id: model.id })
