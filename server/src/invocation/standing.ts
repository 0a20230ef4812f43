// The control question of a call, asked beside `admit`: is the key's owner live, is the organisation active, which
// platform version is in force? All calls of a node that ask at once share one statement.

import type { ControlDatabase } from '../kernel/database.ts'
import { createLane, type Lane } from '../kernel/lane.ts'
import { Problem } from '../kernel/problem.ts'

export type StandingQuestion = { readonly organisation_id: string; readonly user_id: string | null }

export type Standing = {
  readonly is_user_active: boolean
  /** Whether the user has a second factor, here or at their provider; true where no user is asked for. */
  readonly has_factor: boolean
  readonly organisation_status: string | null
  readonly platform_version: number
}

const ASK = `
  select
    (select array_agg(case when q.user_id is null then 'factor' else coalesce((
          select case when u.factors <> '{}' or identity.has_factor_in(u.id, q.organisation_id) then 'factor' else 'plain' end
          from identity.user u where u.id = q.user_id and u.status = 'active'), 'none') end order by q.i)
      from unnest($1::uuid[], $2::uuid[]) with ordinality q(user_id, organisation_id, i)) as users,
    (select array_agg((select o.status from tenancy.organisation o where o.id = q.organisation_id) order by q.i)
      from unnest($2::uuid[]) with ordinality q(organisation_id, i)) as statuses,
    (select version from kernel.platform) as version`

type Row = { readonly users: string[]; readonly statuses: (string | null)[]; readonly version: number }

/** Opens the node's lane of control questions. */
export function createStandingLane(control: ControlDatabase): Lane<StandingQuestion, Standing> {
  return createLane<StandingQuestion, Standing>({
    max_batch: 256,
    min_gap_ms: 3,
    max_waiting: 4000,
    max_wait_ms: 2000,
    is_unknown_outcome: (error) => error instanceof Problem && error.status === 503,
    async run(batch) {
      // Most who ask at once ask the same: each question is put once.
      const places = new Map<string, number>()
      const asked: StandingQuestion[] = []
      const placeOf = batch.map((question) => {
        const name = `${question.organisation_id}|${question.user_id}`
        const known = places.get(name)
        if (known !== undefined) return known
        places.set(name, asked.length)
        return asked.push(question) - 1
      })
      const values = [asked.map((question) => question.user_id), asked.map((question) => question.organisation_id)]
      const row = await control.connection(async (client) => {
        const { rows } = await client.query<Row>({ name: 'invocation.standing', text: ASK, values })
        return rows[0]
      })
      if (row === undefined) throw new Error('Control gave no answer')
      const answers = asked.map((_question, index) => ({
        is_user_active: row.users[index] !== undefined && row.users[index] !== 'none',
        has_factor: row.users[index] === 'factor',
        organisation_status: row.statuses[index] ?? null,
        platform_version: row.version,
      }))
      return placeOf.flatMap((place) => answers[place] ?? [])
    },
  })
}
