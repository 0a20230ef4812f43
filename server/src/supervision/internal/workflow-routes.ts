import { Type } from 'typebox'
import { ORGANISATION_PATH, type Route, route } from '../../http/route.ts'
import { Id, Name, orgParams, Timestamp } from '../../http/schema.ts'
import { referenceUnknown } from '../../tenancy/problems.ts'
import { workflowChanged, workflowNameTaken, workflowRefused } from '../problems.ts'
import { changeWorkflow, createWorkflow, deleteWorkflow, getWorkflow, listWorkflows } from '../workflow.ts'
import { WorkflowLevels, WorkflowTrigger } from './workflow-document.ts'

const tag = 'supervision'
const scope = 'organisation'
const path = `${ORGANISATION_PATH}/supervision/workflows`
const closed = { additionalProperties: false }

const body = {
  name: Name,
  position: Type.Integer({ minimum: 0, maximum: 10_000, description: 'The first that speaks of a level routes it' }),
  is_enabled: Type.Boolean(),
  applies_to: WorkflowTrigger,
  levels: WorkflowLevels,
}
const Body = Type.Object(body, closed)
const Workflow = Type.Object({ id: Id, ...body, version: Type.Integer(), updated_by: Id, updated_at: Timestamp })
const params = orgParams('workflow')
const Replaces = Type.Object(
  { replaces: Type.Integer({ minimum: 1, description: 'The version that was seen' }) },
  closed,
)

const target = ({ id }: { readonly id: string }) => ({ type: 'workflow', id })
const told = ({ name, version, is_enabled, applies_to, levels }: Readonly<Record<string, unknown>>) => ({
  name,
  version,
  is_enabled,
  applies_to,
  levels,
})

/** Supervision workflows. They only add demands, so whoever manages policy manages them. */
export function workflowRoutes(): readonly Route[] {
  return [
    route({
      operation: 'workflow_list',
      method: 'GET',
      path,
      scope,
      permission: 'policy.view',
      tag,
      summary: 'List the supervision workflows in the order in which they are asked',
      params: orgParams(),
      response: Type.Object({ items: Type.Array(Workflow) }),
      handle: async (tx) => ({ items: await listWorkflows(tx) }),
    }),
    route({
      operation: 'workflow_get',
      method: 'GET',
      path: `${path}/:workflow`,
      scope,
      permission: 'policy.view',
      tag,
      summary: 'Get a supervision workflow',
      params,
      response: Workflow,
      handle: (tx, _actor, input) => getWorkflow(tx, input.params.workflow),
    }),
    route({
      operation: 'workflow_create',
      method: 'POST',
      path,
      scope,
      permission: 'policy.manage',
      tag,
      summary: 'Make a supervision workflow: which runs, which levels, whose turn, by when, and what then',
      params: orgParams(),
      body: Body,
      response: Workflow,
      status: 201,
      problems: [workflowNameTaken, workflowRefused, referenceUnknown],
      audit: { event: 'workflow.created', target, data: (workflow) => told(workflow) },
      handle: (tx, actor, input) => createWorkflow(tx, actor, input.body),
    }),
    route({
      operation: 'workflow_change',
      method: 'PUT',
      path: `${path}/:workflow`,
      scope,
      permission: 'policy.manage',
      tag,
      summary: 'Replace a supervision workflow; levels it has demanded of runs already stay demanded',
      params,
      query: Replaces,
      body: Body,
      response: Workflow,
      problems: [workflowNameTaken, workflowChanged, workflowRefused, referenceUnknown],
      audit: {
        event: 'workflow.updated',
        target,
        data: ({ before, ...after }) => ({ before, after: told(after) }),
      },
      handle: (tx, actor, input) => changeWorkflow(tx, actor, input.params.workflow, input.query.replaces, input.body),
    }),
    route({
      operation: 'workflow_delete',
      method: 'DELETE',
      path: `${path}/:workflow`,
      scope,
      permission: 'policy.manage',
      tag,
      summary: 'Delete a supervision workflow',
      params,
      response: Workflow,
      audit: { event: 'workflow.deleted', target, data: (workflow) => told(workflow) },
      handle: (tx, _actor, input) => deleteWorkflow(tx, input.params.workflow),
    }),
  ]
}
