// What people do about runs: look at a draft, write over it, decide, cancel their own, and keep the receipts.

import { type Static, Type } from 'typebox'
import type { AuditEvent } from '../../audit/event.ts'
import {
  type BothDatabases,
  type OrganisationActor,
  ORGANISATION_PATH,
  type OrganisationRequest,
  type Route,
  route,
} from '../../http/route.ts'
import { Id, nullable, orgParams, Timestamp } from '../../http/schema.ts'
import type { Permission } from '../../access/permission.ts'
import { newId } from '../../kernel/id.ts'
import { MAX_RECORDS, RecordDraft } from '../../supervision/human-layer.ts'
import { engineForbidden, jurisdictionForbidden } from '../../policy/problems.ts'
import {
  alreadyGiven,
  draftChanged,
  humanLayerRefused,
  levelExpired,
  levelNotOpen,
  notYourTurn,
  ownRun,
  statementMissing,
} from '../../supervision/problems.ts'
import { type Decided, decide, type DecisionAct } from '../decision.ts'
import { writeOver } from '../human-layer.ts'
import { getPanel, type PanelNeeds, requireOwnRun } from '../panel.ts'
import { requesterOnly, runMoving, runStateRefused } from '../problems.ts'
import { requireSeen } from '../receipts.ts'
import { openReview } from '../review.ts'
import type { RunDoor } from '../run-tools.ts'
import { cancelRun } from '../transition.ts'
import { requireInPerson, statementsOf, Words } from './giving.ts'
import { Layer, Panel, SeenDraft } from './panel-schema.ts'
import { decisionPlace } from './sealed-place.ts'

const tag = 'runs'
const RUN_PATH = `${ORGANISATION_PATH}/runs/:run`

const closed = { additionalProperties: false }
const Comment = Type.String({ maxLength: 5000 })
const LevelNumber = Type.Integer({ minimum: 1, maximum: 3 })

const DecisionBody = Type.Object({ draft: SeenDraft, comment: Type.Optional(Comment) }, closed)
const AcknowledgeBody = Type.Object(
  {
    draft: SeenDraft,
    statements: statementsOf(10),
    comment: Type.Optional(Comment),
  },
  closed,
)
const ReturnBody = Type.Object({ draft: SeenDraft, comments: Words }, closed)
const RejectBody = Type.Object({ draft: SeenDraft, reason: Words }, closed)

const DecidedSchema = Type.Object({
  run_id: Id,
  decision_id: Id,
  level: LevelNumber,
  state: Type.String(),
  revision: Type.Integer(),
  open_level: nullable(LevelNumber),
})

const DECISION_PROBLEMS = [
  runStateRefused,
  levelNotOpen,
  levelExpired,
  ownRun,
  alreadyGiven,
  notYourTurn,
  draftChanged,
  runMoving,
]
const GIVING_PROBLEMS = [...DECISION_PROBLEMS, engineForbidden, jurisdictionForbidden]

/** How a decision reaches the organisation: it reads freely, and decides where the permission is asked again. */
function doorOf(both: BothDatabases, { organisation }: OrganisationRequest): RunDoor {
  return {
    organisation: { id: organisation.id, name: organisation.name },
    read: both.organisation.transaction,
    transact: (work) => both.decide((tx) => work(tx)),
  }
}

type Said = { readonly draft: string; readonly statements?: readonly string[]; readonly words?: string | undefined }

async function decideHere(
  { tools, vault }: PanelNeeds,
  act: DecisionAct,
  both: BothDatabases,
  actor: OrganisationActor,
  run_id: string,
  { draft, statements = [], words }: Said,
  request: OrganisationRequest,
): Promise<Decided> {
  const decision_id = newId()
  const text = words?.trim() ?? ''
  const owner = { id: request.organisation.id, database: both.organisation }
  await requireSeen({ tools }, owner.database, owner.id, actor, run_id)
  const comment =
    text === '' ? null : { text, sealed: await vault.seal(owner, decisionPlace(decision_id), Buffer.from(text)) }
  return decide(tools, doorOf(both, request), {
    decision_id,
    run_id,
    actor,
    origin: request.origin,
    act,
    seen: Buffer.from(draft, 'hex'),
    statements,
    comment,
  })
}

/** The routes of one run's supervision. */
export function decisionRoutes(needs: PanelNeeds): readonly Route[] {
  return [...lookingRoutes(needs), ...givingRoutes(needs), ...refusingRoutes(needs)]
}

const scope = 'organisation_wide'
const params = orgParams('run')

function lookingRoutes(needs: PanelNeeds): readonly Route[] {
  const { tools } = needs
  return [
    route({
      operation: 'run_supervision_get',
      method: 'GET',
      path: `${RUN_PATH}/supervision`,
      scope,
      permission: 'run.view_own',
      tag,
      summary: 'Get what a run needs, who decided what, what was written over it, and what the reader may do',
      params,
      response: Panel,
      async handle({ organisation }, actor, input, request) {
        const platform = await tools.platformPolicy()
        const place = { organisation_id: request.organisation.id, database: organisation, platform }
        return getPanel(needs, place, actor, input.params.run)
      },
    }),
    route({
      operation: 'run_review_open',
      method: 'POST',
      path: `${RUN_PATH}/review`,
      scope,
      permission: 'run.view_own',
      tag,
      summary: 'Say that one has opened a draft to judge it',
      params,
      response: Type.Object({ state: Type.String(), opened_at: Timestamp }),
      problems: [runStateRefused, levelNotOpen, ownRun, alreadyGiven, notYourTurn],
      audit: { event: 'execution.review_started', written_by: 'handler' },
      async handle(both, reader, { params: { run: run_id } }, { organisation, origin }) {
        await requireSeen({ tools }, both.organisation, organisation.id, reader, run_id)
        const platform = await tools.platformPolicy()
        return both.decide((tx, actor) => openReview(tx, tools, organisation.id, platform, { run_id, actor, origin }))
      },
    }),
    route({
      operation: 'run_human_layer_put',
      method: 'PUT',
      path: `${RUN_PATH}/human-layer`,
      scope,
      permission: 'run.view_own',
      tag,
      summary: 'Put notes, flags, edits and overrides over the output, which itself never changes',
      params,
      body: Type.Object(
        {
          replaces: nullable(Type.String({ pattern: '^[0-9a-f]{64}$', description: 'The layer that was seen' })),
          records: Type.Array(RecordDraft, { maxItems: MAX_RECORDS }),
        },
        closed,
      ),
      response: Type.Object({
        state: Type.String(),
        revision: Type.Integer(),
        human_layer: Layer,
        human_layer_sha256: nullable(Type.String()),
        draft: Type.String(),
      }),
      problems: [runStateRefused, notYourTurn, draftChanged, humanLayerRefused],
      audit: { event: 'execution.output_edited', written_by: 'handler' },
      handle: (both, actor, input, request) => writeOver(needs, both, actor, input.params.run, input.body, request),
    }),
    route({
      operation: 'run_cancel',
      method: 'POST',
      path: `${RUN_PATH}/cancel`,
      scope,
      permission: 'run.view_own',
      tag,
      summary: 'Cancel an own run; its hold is free again',
      params,
      response: Type.Object({ cancelled: Type.Boolean({ description: 'False: it had ended already' }) }),
      problems: [requesterOnly],
      audit: { event: 'execution.cancelled', written_by: 'handler' },
      handle: ({ decide: deciding }, _actor, input, { origin }) =>
        deciding(async (tx, actor) => {
          await requireOwnRun(tx, actor, input.params.run)
          return { cancelled: await cancelRun(tx, origin, input.params.run, 'cancelled_by_user') }
        }),
    }),
  ]
}

function givingRoutes(needs: PanelNeeds): readonly Route[] {
  const approving = (
    name: 'approve' | 'sign-off',
    act: 'approve' | 'sign_off',
    permission: Permission,
    summary: string,
  ): Route =>
    route({
      operation: `run_${act}`,
      method: 'POST',
      path: `${RUN_PATH}/${name}`,
      scope,
      permission,
      ...(act === 'sign_off' && { step_up: true as const }),
      tag,
      summary,
      params,
      body: DecisionBody,
      response: DecidedSchema,
      problems: GIVING_PROBLEMS,
      audit: { event: 'approval.granted', written_by: 'handler' },
      async handle(both, actor, input, request) {
        if (act === 'sign_off') requireInPerson(actor)
        const { draft, comment } = input.body
        return decideHere(needs, act, both, actor, input.params.run, { draft, words: comment }, request)
      },
    })
  return [
    route({
      operation: 'run_acknowledge',
      method: 'POST',
      path: `${RUN_PATH}/acknowledge`,
      scope,
      permission: 'run.view_own',
      tag,
      summary: 'Acknowledge a draft (level 1): the requester, or a reviewer where the requester cannot or delegated it',
      params,
      body: AcknowledgeBody,
      response: DecidedSchema,
      problems: [...GIVING_PROBLEMS, statementMissing],
      audit: { event: 'execution.acknowledged', written_by: 'handler' },
      handle(both, actor, input, request) {
        const { draft, statements, comment } = input.body
        return decideHere(
          needs,
          'acknowledge',
          both,
          actor,
          input.params.run,
          { draft, statements, words: comment },
          request,
        )
      },
    }),
    approving('approve', 'approve', 'run.approve_manager', 'Approve an acknowledged draft (level 2)'),
    approving(
      'sign-off',
      'sign_off',
      'run.approve_compliance',
      'Sign off an approved draft (level 3), having proved again who one is',
    ),
  ]
}

function refusingRoutes(needs: PanelNeeds): readonly Route[] {
  const refusing = <Body extends typeof ReturnBody | typeof RejectBody>(
    act: 'return' | 'reject',
    body: Body,
    wordsOf: (said: Static<Body>) => Said,
    event: AuditEvent,
    summary: string,
  ): Route =>
    route({
      operation: `run_${act}`,
      method: 'POST',
      path: `${RUN_PATH}/${act}`,
      scope,
      permission: 'run.view_own',
      tag,
      summary,
      params,
      body,
      response: DecidedSchema,
      problems: DECISION_PROBLEMS,
      audit: { event, written_by: 'handler' },
      handle: (both, actor, input, request) =>
        decideHere(needs, act, both, actor, input.params.run, wordsOf(input.body), request),
    })
  return [
    refusing(
      'return',
      ReturnBody,
      ({ draft, comments }) => ({ draft, words: comments }),
      'execution.returned',
      'Return a draft with comments: it is a draft again, what was given is void, the hold stays',
    ),
    refusing(
      'reject',
      RejectBody,
      ({ draft, reason }) => ({ draft, words: reason }),
      'approval.rejected',
      'Reject a draft with a reason: the run is cancelled and not charged',
    ),
  ]
}
