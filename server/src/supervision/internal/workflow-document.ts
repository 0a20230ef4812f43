// A supervision workflow as an organisation writes it: which runs it concerns, which levels these need, and for each level
// whose turn it is, by when, and what happens then. A time-out never approves.

import { type Static, Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { DESIGNATIONS } from '../../access/permission.ts'
import { Id } from '../../http/schema.ts'
import { ENGINE_TYPES, type EngineType, type Risk, RISKS } from '../../policy/document.ts'

const closed = { additionalProperties: false }
const ids = (description: string) => Type.Array(Id, { maxItems: 100, uniqueItems: true, description })

const People = {
  members: Type.Optional(ids('These members')),
  designations: Type.Optional(
    Type.Array(Type.Enum([...DESIGNATIONS]), { maxItems: 4, uniqueItems: true, description: 'Everybody of these' }),
  ),
  team_managers: Type.Optional(Type.Boolean({ description: "The managers of the requester's team" })),
}

export const WorkflowTrigger = Type.Object(
  {
    from_risk: Type.Optional(Type.Enum([...RISKS], { description: 'The lowest risk it concerns' })),
    categories: Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 200 }), { maxItems: 200 })),
    engines: Type.Optional(Type.Array(Type.Enum([...ENGINE_TYPES]), { uniqueItems: true })),
  },
  { ...closed, description: 'All that is named must hold; what is not named holds for every run' },
)

export const WorkflowLevel = Type.Object(
  {
    level: Type.Union([Type.Literal(1), Type.Literal(2), Type.Literal(3)]),
    quorum: Type.Optional(Type.Integer({ minimum: 1, maximum: 20, description: 'Distinct persons; level 1 has one' })),
    who: Type.Optional(
      Type.Object(People, { ...closed, description: 'Whose turn it is; missing: everybody with the permission' }),
    ),
    deputies: Type.Optional(ids('May act for those named')),
    deadline_hours: Type.Optional(Type.Integer({ minimum: 1, maximum: 24 * 365 })),
    escalate_to: Type.Optional(
      Type.Object(People, { ...closed, description: 'Who may besides; missing: everybody with the permission' }),
    ),
    on_timeout: Type.Optional(
      Type.Enum(['escalate', 'cancel'], { description: 'What happens at the deadline; never an approval' }),
    ),
  },
  closed,
)

export const WorkflowLevels = Type.Array(WorkflowLevel, { minItems: 1, maxItems: 3 })

const people = Compile(Type.Object(People))

/** The people that a row names as those it escalates to; null: everybody with the permission. */
export function parseWorkflowPeople(value: unknown): WorkflowPeople | null {
  return value === null ? null : people.Parse(value)
}

const Stored = Type.Object({ applies_to: WorkflowTrigger, levels: WorkflowLevels })
const stored = Compile(Stored)

export type WorkflowLevel = Static<typeof WorkflowLevel>
export type WorkflowPeople = NonNullable<WorkflowLevel['who']>
export type WorkflowContent = Static<typeof Stored>

export type Workflow = WorkflowContent & { readonly id: string; readonly name: string }

/** What a row of `supervision.workflow` holds; a row that is none is a bug and throws. */
export function parseWorkflowContent(value: {
  readonly applies_to: unknown
  readonly levels: unknown
}): WorkflowContent {
  return stored.Parse({ applies_to: value.applies_to, levels: value.levels })
}

export type Concerned = {
  readonly risk: Risk
  readonly category: string | null
  readonly engine_type: EngineType
}

/** Whether a workflow speaks of such a run. */
export function isConcerned({ applies_to }: Workflow, run: Concerned): boolean {
  const { from_risk, categories, engines } = applies_to
  return (
    (from_risk === undefined || RISKS.indexOf(run.risk) >= RISKS.indexOf(from_risk)) &&
    (categories === undefined || (run.category !== null && categories.includes(run.category))) &&
    (engines === undefined || engines.includes(run.engine_type))
  )
}

/** The levels that a workflow decides the route of: those of the first workflow that speaks of the run and the level. */
export function findWorkflowLevel(
  workflows: readonly Workflow[],
  run: Concerned,
  level: number,
): (WorkflowLevel & { readonly workflow_id: string }) | null {
  for (const workflow of workflows) {
    if (!isConcerned(workflow, run)) continue
    const found = workflow.levels.find((each) => each.level === level)
    if (found !== undefined) return { ...found, workflow_id: workflow.id }
  }
  return null
}
