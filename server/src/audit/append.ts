// The one door into the log for everything that is not on the hot path (`invocation.admit` and `invocation.settle` write
// their own entries in SQL). An entry is written in the transaction of what it tells, or the act does not happen.

import type { Actor, PlatformActor } from '../access/actor.ts'
import type { ControlTx, OrganisationTx } from '../kernel/database.ts'
import { newId } from '../kernel/id.ts'
import type { AuditEvent } from './event.ts'

/** What an entry may carry besides its columns, as JSON. Never a secret, never what a person typed into a model. */
export type EntryData = Readonly<Record<string, unknown>>

export type EntryDraft = {
  readonly event: AuditEvent
  readonly outcome?: 'succeeded' | 'refused' | 'failed'
  readonly reason_code?: string
  readonly target?: { readonly type: string; readonly id: string }
  /** In an organisation's log: the execution it tells of. */
  readonly execution_id?: string
  readonly data?: EntryData
}

/** Where an act came from: who, through what, in which request. */
export type Origin = {
  readonly actor_type: 'user' | 'api_key' | 'system' | 'operator' | 'anonymous'
  readonly actor_id: string | null
  readonly actor_role: string | null
  readonly via: 'session' | 'api_key' | 'system' | 'cli' | 'none'
  readonly api_key_id: string | null
  readonly request_id: string | null
  readonly address: string | null
}

export type RequestOrigin = { readonly request_id: string | null; readonly address: string | null }

/** The origin of an act inside an organisation: persons are named by their membership where they have one. */
export function originOf(actor: Actor, request: RequestOrigin): Origin {
  const { request_id, address } = request
  const api_key_id = actor.use.via === 'api_key' ? actor.use.api_key_id : null
  const base = { request_id, address, via: actor.use.via, api_key_id }
  switch (actor.kind) {
    case 'user':
      return {
        ...base,
        actor_type: 'user',
        actor_id: actor.membership?.member_id ?? actor.user_id,
        actor_role: actor.membership?.base_role ?? 'superadmin',
      }
    case 'api_key':
      return { ...base, actor_type: 'api_key', actor_id: actor.use.api_key_id, actor_role: null }
    case 'system':
      return { ...base, actor_type: 'system', actor_id: null, actor_role: actor.name }
  }
}

/** The origin of an act on the platform: persons are named by their account. */
export function platformOriginOf(actor: PlatformActor, request: RequestOrigin): Origin {
  const { request_id, address } = request
  const base = { request_id, address, via: actor.use.via, api_key_id: null }
  if (actor.kind === 'user') {
    const actor_role = actor.is_superadmin ? 'superadmin' : null
    return { ...base, actor_type: 'user', actor_id: actor.user_id, actor_role }
  }
  const actor_role = actor.kind === 'system' ? actor.name : null
  return { ...base, actor_type: actor.kind, actor_id: null, actor_role }
}

/** The origin of an act by nobody who is known yet: first run, registration, a sign-in that has not succeeded. */
export function anonymousOrigin({ request_id, address }: RequestOrigin): Origin {
  return {
    request_id,
    address,
    actor_type: 'anonymous',
    actor_id: null,
    actor_role: null,
    via: 'none',
    api_key_id: null,
  }
}

function rowOf(origin: Origin, { event, outcome, reason_code, target, data }: EntryDraft) {
  return {
    id: newId(),
    event,
    outcome: outcome ?? 'succeeded',
    reason_code: reason_code ?? null,
    ...origin,
    target_type: target?.type ?? null,
    target_id: target?.id ?? null,
    data: JSON.stringify(data ?? {}),
  }
}

/** An entry as functions of the hot path take it (`audit.append_entries`): they write it with what it tells of. */
export function entryRow(origin: Origin, draft: EntryDraft) {
  return { ...rowOf(origin, draft), data: draft.data ?? {}, execution_id: draft.execution_id ?? null }
}

/** Writes an entry into an organisation's log, in the caller's transaction. */
export async function appendEntry(tx: OrganisationTx, origin: Origin, draft: EntryDraft): Promise<void> {
  await appendEntries(tx, [{ origin, draft }])
}

/** Writes several entries into an organisation's log, in this order and in one statement. */
export async function appendEntries(
  tx: OrganisationTx,
  entries: readonly { readonly origin: Origin; readonly draft: EntryDraft }[],
): Promise<void> {
  const rows = entries.map(({ origin, draft }) => ({
    ...rowOf(origin, draft),
    execution_id: draft.execution_id ?? null,
  }))
  if (rows.length > 0) await tx.insertInto('audit.entry').values(rows).execute()
}

/** Writes an entry into the platform's log, in the caller's transaction; `organisation_id` names whom it concerns. */
export async function appendPlatformEntry(
  tx: ControlTx,
  origin: Origin,
  draft: EntryDraft & { readonly organisation_id?: string },
): Promise<void> {
  const organisation_id = draft.organisation_id ?? null
  await tx
    .insertInto('audit.entry')
    .values({ ...rowOf(origin, draft), organisation_id })
    .execute()
}

/** Writes many entries of one act into the platform's log. */
export async function appendPlatformEntries(
  tx: ControlTx,
  origin: Origin,
  drafts: readonly EntryDraft[],
): Promise<void> {
  if (drafts.length === 0) return
  await tx
    .insertInto('audit.entry')
    .values(drafts.map((draft) => ({ ...rowOf(origin, draft), organisation_id: null })))
    .execute()
}
