// What the routes of apps answer with.

import { Type } from 'typebox'
import { Id, nullable, Timestamp } from '../../http/schema.ts'
import { CHECK_NAMES } from '../check.ts'
import { LAYOUT_FORMATS } from '../contract.ts'
import { CASE_KINDS } from '../test-bench.ts'
import { QUESTIONS, type ReviewQuestion } from '../version.ts'
import { VERSION_STATES } from '../version-row.ts'

export const Content = Type.Unknown({ description: 'The six files of the contract by their names' })
/** What a draft may be put in as: any object; what is wrong with it the checks say. */
const ContentInput = Type.Record(Type.String({ maxLength: 100 }), Type.Unknown(), {
  description: 'The six files by their names: info, input, pipeline, result, governance, pricing',
})

const Finding = Type.Object({ pointer: Type.String(), message: Type.String() })
export const Checks = Type.Array(
  Type.Object({
    check: Type.Enum([...CHECK_NAMES]),
    says: Type.String(),
    result: Type.Enum(['passed', 'failed', 'pending']),
    findings: Type.Array(Finding),
  }),
  { description: 'The eleven checks, always all of them and in this order' },
)

export const Version = Type.Object({
  id: Id,
  app_id: Id,
  author_id: nullable(Id),
  state: Type.Enum(VERSION_STATES),
  revision: Type.Integer({ description: 'Raised by every change; acts name the one they were decided on' }),
  name: Type.String(),
  version: nullable(Type.String()),
  reason: nullable(Type.String()),
  created_at: Timestamp,
  updated_at: Timestamp,
  submitted_at: nullable(Timestamp),
  published_at: nullable(Timestamp),
  ended_at: nullable(Timestamp),
})

const Answers = Type.Record(Type.String(), Type.Boolean())
const Review = Type.Object({
  id: Id,
  reviewer_id: Id,
  decision: Type.String(),
  comment: nullable(Type.String()),
  answers: Answers,
  decided_at: Timestamp,
})
const Oath = Type.Object({ expert_id: nullable(Id), statement: Type.String(), accepted_at: Timestamp })

export const VersionDetail = Type.Object({
  ...Version.properties,
  content: Content,
  content_hash: nullable(Type.String({ description: 'SHA-256 of the canonical contract, hexadecimal' })),
  checks: Checks,
  reviews: Type.Array(Review),
  oath: nullable(Oath),
  oath_statement: nullable(Type.String({ description: 'The words in which the oath is given' })),
  published_version_id: nullable(Id),
  questions: Type.Array(Type.Object({ question: Type.String(), says: Type.String() })),
})

export const ListedApp = Type.Object({
  app_id: Id,
  source: Type.Enum(['internal', 'public']),
  version_id: Id,
  version: Type.String(),
  name: Type.String(),
  description: Type.String(),
  category: Type.String(),
  tags: Type.Array(Type.String()),
  language: Type.String(),
  icon: nullable(Type.String()),
  engine_type: Type.String(),
  risk: Type.String(),
  supervision_required: Type.Boolean(),
  base_micros: Type.Integer(),
  published_at: Timestamp,
})

export const Difference = Type.Object({
  pointer: Type.String(),
  kind: Type.Enum(['added', 'removed', 'changed']),
  before: Type.Unknown(),
  after: Type.Unknown(),
})

export const TestResult = Type.Object({
  kind: Type.Enum(CASE_KINDS),
  title: Type.String(),
  input: Type.Unknown(),
  expected: nullable(Type.Enum(['accepted', 'refused'])),
  outcome: Type.Enum(['accepted', 'refused']),
  violations: Type.Array(Finding),
  quote_micros: nullable(Type.Integer()),
})

export const ContractWords = Type.Object({
  categories: Type.Array(
    Type.Object({ category: Type.String(), label: Type.String(), consequence: nullable(Type.String()) }),
  ),
  engine_types: Type.Array(Type.String()),
  risks: Type.Array(Type.String()),
  field_types: Type.Array(Type.String()),
  file_formats: Type.Array(Type.String()),
  data_classes: Type.Array(Type.String()),
  node_types: Type.Array(Type.String()),
  layout_formats: Type.Array(Type.Enum(LAYOUT_FORMATS)),
  provider_types: Type.Array(Type.String()),
  consequences: Type.Array(Type.String()),
})

const closed = { additionalProperties: false }
const Revision = Type.Integer({ minimum: 1, maximum: 2_000_000_000 })
const answers = Object.fromEntries(QUESTIONS.map((question) => [question, Type.Boolean()]))

export const RevisionBody = Type.Object({ revision: Revision }, closed)
export const ContentBody = Type.Object({ content: ContentInput }, closed)
export const OptionalContentBody = Type.Object({ content: Type.Optional(ContentInput) }, closed)
export const ChangeBody = Type.Object({ revision: Revision, content: ContentInput }, closed)
export const RevisionQuery = Type.Object({ revision: Revision }, closed)
export const ReasonBody = Type.Object(
  { reason: Type.String({ minLength: 1, maxLength: 2000, pattern: '\\S' }) },
  closed,
)
export const OathBody = Type.Object({ revision: Revision, statement: Type.String({ maxLength: 2000 }) }, closed)
export const ReviewBody = Type.Object(
  {
    revision: Revision,
    decision: Type.Enum(['approved', 'returned']),
    comment: Type.Optional(nullable(Type.String({ maxLength: 5000 }))),
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- fromEntries forgets that every question is there
    answers: Type.Object(answers as Record<ReviewQuestion, ReturnType<typeof Type.Boolean>>, closed),
  },
  closed,
)
export const TestBody = Type.Object(
  {
    inputs: Type.Optional(
      Type.Array(Type.Unknown(), { maxItems: 50, description: 'Own inputs besides the made ones' }),
    ),
  },
  closed,
)
export const DiffQuery = Type.Object({ against: Type.Optional(Id) }, closed)
