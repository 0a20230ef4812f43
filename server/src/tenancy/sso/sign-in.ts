// Signing in through a provider: begin, come back, be let in. Nothing is waited for while a transaction is open: the answer is
// taken in one, the provider asked between two, and the session made in the last, which asks everything again.

import { sql } from 'kysely'
import { appendPlatformEntry, type Origin, platformOriginOf } from '../../audit/append.ts'
import { addressSubject, type Attempt as Counted, countAttempt, forgiveAttempt } from '../../identity/back-off.ts'
import { tooManyAttempts } from '../../identity/problems.ts'
import { type Attempt, beginAttempt, type Purpose, takeAttempt } from '../../identity/sso/attempt.ts'
import type { ProviderPerson } from '../../identity/sso/claims.ts'
import { authorizationUrl, exchangeCode, readParameters } from '../../identity/sso/code-exchange.ts'
import { type Connection, findConnection, getEntitlement, requireEntitled } from '../../identity/sso/connection.ts'
import { ssoConnectionDisabled } from '../../identity/sso/problems.ts'
import type { Providers } from '../../identity/sso/provider.ts'
import { errorWord, problemOf, refusalOf, SsoRefusal } from '../../identity/sso/refusal.ts'
import type { SignInRequest } from '../../identity/sign-in-entry.ts'
import type { ControlDatabase, ControlTx } from '../../kernel/database.ts'
import type { OrganisationDatabases } from '../../kernel/organisation-databases.ts'
import { notFound } from '../../kernel/problem.ts'
import type { SecretStore } from '../../secrets/secret-store.ts'
import { findOrganisationStanding } from '../standing.ts'

export type SsoNeeds = {
  readonly control: ControlDatabase
  readonly databases: OrganisationDatabases
  readonly secrets: SecretStore
  readonly providers: Providers
  /** Where browsers reach Reeve. */
  readonly origin: () => string
}

export type Beginning = {
  readonly connection_id: string
  readonly purpose: Purpose
  readonly user_id: string | null
  readonly return_to: string
  readonly login_hint: string | null
  readonly reauthenticates: boolean
}

/** Where the browser goes, and the secret it keeps meanwhile. */
export type Begun = { readonly authorization_url: string; readonly browser_secret: string }

/** A path of the portal itself; anything that could lead elsewhere is the start page. */
const ownPath = (path: string): string => (/^\/(?![/\\])[^\\\p{Cc}]{0,1999}$/u.test(path) ? path : '/')

/**
 * Begins a sign-in, a link or a test. Throws `not_found`, `sso_connection_disabled`, `sso_not_entitled`, and what the provider
 * is to blame for as `sso_provider_unavailable`.
 */
export async function beginSso(needs: SsoNeeds, beginning: Beginning, known_secret: string | null): Promise<Begun> {
  const { connection_id, purpose } = beginning
  const connection = await needs.control.transaction(async (tx) => {
    const found = await findConnection(tx, connection_id)
    if (found === null) throw notFound()
    if (found.secret_path === null || (purpose !== 'test' && found.status !== 'enabled')) throw ssoConnectionDisabled()
    await requireEntitled(tx, found.organisation_id)
    return found
  })
  try {
    const provider = await needs.providers.open(connection)
    const begun = await needs.control.transaction((tx) =>
      beginAttempt(
        tx,
        {
          connection_id,
          revision: connection.revision,
          purpose,
          user_id: beginning.user_id,
          return_to: ownPath(beginning.return_to),
          reauthenticates: beginning.reauthenticates,
        },
        known_secret,
      ),
    )
    const url = await authorizationUrl(provider, connection, begun, { ...beginning, origin: needs.origin() })
    return { authorization_url: url, browser_secret: begun.browser_secret }
  } catch (error) {
    throw problemOf(refusalOf(error))
  }
}

export type Answer = { readonly connection_id: string; readonly query: string; readonly browser_secret: string | null }

/** A sign-in that the provider has completed and that was judged; what becomes of it depends on what it was begun for. */
export type Completed = { readonly connection: Connection; readonly attempt: Attempt; readonly person: ProviderPerson }

type Taken = { readonly connection: Connection; readonly attempt: Attempt; readonly now: Date }

/**
 * Takes the provider's answer and hands who it is about to `conclude`. Whatever is refused on the way, in `conclude` too, is in
 * the log with its reason, and the person is told (`sso_refused`, `sso_provider_unavailable`). Answers from one address that
 * come to nothing are counted like failed sign-ins (`too_many_attempts`). Throws `not_found` for an unknown connection.
 */
export async function completeSso<Result>(
  needs: SsoNeeds,
  answer: Answer,
  request: SignInRequest,
  conclude: (completed: Completed) => Promise<Result>,
): Promise<Result> {
  const counted = await countAnswer(needs.control, request.address)
  const connection = await needs.control.transaction((tx) => findConnection(tx, answer.connection_id))
  if (connection === null) throw notFound()
  try {
    const parameters = readParameters(answer.query)
    const taken = await take(needs.control, answer, parameters)
    const person = await ask(needs, taken, parameters)
    const result = await conclude({ ...taken, person })
    await needs.control.transaction((tx) => forgiveAttempt(tx, counted))
    return result
  } catch (error) {
    const refusal = refusalOf(error)
    await needs.control.transaction((tx) => logRefusal(tx, connection, refusal, request.origin))
    throw problemOf(refusal)
  }
}

async function countAnswer(control: ControlDatabase, address: string): Promise<Counted> {
  const counted = await control.transaction((tx) => countAttempt(tx, [addressSubject(address)]))
  if ('wait_s' in counted) throw tooManyAttempts({}, { retry_after_s: counted.wait_s })
  return counted.attempt
}

async function take(
  control: ControlDatabase,
  { connection_id, browser_secret }: Answer,
  parameters: URLSearchParams,
): Promise<Taken> {
  const state = parameters.get('state')
  const taken = await control.transaction(async (tx) => {
    const connection = await findConnection(tx, connection_id)
    if (connection === null) throw notFound()
    if (state === null) return { refused: 'state_unknown' as const }
    const attempt = await takeAttempt(tx, { state, connection_id, browser_secret })
    const { rows } = await sql<{ now: Date }>`select now() as now`.execute(tx)
    return { ...attempt, connection, now: rows[0]?.now ?? new Date() }
  })
  if ('refused' in taken) throw new SsoRefusal(taken.refused)
  const { connection, attempt } = taken
  const isInUse = connection.status === 'enabled' || (attempt.purpose === 'test' && connection.secret_path !== null)
  if (!isInUse || connection.revision !== attempt.revision) throw new SsoRefusal('connection_changed')
  const error = parameters.get('error')
  if (error !== null) throw new SsoRefusal('provider_error', { provider_error: errorWord(error) })
  return taken
}

async function ask(needs: SsoNeeds, taken: Taken, parameters: URLSearchParams): Promise<ProviderPerson> {
  const { connection, attempt, now } = taken
  const { secret_path, secret_version } = connection
  if (secret_path === null || secret_version === null) throw new SsoRefusal('connection_changed')
  const secret = (await needs.secrets.get(secret_path, secret_version)).value
  const provider = await needs.providers.open(connection)
  return exchangeCode(provider, { connection, attempt, parameters, secret, origin: needs.origin(), now })
}

async function logRefusal(
  tx: ControlTx,
  { id, organisation_id }: Connection,
  { reason, facts }: SsoRefusal,
  origin: Origin,
): Promise<void> {
  await appendPlatformEntry(tx, origin, {
    event: 'sso.login_failed',
    outcome: 'refused',
    reason_code: reason,
    target: { type: 'sso_connection', id },
    ...(organisation_id !== null && { organisation_id }),
    data: { ...facts },
  })
}

/** The platform acts for a connection: it makes accounts and links. */
export const connectionOrigin = (request: {
  readonly request_id: string | null
  readonly address: string | null
}): Origin => platformOriginOf({ kind: 'system', name: 'sso', use: { via: 'system' } }, request)

/** The database of an organisation that is active and entitled; null for one into which nobody comes this way now. */
export async function findOpenOrganisation(needs: SsoNeeds, organisation_id: string) {
  const standing = await needs.control.transaction(async (tx) => {
    const { is_entitled } = await getEntitlement(tx, organisation_id)
    return is_entitled ? findOrganisationStanding(tx, organisation_id) : null
  })
  if (standing === null || standing.status !== 'active' || standing.placement === null) return null
  return needs.databases.at(standing.placement)
}
