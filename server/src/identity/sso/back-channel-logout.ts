// OpenID Connect Back-Channel Logout 1.0: a provider says that somebody, or one of their sessions, has ended there; what was
// made of it here ends in the same moment.

import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { anonymousOrigin, appendPlatformEntry, type RequestOrigin } from '../../audit/append.ts'
import type { ControlDatabase, ControlTx } from '../../kernel/database.ts'
import { notFound } from '../../kernel/problem.ts'
import type { SessionEnd } from '../session.ts'
import { type Claims, parseSubject } from './claims.ts'
import { type Connection, findConnection } from './connection.ts'
import { CLOCK_TOLERANCE_S, type Providers } from './provider.ts'
import { refusalOf, SsoRefusal } from './refusal.ts'

const EVENT = 'http://schemas.openid.net/event/backchannel-logout'
/** A logout token is made for the moment. */
const MAX_AGE_S = 600

type Logout = {
  readonly sub: string | null
  readonly sid: string | null
  readonly jti: string
  readonly expires_at: Date
}

/**
 * Ends the sessions that a logout token names and returns how many. Throws `not_found` for an unknown connection, and an
 * `SsoRefusal`, which is in the log by then, for any token that is not exactly what the provider should have sent.
 */
export async function logOutByProvider(
  needs: { readonly control: ControlDatabase; readonly providers: Providers },
  connection_id: string,
  token: string,
  request: RequestOrigin,
): Promise<number> {
  const { control, providers } = needs
  const found = await control.transaction(async (tx) => {
    const { rows } = await sql<{ now: Date }>`select now() as now`.execute(tx)
    return { connection: await findConnection(tx, connection_id), now: rows[0]?.now ?? new Date() }
  })
  const { connection, now } = found
  if (connection === null || connection.status !== 'enabled') throw notFound()
  try {
    const provider = await providers.open(connection)
    const claims = await provider.verify(token, { kind: 'logout_token', audience: connection.client_id, now })
    const logout = readLogout(claims, now)
    return await control.transaction((tx) => endSessions(tx, connection, logout, request))
  } catch (error) {
    const refusal = refusalOf(error)
    await control.transaction((tx) => logRefusal(tx, connection, refusal, request))
    throw refusal
  }
}

function readLogout(claims: Claims, now: Date): Logout {
  const { iat, exp, jti, sub, sid, events, nonce } = { ...claims } as Claims & Record<string, unknown>
  const event: unknown = typeof events === 'object' && events !== null ? Reflect.get(events, EVENT) : undefined
  if (typeof event !== 'object' || event === null) throw new SsoRefusal('events')
  if (nonce !== undefined) throw new SsoRefusal('nonce_present')
  if (typeof jti !== 'string' || jti === '' || jti.length > 1000)
    throw new SsoRefusal('claim_malformed', { claim: 'jti' })
  if (typeof iat !== 'number' || typeof exp !== 'number') throw new SsoRefusal('claim_malformed', { claim: 'iat' })
  const age_s = now.getTime() / 1000 - iat
  if (age_s < -CLOCK_TOLERANCE_S) throw new SsoRefusal('not_yet_valid', { clock_difference_s: Math.round(-age_s) })
  if (age_s > MAX_AGE_S) throw new SsoRefusal('too_old', { clock_difference_s: Math.round(-age_s) })
  if (sid !== undefined && (typeof sid !== 'string' || sid === '' || sid.length > 255)) {
    throw new SsoRefusal('claim_malformed', { claim: 'sid' })
  }
  if (sub === undefined && sid === undefined) throw new SsoRefusal('subject')
  return {
    sub: sub === undefined ? null : parseSubject(sub),
    sid: typeof sid === 'string' ? sid : null,
    jti,
    // Remembered as long as it could be accepted.
    expires_at: new Date((iat + MAX_AGE_S + 2 * CLOCK_TOLERANCE_S) * 1000),
  }
}

const entryOf = (connection: Connection) => ({
  target: { type: 'sso_connection', id: connection.id },
  ...(connection.organisation_id !== null && { organisation_id: connection.organisation_id }),
})

async function endSessions(
  tx: ControlTx,
  connection: Connection,
  { sub, sid, jti, expires_at }: Logout,
  request: RequestOrigin,
): Promise<number> {
  const jti_hash = createHash('sha256').update(jti).digest()
  const first = await tx
    .insertInto('identity.sso_logout_token')
    .values({ connection_id: connection.id, jti_hash, expires_at })
    .onConflict((conflict) => conflict.doNothing())
    .returning('jti_hash')
    .executeTakeFirst()
  if (first === undefined) throw new SsoRefusal('replayed')
  const ended = await tx
    .updateTable('identity.session')
    .set({ revoked_at: sql`now()`, revoked_reason: 'provider_logout' satisfies SessionEnd })
    .where('connection_id', '=', connection.id)
    .where('revoked_at', 'is', null)
    .$if(sid !== null, (update) => update.where('sso_sid', '=', sid))
    .$if(sub !== null, (update) =>
      update.where('sso_identity_id', 'in', (of) =>
        of
          .selectFrom('identity.sso_identity')
          .select('id')
          .where('connection_id', '=', connection.id)
          .where('issuer', '=', connection.issuer)
          .where('subject', '=', sub ?? ''),
      ),
    )
    .returning('id')
    .execute()
  await appendPlatformEntry(tx, anonymousOrigin(request), {
    event: 'sso.logged_out',
    ...entryOf(connection),
    data: { sessions_ended: ended.length },
  })
  return ended.length
}

async function logRefusal(
  tx: ControlTx,
  connection: Connection,
  { reason }: SsoRefusal,
  request: RequestOrigin,
): Promise<void> {
  await appendPlatformEntry(tx, anonymousOrigin(request), {
    event: 'sso.logout_refused',
    outcome: 'refused',
    reason_code: reason,
    ...entryOf(connection),
  })
}
