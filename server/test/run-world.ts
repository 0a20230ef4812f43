// An organisation in which runs are created and supervised: its database and a control database at head, a real keyring,
// and members of every kind. What the engine would do, tests do themselves, on the same transitions.

import { createHash, randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import type { UserActor } from '../src/access/actor.ts'
import { BASE_ROLES, type BaseRole, type Designation, DESIGNATIONS } from '../src/access/permission.ts'
import { originOf } from '../src/audit/append.ts'
import { decide, type Decided, type DecisionAct } from '../src/execution/decision.ts'
import { getRunRow } from '../src/execution/internal/run-row.ts'
import { createRunTools, readGovernance, type RunDoor, type RunTools } from '../src/execution/run-tools.ts'
import { createRuns, type CreationVerdict, type RunCreation, startRun } from '../src/execution/creation.ts'
import { produceDraft } from '../src/execution/transition.ts'
import { createConnectionBudget } from '../src/kernel/connection.ts'
import {
  type ControlDatabase,
  openControlDatabase,
  type OrganisationDatabase,
  type OrganisationTx,
} from '../src/kernel/database.ts'
import { newId } from '../src/kernel/id.ts'
import { serverOf } from '../src/kernel/placement.ts'
import { openKeyProvider } from '../src/keys/key-provider.ts'
import type { PolicyDocument, Risk } from '../src/policy/document.ts'
import { boundHashOf } from '../src/supervision/binding.ts'
import { type AppSupervision, levelsOf } from '../src/supervision/levels.ts'
import { cloneControlDatabase } from './harness.ts'
import { buildWorld, type Member, type World } from './heart-world.ts'
import { openClonedOrganisation } from './organisation-database.ts'

export type RunDraft = {
  readonly requester: Member
  readonly risk?: Risk
  readonly category?: string | null
  readonly quote_micros?: number
  readonly supervision?: AppSupervision
  readonly statements?: readonly string[]
  readonly app_id?: string
  readonly engine_type?: RunCreation['engine_type']
  readonly level2_from?: readonly string[] | null
}

export type RunWorld = {
  readonly world: World
  readonly control: ControlDatabase
  readonly database: OrganisationDatabase
  readonly tools: RunTools
  readonly door: RunDoor
  readonly organisation: { readonly id: string; readonly name: string }
  readonly tx: <Result>(work: (tx: OrganisationTx) => Promise<Result>) => Promise<Result>
  /** The rows of a query as JSON tells them. */
  readonly rows: (text: string, values?: readonly unknown[]) => Promise<readonly Readonly<Record<string, unknown>>[]>
  /** The member as they act by session, with what the database says of them now. */
  readonly actor: (member: Member, aal?: number) => Promise<UserActor>
  readonly setMember: (
    member: Member,
    change: {
      readonly base_role?: BaseRole
      readonly designations?: readonly Designation[]
      readonly denies?: readonly string[]
      readonly status?: 'active' | 'suspended' | 'removed'
    },
  ) => Promise<void>
  readonly putPolicy: (document: PolicyDocument) => Promise<void>
  readonly putPlatformPolicy: (document: PolicyDocument) => Promise<void>
  readonly topUp: (amount_micros: number) => Promise<void>
  readonly create: (draft: RunDraft) => Promise<{ readonly run_id: string; readonly verdict: CreationVerdict }>
  /** Creates a run, starts it and lets it produce its output. */
  readonly createDraft: (draft: RunDraft) => Promise<string>
  readonly produce: (run_id: string, attempt?: number) => ReturnType<typeof produceDraft>
  /** The hash of what an approval of the run would bind now. */
  readonly boundHash: (run_id: string) => Promise<Buffer>
  readonly stateOf: (run_id: string) => Promise<Readonly<Record<string, unknown>>>
  /** What the log says of a run, in order: `event reason`. */
  readonly told: (run_id: string) => Promise<readonly string[]>
  readonly stop: () => Promise<void>
}

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest()

/** What the fake engine produces; sealed it is not, for nothing here opens it. */
const OUTPUT = {
  sealed: Buffer.from('{"text":"draft"}'),
  hash: sha256('{"text":"draft"}'),
  chars: 500,
  steps: 3,
} as const

/** Builds the world: members that a test then makes managers, reviewers or compliance officers. */
export async function startRunWorld(members = 8): Promise<RunWorld> {
  const organisationDatabase = await openClonedOrganisation()
  const controlDatabase = await cloneControlDatabase()
  const directory = mkdtempSync(join(tmpdir(), 'reeve-runs-'))
  const keys = await openKeyProvider({ directory: join(directory, 'keyring'), passphrase: null })
  const { url, database } = organisationDatabase
  const budget = createConnectionBudget({ limit: 4, limit_per_database: 4, idle_timeout_ms: 60_000 })
  const at = new URL(controlDatabase.url)
  const control = openControlDatabase(budget, {
    ...serverOf(controlDatabase.url),
    database: at.pathname.slice(1),
    user: decodeURIComponent(at.username),
    password: decodeURIComponent(at.password),
  })
  const world = await buildWorld(url, { members, scopes: Math.min(4, members) })
  const tools = createRunTools(control, keys)
  const organisation = { id: newId(), name: 'Acme' }
  const tx: RunWorld['tx'] = (work) => database.transaction(work)
  const door: RunDoor = { organisation, transact: tx }
  const rows: RunWorld['rows'] = (text, values = []) =>
    database.connection(async (client) => {
      const result = await client.query<{ row: Readonly<Record<string, unknown>> }>(
        `select to_jsonb(q) as row from (${text}) q`,
        [...values],
      )
      return result.rows.map(({ row }) => row)
    })

  const actor: RunWorld['actor'] = async (member, aal = 1) => {
    const row = await tx((reading) =>
      reading
        .selectFrom('tenancy.member')
        .select(['base_role', 'designations', 'grants', 'denies'])
        .where('id', '=', member.id)
        .executeTakeFirstOrThrow(),
    )
    return {
      kind: 'user',
      organisation_id: organisation.id,
      user_id: member.id,
      is_superadmin: false,
      membership: {
        member_id: member.id,
        base_role: BASE_ROLES.find((each) => each === row.base_role) ?? 'member',
        designations: DESIGNATIONS.filter((each) => row.designations.includes(each)),
        grants: row.grants,
        denies: row.denies,
        custom_roles: [],
        surface: 'studio',
      },
      use: { via: 'session', session_id: member.id, aal },
    }
  }

  const create: RunWorld['create'] = async (draft) => {
    const run_id = newId()
    const platform = await tools.platformPolicy()
    const creator = await actor(draft.requester)
    const verdict = await tx(async (writing) => {
      const { access_version } = await writing
        .selectFrom('ledger.gate')
        .select('access_version')
        .executeTakeFirstOrThrow()
      const governance = await readGovernance(writing, platform)
      const { risk = 'low', category = null, engine_type = 'prompt', supervision = { required: false } } = draft
      const levels = levelsOf(governance.policy, governance.workflows, { risk, category, engine_type, supervision })
      const creation: RunCreation = {
        run_id,
        request_id: newId(),
        node_id: world.node_id,
        api_key_id: null,
        secret_hash: null,
        member_id: draft.requester.id,
        actor_role: 'member',
        address: null,
        requester_id: draft.requester.id,
        trigger_source: 'in_app',
        schedule_id: null,
        thread_id: null,
        team_id: draft.requester.team_id,
        project_id: draft.requester.project_id,
        use_case_id: null,
        app: {
          app_id: draft.app_id ?? APP_ID,
          version_id: APP_VERSION_ID,
          name: 'Contract review',
          version: '1.0.0',
          source: 'internal',
          contract_hash: sha256('contract'),
        },
        engine_type,
        risk,
        category,
        jurisdiction: 'eu',
        quote_micros: draft.quote_micros ?? 100,
        access_version,
        policy_version: governance.policy_version,
        platform_version: governance.platform_version,
        policy: governance.policy,
        tier: null,
        levels,
        statements: draft.statements ?? [],
        level2_from: draft.level2_from ?? null,
        level3_from: null,
        input: { sealed: randomBytes(40), hash: sha256(run_id) },
        max_steps: 10,
        max_seconds: 600,
        worker_id: null,
      }
      const origin = originOf(creator, { request_id: newId(), address: null })
      const [given] = await createRuns(writing, [{ origin, creation }])
      if (given === undefined) throw new Error('The ledger did not answer')
      // Tests are the worker that has claimed it.
      await sql`update execution.run set attempt = 1, claimed_by = ${world.node_id},
        claimed_until = clock_timestamp() + interval '1 minute' where execution_id = ${run_id}`.execute(writing)
      return given
    })
    return { run_id, verdict }
  }
  const produce: RunWorld['produce'] = (run_id, attempt = 1) =>
    produceDraft(tools, { organisation, database }, { run_id, attempt }, OUTPUT)

  return {
    world,
    control,
    database,
    tools,
    door,
    organisation,
    tx,
    rows,
    actor,
    create,
    produce,
    async setMember(member, change) {
      const { designations, denies, status, base_role } = change
      await tx((writing) =>
        writing
          .updateTable('tenancy.member')
          .set({
            ...(base_role !== undefined && { base_role }),
            ...(designations !== undefined && { designations: [...designations] }),
            ...(denies !== undefined && { denies: [...denies] }),
            ...(status !== undefined && {
              status,
              removed_at: status === 'removed' ? sql<Date>`clock_timestamp()` : null,
            }),
          })
          .where('id', '=', member.id)
          .execute(),
      )
    },
    putPolicy: (document) =>
      tx(async (writing) => {
        await sql`insert into policy.document (version, content, created_by)
          select coalesce(max(version), 0) + 1, ${JSON.stringify(document)}, ${newId()} from policy.document`.execute(
          writing,
        )
      }),
    putPlatformPolicy: (document) =>
      control.transaction(async (writing) => {
        await sql`insert into policy.document (version, content)
          select coalesce(max(version), 0) + 1, ${JSON.stringify(document)} from policy.document`.execute(writing)
      }),
    topUp: async (amount_micros) =>
      tx(async (writing) => {
        await sql`update ledger.gate set billing_mode = 'wallet'`.execute(writing)
        await sql`select ledger.post_transfer(${newId()}, 'top_up', ${amount_micros}, 'infinity', 'test', ${newId()}, null)`.execute(
          writing,
        )
      }),
    async createDraft(draft) {
      const { run_id, verdict } = await create(draft)
      if (verdict.letter !== 'a') throw new Error(`The run was refused: ${JSON.stringify(verdict)}`)
      if (!(await tx((writing) => startRun(writing, { run_id, attempt: 1 })))) throw new Error('It did not start')
      await produce(run_id)
      return run_id
    },
    boundHash: async (run_id) => boundHashOf(await tx((reading) => getRunRow(reading, run_id))),
    async stateOf(run_id) {
      const [row] = await rows(
        `select e.state, e.reason_code, e.hold_micros, e.charge_micros, r.revision, r.sealed_at, r.level1, r.level2,
           r.level3, g.level as open_level, g.given
         from execution.execution e join execution.run r on r.execution_id = e.id
           left join supervision.gate g on g.execution_id = e.id
         where e.id = $1`,
        [run_id],
      )
      if (row === undefined) throw new Error('There is no such run')
      return row
    },
    async told(run_id) {
      const entries = await rows('select event, reason_code from audit.entry where execution_id = $1 order by id', [
        run_id,
      ])
      return entries.map(({ event, reason_code }) =>
        typeof reason_code === 'string' ? `${String(event)} ${reason_code}` : String(event),
      )
    },
    async stop() {
      await budget.close()
      await organisationDatabase.drop()
      await controlDatabase.drop()
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

export const APP_ID = '00000000-0000-7000-8000-00000000000a'
const APP_VERSION_ID = '00000000-0000-7000-8000-00000000000b'

/** The member at this place; a world has as many as it was asked for. */
export function memberAt({ world }: RunWorld, index: number): Member {
  const member = world.members[index]
  if (member === undefined) throw new Error(`The world has no member ${index}`)
  return member
}

export type DecisionDraft = {
  readonly act: DecisionAct
  readonly seen?: Buffer
  readonly statements?: readonly string[]
  readonly comment?: string
}

/** A member decides about a run as it stands, or about the draft that they say they saw. */
export async function decideAs(
  runs: RunWorld,
  member: Member,
  run_id: string,
  { act, seen, statements = [], comment }: DecisionDraft,
): Promise<Decided> {
  const actor = await runs.actor(member)
  return decide(runs.tools, runs.door, {
    decision_id: newId(),
    run_id,
    actor,
    origin: originOf(actor, { request_id: newId(), address: null }),
    act,
    seen: seen ?? (await runs.boundHash(run_id)),
    statements,
    comment: comment === undefined ? null : { text: comment, sealed: Buffer.from(comment) },
  })
}
