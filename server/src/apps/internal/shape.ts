// Whether the files of a contract have the shape their schemas give them, and where they have not.

import { Compile } from 'typebox/compile'
import type { ProblemField } from '../../kernel/problem.ts'
import { PATTERN_WORDS } from '../contract.ts'
import { NODE_SCHEMAS, NODE_TYPES, type NodeType } from '../node.ts'
import { isObject, pointerStep } from './value.ts'

const MAX_FAULTS = 50

/** A compiled schema, of whatever. */
type Compiled = {
  readonly Check: (value: unknown) => boolean
  readonly Errors: (value: unknown) => ReturnType<ReturnType<typeof Compile>['Errors']>
}

const compiledNodes = new Map<NodeType, Compiled>(NODE_TYPES.map((type) => [type, Compile(NODE_SCHEMAS[type])]))

/** One entry for each place where a value departs from a schema, the last word on it where several ways were tried. */
export function shapeFaults(compiled: Compiled, value: unknown, at: string): readonly ProblemField[] {
  if (compiled.Check(value)) return []
  const messages = new Map<string, string>()
  for (const error of compiled.Errors(value)) {
    const { instancePath, keyword, message } = error
    if (keyword === 'required') {
      const { requiredProperties } = error.params
      for (const name of requiredProperties) messages.set(`${at}${instancePath}/${pointerStep(name)}`, 'is missing')
    } else if (keyword === 'boolean') messages.set(at + instancePath, 'is not known here')
    else if (keyword === 'pattern')
      messages.set(at + instancePath, PATTERN_WORDS.get(String(error.params.pattern)) ?? message)
    else if (keyword !== 'additionalProperties') messages.set(at + instancePath, message)
  }
  const faults = [...messages].map(([pointer, message]) => ({ pointer, message }))
  return faults.length > 0 ? faults.slice(0, MAX_FAULTS) : [{ pointer: at, message: 'is not as it must be' }]
}

/** Where lists of nodes hang on a node, with their pointers below it. */
function listsOf(node: Readonly<Record<string, unknown>>): readonly (readonly [pointer: string, list: unknown])[] {
  switch (node['type']) {
    case 'parallel': {
      const { branches } = node
      return Array.isArray(branches) ? branches.map((branch, index) => [`/branches/${index}`, branch] as const) : []
    }
    case 'condition':
      return [['/then', node['then']] as const, ...('else' in node ? [['/else', node['else']] as const] : [])]
    case 'for_each':
      return [['/nodes', node['nodes']]]
    default:
      return []
  }
}

/** The faults of a list of nodes and of everything inside them, each by the schema of its own type. */
export function nodeListFaults(list: unknown, at: string): readonly ProblemField[] {
  if (!Array.isArray(list)) return [{ pointer: at, message: 'must be a list of nodes' }]
  if (list.length === 0) return [{ pointer: at, message: 'must hold at least one node' }]
  return list.flatMap((node, index) => nodeFaults(node, `${at}/${index}`)).slice(0, MAX_FAULTS)
}

function nodeFaults(node: unknown, at: string): readonly ProblemField[] {
  if (!isObject(node)) return [{ pointer: at, message: 'must be a node' }]
  const type = NODE_TYPES.find((each) => each === node['type'])
  const compiled = type && compiledNodes.get(type)
  if (compiled === undefined) return [{ pointer: `${at}/type`, message: `must be one of ${NODE_TYPES.join(', ')}` }]
  const inside = listsOf(node).flatMap(([pointer, list]) => nodeListFaults(list, at + pointer))
  const inside_pointers = new Set(inside.map(({ pointer }) => pointer))
  const own = shapeFaults(compiled, node, at).filter(({ pointer }) => !inside_pointers.has(pointer))
  return [...own, ...inside]
}
