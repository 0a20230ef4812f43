// The nodes of an app's pipeline: what each of them is, and what value it leaves behind for those after it.
//
// Nodes run in the order they are written. `needs` names nodes that stand before in the same list and only says what a node
// waits for; without it a node waits for everything before it. Ids are unique in the whole pipeline. A node may name in its
// templates and expressions: `input`, `system`, the nodes that stand before it in its own list and in the lists around it,
// and the `as` of the loops around it. What it leaves behind under its id:
//
//   prompt       the text, or with output json the parsed value
//   parse        {text, pages?: string[]}
//   transform    what its expression gives
//   validate     the value, when it keeps the schema; otherwise the node fails
//   http_tool    {status, body}: body parsed with expect json
//   human_task   {answer: {field: value}, answered_by, answered_at}
//   parallel     a list with the last value of each branch; the nodes inside a branch can be named after it as well
//   condition    the last value of the branch taken, null where there is none; what is inside cannot be named from outside
//   for_each     a list with the last value of each item, in order; what is inside cannot be named from outside
//   sub_app      the output of that app
//
// With `on_error: continue` a node that failed leaves null.

import { type Static, type TSchema, Type } from 'typebox'
import { Field, Identifier, JsonSchema, Title } from './field.ts'

/** Text with `{{…}}` in it. A string that is nothing but one `{{…}}` stands for the value itself and keeps its type. */
const template = (maxLength: number, description: string) => Type.String({ minLength: 1, maxLength, description })
const expression = (description: string) => Type.String({ minLength: 1, maxLength: 4000, description })
const templateValue = (description: string) => Type.Unknown({ description })

const MAX_RETRIES = 5

/** So many apps may stand inside each other, the outermost counted: no check admits more, and no run goes deeper. */
export const MAX_APPS_DEEP = 5

const COMMON = {
  id: Identifier,
  title: Title,
  needs: Type.Optional(Type.Array(Identifier, { maxItems: 50, uniqueItems: true })),
  on_error: Type.Optional(Type.Enum(['fail', 'continue'], { description: 'fail, the default, fails the run' })),
  retries: Type.Optional(
    Type.Integer({ minimum: 0, maximum: MAX_RETRIES, description: 'Further attempts, with growing pauses' }),
  ),
  timeout_seconds: Type.Optional(Type.Integer({ minimum: 1, maximum: 3600 })),
}

const node = <Word extends string, Own extends Record<string, TSchema>>(type: Word, own: Own) =>
  Type.Object({ ...COMMON, type: Type.Literal(type), ...own }, { additionalProperties: false })

const HTTP_METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const

/** Who is asked: the requester, whoever has a role or designation, or one member. */
const ASSIGNEE_PATTERN =
  '^(requester|role:(owner|admin|manager|reviewer|compliance_officer|expert)|member:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$'

const Credential = Type.Object(
  {
    name: Type.String({
      pattern: '^[a-z][a-z0-9_-]{0,62}$',
      description: 'A tool credential of the running organisation',
    }),
    header: Type.Optional(Type.String({ pattern: '^[a-z][a-z0-9-]{0,62}$', description: 'authorization by default' })),
    prefix: Type.Optional(Type.String({ maxLength: 40, description: 'Bearer with a space by default' })),
  },
  { additionalProperties: false },
)

const LEAF_NODES = {
  prompt: node('prompt', {
    system: Type.Optional(template(20_000, 'What the model is told to be; no input belongs here')),
    prompt: template(60_000, 'What the model is asked'),
    output: Type.Enum(['text', 'json']),
    schema: Type.Optional(JsonSchema),
    max_output_tokens: Type.Optional(Type.Integer({ minimum: 1, maximum: 200_000 })),
    temperature: Type.Optional(Type.Number({ minimum: 0, maximum: 2 })),
    model: Type.Optional(
      Type.String({ minLength: 1, maxLength: 200, description: 'default, or a model the organisation may call' }),
    ),
  }),
  parse: node('parse', { file: template(200, 'A file of the input, as {{input.contract}}') }),
  transform: node('transform', { expression: expression('JSONata over input, system and the nodes before') }),
  validate: node('validate', { value: templateValue('What is checked'), schema: JsonSchema }),
  http_tool: node('http_tool', {
    method: Type.Enum(HTTP_METHODS),
    url: template(2000, 'An https address; its host is written out'),
    headers: Type.Optional(Type.Record(Type.String({ pattern: '^[a-z][a-z0-9-]{0,62}$' }), template(2000, 'A value'))),
    body: Type.Optional(templateValue('Sent as JSON')),
    credential: Type.Optional(Credential),
    expect: Type.Optional(Type.Enum(['json', 'text'])),
  }),
  human_task: node('human_task', {
    description: template(4000, 'What the person is asked to do'),
    assignee: Type.String({ pattern: ASSIGNEE_PATTERN }),
    fields: Type.Array(Field, { minItems: 1, maxItems: 30 }),
    due_days: Type.Optional(Type.Integer({ minimum: 1, maximum: 365 })),
  }),
  sub_app: node('sub_app', {
    app: Type.String({ pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$', description: 'The id of the app' }),
    version: Type.Optional(Type.String({ maxLength: 50, description: 'The version; the published one by default' })),
    input: Type.Record(Identifier, templateValue('The value of a field')),
  }),
}

/** Every type of node, with `nested` as what a list of nodes holds. */
function nodeSchemas<Nested extends TSchema>(nested: Nested) {
  const nodes = Type.Array(nested, { minItems: 1, maxItems: 200 })
  return {
    ...LEAF_NODES,
    parallel: node('parallel', { branches: Type.Array(nodes, { minItems: 2, maxItems: 20 }) }),
    condition: node('condition', {
      expression: expression('JSONata; then is taken where it gives true'),
      // oxlint-disable-next-line unicorn/no-thenable -- the word of the contract
      then: nodes,
      else: Type.Optional(nodes),
    }),
    for_each: node('for_each', {
      items: expression('JSONata that gives the list'),
      as: Identifier,
      nodes,
      max_items: Type.Integer({ minimum: 1, maximum: 1000 }),
      concurrency: Type.Optional(Type.Integer({ minimum: 1, maximum: 10 })),
    }),
  }
}

/** The schema of each type of node by itself, nested lists unread: what a refusal is taken from. */
export const NODE_SCHEMAS = Object.freeze(nodeSchemas(Type.Unknown()))

export type NodeType = keyof typeof NODE_SCHEMAS

export const NODE_TYPES: readonly NodeType[] = [
  'prompt',
  'parse',
  'transform',
  'validate',
  'http_tool',
  'human_task',
  'parallel',
  'condition',
  'for_each',
  'sub_app',
]

const inner = nodeSchemas(Type.Ref('Node'))

/** A node with everything inside it. */
export const NodeSchema = Type.Cyclic(
  {
    Node: Type.Union([
      inner.prompt,
      inner.parse,
      inner.transform,
      inner.validate,
      inner.http_tool,
      inner.human_task,
      inner.parallel,
      inner.condition,
      inner.for_each,
      inner.sub_app,
    ]),
  },
  'Node',
)

export type AppNode = Static<typeof NodeSchema>

/** The node of one type. */
export type NodeOf<Word extends NodeType> = Extract<AppNode, { readonly type: Word }>
