// Check 4, the pipeline: that it is bounded, ends, and that every node uses only what stands before it.

import type { ProblemField } from '../../kernel/problem.ts'
import type { AppContract } from '../contract.ts'
import { judgeExpression } from '../expression.ts'
import { inputSchemaOf, schemaOfFields, type SchemaValue } from '../input-schema.ts'
import { findSchemaFaults } from '../json-schema.ts'
import type { CheckContext } from '../known.ts'
import type { AppNode, NodeOf } from '../node.ts'
import { placeholdersIn, type VariablePath } from '../template.ts'
import { fieldFaults } from './check-input.ts'
import { findChainFault, subAppInputFaults } from './sub-app.ts'
import { findAddressFault, findHeaderFault } from './tool-address.ts'
import { isObject, pointerStep } from './value.ts'
import { followPath, type Scope, SYSTEM_VARIABLES } from './variable-scope.ts'
import { type PlacedNode, walkNodes } from './walk.ts'

const MAX_NODES = 200
const MAX_NESTING = 8
const RESERVED = ['input', 'system']
const START = '/pipeline/nodes'

type Checked = Pick<AppContract, 'input' | 'pipeline'>
type Walk = { readonly context: CheckContext; readonly faults: ProblemField[]; readonly ids: ReadonlySet<string> }

/** What is wrong with the pipeline, and what may be named after its last node. */
export function pipelineFaults(
  contract: Checked,
  context: CheckContext,
): { readonly faults: readonly ProblemField[]; readonly after: Scope } {
  const { nodes } = contract.pipeline
  const placed = walkNodes(nodes, START)
  const bounds = boundFaults(placed)
  // Beyond the bounds nothing more is looked at: what is too large is not walked again.
  if (bounds.length > 0) return { faults: bounds, after: new Map() }
  const walk: Walk = { context, faults: [...nameFaults(placed)], ids: new Set(placed.map(({ node }) => node.id)) }
  const start: Scope = new Map([
    ['input', inputSchemaOf(contract)],
    ['system', SYSTEM_VARIABLES],
  ])
  const after = readList(walk, nodes, START, start)
  return { faults: walk.faults, after }
}

function boundFaults(placed: readonly PlacedNode[]): readonly ProblemField[] {
  const deep = placed.find(({ depth }) => depth > MAX_NESTING)
  if (placed.length > MAX_NODES) return [{ pointer: START, message: `holds more than ${MAX_NODES} nodes` }]
  return deep === undefined ? [] : [{ pointer: deep.pointer, message: `is nested deeper than ${MAX_NESTING} levels` }]
}

/** Ids and loop names are words of one space: a template could not tell them apart otherwise. */
function nameFaults(placed: readonly PlacedNode[]): readonly ProblemField[] {
  const seen = new Set(RESERVED)
  const faults: ProblemField[] = []
  for (const { node, pointer } of placed) {
    const names = [['id', node.id] as const, ...(node.type === 'for_each' ? [['as', node.as] as const] : [])]
    for (const [member, name] of names) {
      if (seen.has(name)) faults.push({ pointer: `${pointer}/${member}`, message: `${name} is taken` })
      seen.add(name)
    }
  }
  return faults
}

/** Reads a list of nodes in order; gives what may be named after it. */
function readList(walk: Walk, nodes: readonly AppNode[], at: string, around: Scope): Scope {
  walk.faults.push(...needFaults(nodes, at))
  let scope = around
  for (const [index, node] of nodes.entries()) {
    const pointer = `${at}/${index}`
    readNode(walk, node, pointer, scope)
    const inside = readInside(walk, node, pointer, scope)
    scope = new Map([...scope, ...inside, [node.id, valueOf(node)]])
  }
  return scope
}

/** `needs` names nodes before in the same list; whatever else it names, a circle above all, is refused by its reason. */
function needFaults(nodes: readonly AppNode[], at: string): readonly ProblemField[] {
  const place = new Map(nodes.map(({ id }, index) => [id, index]))
  return nodes.flatMap((node, index) =>
    (node.needs ?? []).flatMap((needed, position) => {
      const pointer = `${at}/${index}/needs/${position}`
      const other = place.get(needed)
      if (other === undefined) return [{ pointer, message: `${needed} is no node of the same list` }]
      if (other < index) return []
      const is_circle = leadsTo(nodes, needed, node.id, new Set())
      return [{ pointer, message: is_circle ? `${needed} needs ${node.id}: a circle` : `${needed} stands later` }]
    }),
  )
}

function leadsTo(nodes: readonly AppNode[], from: string, to: string, seen: Set<string>): boolean {
  if (from === to) return true
  if (seen.has(from)) return false
  seen.add(from)
  return (nodes.find(({ id }) => id === from)?.needs ?? []).some((each) => leadsTo(nodes, each, to, seen))
}

/** Reads what is inside a node; gives what of it may be named after the node. */
function readInside(walk: Walk, node: AppNode, pointer: string, scope: Scope): Scope {
  switch (node.type) {
    case 'parallel': {
      const ends = node.branches.map((branch, index) => readList(walk, branch, `${pointer}/branches/${index}`, scope))
      return new Map(ends.flatMap((end) => [...end]))
    }
    case 'condition':
      readList(walk, node.then, `${pointer}/then`, scope)
      if (node.else !== undefined) readList(walk, node.else, `${pointer}/else`, scope)
      return new Map()
    case 'for_each':
      readList(walk, node.nodes, `${pointer}/nodes`, new Map([...scope, [node.as, null]]))
      return new Map()
    default:
      return new Map()
  }
}

const ANY_TEXT: SchemaValue = { type: 'string' }
const TEXT_OF_FILE: SchemaValue = {
  type: 'object',
  properties: { text: ANY_TEXT, pages: { type: 'array', items: ANY_TEXT } },
  additionalProperties: false,
}
const HTTP_ANSWER: SchemaValue = {
  type: 'object',
  properties: { status: { type: 'integer' }, body: true },
  additionalProperties: false,
}

/** The shape of what a node leaves behind; null where anything may come. */
function valueOf(node: AppNode): SchemaValue | null {
  switch (node.type) {
    case 'prompt':
      return node.output === 'text' ? ANY_TEXT : (node.schema ?? null)
    case 'parse':
      return TEXT_OF_FILE
    case 'validate':
      return node.schema
    case 'http_tool':
      return HTTP_ANSWER
    case 'human_task':
      return {
        type: 'object',
        properties: { answer: schemaOfFields(node.fields), answered_by: ANY_TEXT, answered_at: ANY_TEXT },
        additionalProperties: false,
      }
    default:
      return null
  }
}

function readNode(walk: Walk, node: AppNode, pointer: string, scope: Scope): void {
  const template = (value: unknown, member: string): void =>
    void walk.faults.push(...templateFaults(value, `${pointer}/${member}`, scope, walk.ids))
  const expression = (text: string, member: string): void =>
    void walk.faults.push(...expressionFaults(text, `${pointer}/${member}`, scope, walk.ids))
  switch (node.type) {
    case 'prompt':
      template(node.prompt, 'prompt')
      if (node.system !== undefined) template(node.system, 'system')
      return readPrompt(walk, node, pointer)
    case 'parse':
      template(node.file, 'file')
      return readParse(walk, node, pointer, scope)
    case 'transform':
    case 'condition':
      return expression(node.expression, 'expression')
    case 'for_each':
      return expression(node.items, 'items')
    case 'validate':
      template(node.value, 'value')
      return void walk.faults.push(...findSchemaFaults(node.schema, `${pointer}/schema`))
    case 'http_tool':
      for (const [member, value] of [
        ['url', node.url] as const,
        ['headers', node.headers],
        ['body', node.body],
      ] as const) {
        if (value !== undefined) template(value, member)
      }
      return readTool(walk, node, pointer)
    case 'human_task':
      template(node.description, 'description')
      return readTask(walk, node, pointer)
    case 'sub_app':
      template(node.input, 'input')
      return readSubApp(walk, node, pointer)
    case 'parallel':
  }
}

function readPrompt(walk: Walk, node: NodeOf<'prompt'>, pointer: string): void {
  if (node.schema === undefined) return
  if (node.output === 'text') walk.faults.push({ pointer: `${pointer}/schema`, message: 'goes with output json' })
  else walk.faults.push(...findSchemaFaults(node.schema, `${pointer}/schema`))
}

/** Only what was uploaded can be read: a file field, the item of a loop, or what a person gave in a task. */
function readParse(walk: Walk, node: NodeOf<'parse'>, pointer: string, scope: Scope): void {
  const [path] = placeholdersIn(node.file)
  const refuse = (message: string): void => void walk.faults.push({ pointer: `${pointer}/file`, message })
  if (!/^\{\{[^{}]*\}\}$/.test(node.file) || path === undefined || path === null) {
    return refuse('must be one variable that holds a file, as {{input.contract}}')
  }
  const found = followPath(scope, path, false)
  if ('missing' in found || found.schema === null) return
  const { type, description } = found.schema
  if (type !== 'string' || description !== 'The id of an uploaded file') refuse(`${path.join('.')} holds no file`)
}

function readTool(walk: Walk, node: NodeOf<'http_tool'>, pointer: string): void {
  const address = findAddressFault(node.url, walk.context.egress)
  if (address !== null) walk.faults.push({ pointer: `${pointer}/url`, message: address })
  for (const name of Object.keys(node.headers ?? {})) {
    const fault = findHeaderFault(name)
    if (fault !== null) walk.faults.push({ pointer: `${pointer}/headers/${pointerStep(name)}`, message: fault })
  }
  if (node.body !== undefined && node.method === 'GET') {
    walk.faults.push({ pointer: `${pointer}/body`, message: 'a GET carries no body' })
  }
}

function readTask(walk: Walk, node: NodeOf<'human_task'>, pointer: string): void {
  const { context, faults } = walk
  faults.push(...fieldFaults(node.fields, `${pointer}/fields`))
  const member = /^member:(.+)$/.exec(node.assignee)?.[1]
  if (member === undefined) return
  if (context.source === 'public') {
    faults.push({ pointer: `${pointer}/assignee`, message: 'a public app knows no members' })
  } else if (!context.members.has(member)) {
    faults.push({ pointer: `${pointer}/assignee`, message: 'there is no such member here' })
  }
}

function readSubApp(walk: Walk, node: NodeOf<'sub_app'>, pointer: string): void {
  const fault = findChainFault(node, walk.context)
  if (fault !== null) return void walk.faults.push({ pointer: `${pointer}/app`, message: fault })
  const known = walk.context.findApp(node.app, node.version)
  if (known !== null) walk.faults.push(...subAppInputFaults(node, known, pointer))
}

/** What is wrong with the templates inside a value. */
export function templateFaults(
  value: unknown,
  at: string,
  scope: Scope,
  ids: ReadonlySet<string>,
): readonly ProblemField[] {
  if (typeof value === 'string') {
    return placeholdersIn(value).flatMap((path) => {
      if (path === null) return [{ pointer: at, message: 'holds {{…}} around something that is no variable' }]
      const message = nameFault(path, scope, ids, false)
      return message === null ? [] : [{ pointer: at, message }]
    })
  }
  if (Array.isArray(value)) return value.flatMap((each, index) => templateFaults(each, `${at}/${index}`, scope, ids))
  if (!isObject(value)) return []
  return Object.entries(value).flatMap(([name, each]) => templateFaults(each, `${at}/${pointerStep(name)}`, scope, ids))
}

function expressionFaults(text: string, at: string, scope: Scope, ids: ReadonlySet<string>): readonly ProblemField[] {
  const { fault, names } = judgeExpression(text)
  if (fault !== null) return [{ pointer: at, message: fault }]
  return names.flatMap((path) => {
    const message = nameFault(path, scope, ids, true)
    return message === null ? [] : [{ pointer: at, message }]
  })
}

function nameFault(path: VariablePath, scope: Scope, ids: ReadonlySet<string>, maps_lists: boolean): string | null {
  const found = followPath(scope, path, maps_lists)
  if (!('missing' in found)) return null
  const { missing } = found
  if (ids.has(missing)) return `names ${missing}, which does not stand before it or is closed to it`
  return `names ${missing}, which does not exist here`
}
