// A task for a person is put into the queue of whoever it is for, once for each step, by the latest attempt only.

import { sql } from 'kysely'
import { appendEntry } from '../../audit/append.ts'
import type { AppNode } from '../../apps/node.ts'
import type { OrganisationTx } from '../../kernel/database.ts'
import { newId } from '../../kernel/id.ts'
import type { ClaimedRun } from './claim.ts'
import { systemOrigin } from './run-entry.ts'
import { type RunHouse, taskPlace } from './run-house.ts'
import { StepFailure } from './step-failure.ts'
import type { TaskDraft } from './walk.ts'

/** Opens a task unless there is one for its step. Fails with `task_assignee_missing` when a named member is not active. */
export async function openHumanTask(house: RunHouse, run: ClaimedRun, node: AppNode, task: TaskDraft): Promise<void> {
  const { database, vault, organisation } = house
  const { execution_id, attempt } = run
  const { path } = task
  const owner = { id: organisation.id, database }
  const description = await vault.seal(owner, taskPlace(execution_id, path), Buffer.from(task.description))
  const assignee = assigneeOf(task.assignee, run)
  await database.transaction(async (tx) => {
    if (assignee.member_id !== null) await requireActive(tx, assignee.member_id)
    const { rows } = await sql<{ readonly id: string }>`
      insert into execution.human_task (id, execution_id, path, node_id, title, description, fields, member_id, role, due_at)
      select ${newId()}, r.execution_id, ${path}, ${node.id}, ${task.title}, ${description},
        ${JSON.stringify(task.fields)}, ${assignee.member_id}, ${assignee.role},
        now() + make_interval(days => ${task.due_days})
      from execution.run r where r.execution_id = ${execution_id} and r.attempt = ${attempt}
      on conflict (execution_id, path) do nothing returning id`.execute(tx)
    const [row] = rows
    if (row === undefined) return
    await appendEntry(tx, systemOrigin('engine'), {
      event: 'human_task.created',
      target: { type: 'human_task', id: row.id },
      execution_id,
      data: { node_id: node.id, title: task.title, ...assignee },
    })
  })
}

type Assignee = { readonly member_id: string | null; readonly role: string | null }

function assigneeOf(assignee: string, run: ClaimedRun): Assignee {
  // Whoever tries an app out answers for everybody in it.
  if (assignee === 'requester' || run.trigger_source === 'test') return { member_id: run.requester_id, role: null }
  const [kind, name = ''] = assignee.split(':')
  return kind === 'member' ? { member_id: name, role: null } : { member_id: null, role: name }
}

/** Holds the member until the task is there: a removal at the same moment comes before it or finds it. */
async function requireActive(tx: OrganisationTx, member_id: string): Promise<void> {
  const member = await tx
    .selectFrom('tenancy.member')
    .select('status')
    .where('id', '=', member_id)
    .forShare()
    .executeTakeFirst()
  if (member?.status === 'active') return
  throw new StepFailure('task_assignee_missing', 'Whoever this task is for is no active member of the organisation.')
}
