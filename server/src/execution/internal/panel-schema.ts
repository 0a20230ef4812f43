import { Type } from 'typebox'
import { Id, nullable, Timestamp } from '../../http/schema.ts'
import { LayerRecord } from '../../supervision/human-layer.ts'

const LevelNumber = Type.Integer({ minimum: 1, maximum: 3 })

/** The human layer over an output. */
export const Layer = Type.Array(LayerRecord)

/** A run as those see it who decide about it. */
export const Panel = Type.Object({
  run_id: Id,
  state: Type.String(),
  revision: Type.Integer(),
  draft: nullable(Type.String({ description: 'What a decision binds; any change of the draft makes another' })),
  output_sha256: nullable(Type.String()),
  input_sha256: Type.String(),
  levels: Type.Object({
    level1: Type.Boolean(),
    level2: Type.Boolean(),
    level3: Type.Boolean(),
    level2_quorum: Type.Integer(),
    level3_quorum: Type.Integer(),
    distinct_approvers: Type.Boolean(),
    demands: Type.Array(Type.Object({ level: LevelNumber, rule: Type.String(), set_by: Type.String() })),
  }),
  statements: Type.Array(Type.String()),
  open: nullable(
    Type.Object({
      level: LevelNumber,
      quorum: Type.Integer(),
      given: Type.Integer(),
      opened_at: nullable(Timestamp),
      deadline_at: nullable(Timestamp),
      expires_at: nullable(Timestamp),
      escalated_at: nullable(Timestamp),
    }),
  ),
  decisions: Type.Array(
    Type.Object({
      id: Id,
      revision: Type.Integer(),
      level: LevelNumber,
      act: Type.String(),
      member_id: nullable(Id),
      actor_role: nullable(Type.String()),
      on_behalf_of: nullable(Id),
      statements: Type.Array(Type.String()),
      comment: nullable(Type.String()),
      policy_version: Type.Integer(),
      platform_version: Type.Integer(),
      decided_at: Timestamp,
      counts: Type.Boolean({ description: 'Whether it is about the draft as it is now' }),
    }),
  ),
  human_layer: Layer,
  human_layer_sha256: nullable(Type.String()),
  past: Type.Array(Type.Object({ revision: Type.Integer(), human_layer: Layer, returned_at: Timestamp })),
  mine: Type.Object({ acts: Type.Array(Type.String()), refusal: nullable(Type.String()) }),
})

/** A draft as whoever decides about it names it: what binds the decision. */
export const SeenDraft = Type.String({
  pattern: '^[0-9a-f]{64}$',
  description: 'The draft that was seen, as the panel names it',
})
