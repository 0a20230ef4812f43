// Whatever a contract may say can be said in the builder of the portal: every member of the published schemas has a control.
// Neither may import the other, so they are compared here.

import { expect, test } from 'vitest'
import { CATEGORY_NAMES } from '../server/src/apps/category.ts'
import { CONTRACT_SCHEMAS } from '../server/src/apps/contract.ts'
import { Field } from '../server/src/apps/field.ts'
import { NODE_SCHEMAS, NODE_TYPES } from '../server/src/apps/node.ts'
import { readShippedApps } from '../server/src/apps/shipped.ts'
import { type ControlSpec, shownSpecs } from '../web/src/pages/catalogue/control-spec.ts'
import { isJson } from '../web/src/pages/catalogue/json-edit.ts'
import {
  COLUMN_SPECS,
  fieldSpecs,
  governanceSpecs,
  infoSpecs,
  layoutSpecs,
  newNode,
  nodeSpecs,
  PRICING_SPECS,
  RESULT_SPECS,
} from '../web/src/pages/catalogue/parts.ts'
import { fieldsOf, kindOf, unshownIn } from '../web/src/pages/catalogue/schema-form.ts'

/** Members that are set by something else than a control of their part. */
const SET_ELSEWHERE: Readonly<Record<string, string>> = {
  'input/fields': 'a list of forms',
  'pipeline/nodes': 'a list of forms',
  'node/type': 'chosen when the step is added',
  'node/fields': 'a list of forms',
  'node/branches': 'lists of steps',
  'node/then': 'a list of steps',
  'node/else': 'a list of steps',
  'node/nodes': 'a list of steps',
  'result/schema': 'an editor of its own',
  'result/layout': 'a list of forms',
  'layout/columns': 'a list of forms, of a table',
}

const WORDS = {
  categories: CATEGORY_NAMES,
  engine_types: [],
  risks: [],
  field_types: [],
  file_formats: [],
  data_classes: [],
  node_types: NODE_TYPES,
  layout_formats: [],
  provider_types: [],
  consequences: [],
}

const memberOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined

/** The members of an object schema; those of an object inside it as `outer/inner` too. */
function membersOf(schema: unknown): readonly string[] {
  const properties: unknown = memberOf(schema, 'properties')
  if (typeof properties !== 'object' || properties === null) return []
  return Object.entries(properties).flatMap(([name, each]) => [
    name,
    ...membersOf(each).map((inner) => `${name}/${inner}`),
  ])
}

const pathsOf = (specs: readonly ControlSpec[]): readonly string[] => specs.map(({ path }) => path)

const itemsOf = (schema: unknown, list: string): unknown =>
  memberOf(memberOf(memberOf(schema, 'properties'), list), 'items')

const LAYOUT_PART = itemsOf(CONTRACT_SCHEMAS.result, 'layout')

const PARTS: readonly (readonly [part: string, schema: unknown, specs: readonly ControlSpec[]])[] = [
  ['info', CONTRACT_SCHEMAS.info, infoSpecs(WORDS)],
  ['input', CONTRACT_SCHEMAS.input, []],
  ['field', Field, fieldSpecs(WORDS)],
  ['pipeline', CONTRACT_SCHEMAS.pipeline, []],
  ['result', CONTRACT_SCHEMAS.result, RESULT_SPECS],
  ['layout', LAYOUT_PART, layoutSpecs(WORDS)],
  ['column', itemsOf(LAYOUT_PART, 'columns'), COLUMN_SPECS],
  ['governance', CONTRACT_SCHEMAS.governance, governanceSpecs(WORDS)],
  ['pricing', CONTRACT_SCHEMAS.pricing, PRICING_SPECS],
  ...NODE_TYPES.map((type) => {
    const node = { ...newNode(type, 'step_2', 'Step'), output: 'json', credential: {} }
    return ['node', NODE_SCHEMAS[type], shownSpecs(nodeSpecs(['step_1']), node)] as const
  }),
]

/** An object whose parts have controls is itself switched on or always there. */
const isCovered = (member: string, paths: readonly string[]): boolean =>
  paths.some((path) => path === member || path.startsWith(`${member}/`))

test('every member of a contract has a control, or is set elsewhere for a reason', () => {
  const missing = PARTS.flatMap(([part, schema, specs]) =>
    membersOf(schema)
      .filter((member) => !isCovered(member, pathsOf(specs)) && !(`${part}/${member}` in SET_ELSEWHERE))
      .map((member) => `${part}/${member}`),
  )
  expect(missing).toEqual([])
})

test('every control sets a member that a contract has, and nothing is said to be set elsewhere that is not there', () => {
  const strange = PARTS.flatMap(([part, schema, specs]) => {
    // A step of one type also shows what another type has left behind; here only its own controls count.
    const members = membersOf(schema)
    return pathsOf(specs)
      .filter(
        (path) =>
          !members.includes(path) &&
          !(part === 'node' && path.startsWith('credential')) &&
          !(part === 'node' && path === 'output'),
      )
      .map((path) => `${part}/${path}`)
  })
  expect(strange).toEqual([])
  const all = new Set(PARTS.flatMap(([part, schema]) => membersOf(schema).map((member) => `${part}/${member}`)))
  expect(Object.keys(SET_ELSEWHERE).filter((name) => !all.has(name))).toEqual([])
})

test('every schema of the apps that ship is shown whole', () => {
  const unshown = (each: unknown): readonly string[] => {
    const kind = kindOf(each)
    if (kind === null || !isJson(each)) return [JSON.stringify(each)]
    return [
      ...unshownIn(each, kind),
      ...fieldsOf(each).flatMap((part) => unshown(part.schema)),
      ...('items' in each ? unshown(each['items']) : []),
    ]
  }
  const schemas = readShippedApps().flatMap(({ contract }) => [
    contract.result.schema,
    ...contract.pipeline.nodes.flatMap((node) => ('schema' in node && node.schema !== undefined ? [node.schema] : [])),
  ])
  expect(schemas.length).toBeGreaterThan(10)
  expect(schemas.flatMap(unshown)).toEqual([])
})
