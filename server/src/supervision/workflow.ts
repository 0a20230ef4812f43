// The organisation's supervision workflows: what they demand of runs and whose turn each level is. The first workflow that
// speaks of a run and a level decides its route; what workflows demand adds up.

import type { Actor } from '../access/actor.ts'
import { constraintOf } from '../kernel/database-error.ts'
import type { OrganisationTx } from '../kernel/database.ts'
import { newId } from '../kernel/id.ts'
import { notFound } from '../kernel/problem.ts'
import { authorIdOf } from './internal/acting-member.ts'
import { parseWorkflowContent, type Workflow, type WorkflowContent } from './internal/workflow-document.ts'
import { requireKnownMembers } from './internal/known-member.ts'
import { workflowChanged, workflowNameTaken, workflowRefused } from './problems.ts'

export type { Workflow } from './internal/workflow-document.ts'

export type WorkflowRow = Workflow & {
  readonly position: number
  readonly is_enabled: boolean
  readonly version: number
  readonly updated_by: string
  readonly updated_at: Date
}

export type WorkflowDraft = WorkflowContent & {
  readonly name: string
  readonly position: number
  readonly is_enabled: boolean
}

const COLUMNS = [
  'id',
  'name',
  'position',
  'is_enabled',
  'version',
  'applies_to',
  'levels',
  'updated_by',
  'updated_at',
] as const

const parse = <Row extends { readonly applies_to: unknown; readonly levels: unknown }>(row: Row) => ({
  ...row,
  ...parseWorkflowContent(row),
})

const query = (tx: OrganisationTx) =>
  tx.selectFrom('supervision.workflow').select(COLUMNS).orderBy('position').orderBy('id')

/** Every workflow in the order in which they are asked; there are never many. */
export async function listWorkflows(tx: OrganisationTx): Promise<readonly WorkflowRow[]> {
  return (await query(tx).execute()).map(parse)
}

/** Those that are in force. */
export async function listWorkflowsInForce(tx: OrganisationTx): Promise<readonly Workflow[]> {
  return (await query(tx).where('is_enabled', '=', true).execute()).map(parse)
}

/** One workflow; refuses with `not_found`. */
export async function getWorkflow(tx: OrganisationTx, id: string): Promise<WorkflowRow> {
  const row = await query(tx).where('id', '=', id).executeTakeFirst()
  if (row === undefined) throw notFound()
  return parse(row)
}

const MAX_WORKFLOWS = 100

/**
 * Makes a workflow. Refuses a name that is taken (`workflow_name_taken`), a level that stands twice or has a quorum where
 * one person answers (`workflow_refused`), members that are none (`reference_unknown`).
 */
export async function createWorkflow(tx: OrganisationTx, actor: Actor, draft: WorkflowDraft): Promise<WorkflowRow> {
  await checkDraft(tx, draft)
  const { count } = await tx
    .selectFrom('supervision.workflow')
    .select((is) => is.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  if (count >= MAX_WORKFLOWS) throw workflowRefused({}, { detail: `There are ${MAX_WORKFLOWS} workflows already.` })
  const row = await tx
    .insertInto('supervision.workflow')
    .values({ id: newId(), updated_by: authorIdOf(actor), ...columnsOf(draft) })
    .returning(COLUMNS)
    .executeTakeFirstOrThrow()
    .catch(translated)
  return parse(row)
}

/** Replaces a workflow whose version is the one that was seen (`workflow_changed`). Else as `createWorkflow`, `not_found`. */
export async function changeWorkflow(
  tx: OrganisationTx,
  actor: Actor,
  id: string,
  replaces: number,
  draft: WorkflowDraft,
): Promise<WorkflowRow & { readonly before: WorkflowRow }> {
  await checkDraft(tx, draft)
  const before = await getWorkflow(tx, id)
  const row = await tx
    .updateTable('supervision.workflow')
    .set({ ...columnsOf(draft), version: replaces + 1, updated_by: authorIdOf(actor), updated_at: new Date() })
    .where('id', '=', id)
    .where('version', '=', replaces)
    .returning(COLUMNS)
    .executeTakeFirst()
    .catch(translated)
  if (row === undefined) throw workflowChanged({ version: before.version, replaces })
  return { ...parse(row), before }
}

/** Removes a workflow; what it has demanded of runs already stays demanded. Refuses with `not_found`. */
export async function deleteWorkflow(tx: OrganisationTx, id: string): Promise<WorkflowRow> {
  const row = await getWorkflow(tx, id)
  await tx.deleteFrom('supervision.workflow').where('id', '=', id).execute()
  return row
}

const columnsOf = ({ name, position, is_enabled, applies_to, levels }: WorkflowDraft) => ({
  name: name.trim(),
  position,
  is_enabled,
  applies_to: JSON.stringify(applies_to),
  levels: JSON.stringify(levels),
})

async function checkDraft(tx: OrganisationTx, { levels }: WorkflowDraft): Promise<void> {
  const seen = new Set<number>()
  const fields = levels.flatMap(({ level, quorum, deadline_hours, on_timeout, escalate_to }, index) => {
    const pointer = `/levels/${index}`
    const isTwice = seen.has(level)
    seen.add(level)
    return [
      ...(isTwice ? [{ pointer: `${pointer}/level`, message: 'stands here twice' }] : []),
      ...(level === 1 && (quorum ?? 1) > 1
        ? [{ pointer: `${pointer}/quorum`, message: 'one person acknowledges; ask for more at level 2 or 3' }]
        : []),
      ...(deadline_hours === undefined && (on_timeout ?? escalate_to) !== undefined
        ? [{ pointer: `${pointer}/deadline_hours`, message: 'is missing: without it nothing times out' }]
        : []),
    ]
  })
  if (fields.length > 0) throw workflowRefused({}, { fields })
  await requireKnownMembers(
    tx,
    '/levels',
    levels.flatMap(({ who, deputies, escalate_to }) => [
      ...(who?.members ?? []),
      ...(deputies ?? []),
      ...(escalate_to?.members ?? []),
    ]),
  )
}

function translated(error: unknown): never {
  throw constraintOf(error) === 'workflow__name_is_taken' ? workflowNameTaken() : error
}
