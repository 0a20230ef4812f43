import type { Connection } from '../../identity/sso/connection.ts'
import { problemOf, refusalOf } from '../../identity/sso/refusal.ts'
import type { SsoNeeds } from './sign-in.ts'

/** What a provider says about itself now. Throws `sso_provider_unavailable`, saying what is wrong with it. */
export async function checkProvider(needs: Pick<SsoNeeds, 'providers'>, connection: Connection) {
  needs.providers.forget(connection.id)
  try {
    const { metadata } = await needs.providers.open(connection)
    const { issuer, authorization_endpoint, token_endpoint, id_token_signing_alg_values_supported } = metadata
    const signing_algorithms = id_token_signing_alg_values_supported ?? []
    return { issuer, authorization_endpoint, token_endpoint, signing_algorithms }
  } catch (error) {
    throw problemOf(refusalOf(error))
  }
}
