import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  APP_ID,
  arbitraryContract,
  changedAt,
  checkPlace,
  knownSubApp,
  placesIn,
  smallContract,
  SUB_APP_ID,
  wholeContract,
} from './arbitrary-contract.ts'
import { CHECK_NAMES, type CheckName, checkContract, isPassed, parseContract } from './check.ts'
import type { AppContract } from './contract.ts'
import type { CheckContext } from './known.ts'
import { type AppNode, MAX_APPS_DEEP } from './node.ts'

const failed = (content: unknown, context: CheckContext = checkPlace()) =>
  checkContract(content, context).flatMap(({ check, result, findings }) =>
    result === 'failed' ? findings.map(({ pointer, message }) => `${check} ${pointer}: ${message}`) : [],
  )

const withNodes = (nodes: readonly AppNode[]): AppContract => ({
  ...smallContract(),
  pipeline: { nodes: [...smallContract().pipeline.nodes, ...nodes] },
})

const withGovernance = (
  changes: Partial<AppContract['governance']>,
  category = 'productivity' as const,
): AppContract => {
  const base = smallContract()
  return { ...base, info: { ...base.info, category }, governance: { ...base.governance, ...changes } }
}

const transform = (id: string, expression: string, more: object = {}): AppNode => ({
  id,
  type: 'transform',
  title: 'T',
  expression,
  ...more,
})

test('a contract that uses everything passes all eleven checks', () => {
  expect(failed(wholeContract())).toEqual([])
  expect(isPassed(checkContract(wholeContract(), checkPlace()))).toBe(true)
  expect(parseContract(wholeContract())).toEqual(wholeContract())
})

test('internal and public apps pass through the same checks with the same answers', () => {
  for (const contract of [smallContract(), withNodes([transform('late', 'nowhere')])]) {
    const [internal, open] = (['internal', 'public'] as const).map((source) =>
      checkContract(contract, checkPlace({ source })),
    )
    expect(internal).toEqual(open)
    expect(internal?.map(({ check }) => check)).toEqual(CHECK_NAMES)
  }
})

test('what breaks a pattern is told in words what it must be', () => {
  const { info, input, ...rest } = smallContract()
  const [field] = input.fields
  const broken = { ...rest, info: { ...info, name: '', version: '1' }, input: { fields: [{ ...field, name: 'A b' }] } }
  expect(failed(broken)).toEqual([
    'files_present /info/name: must not be empty',
    'input_structure /input/fields/0/name: must begin with a lower-case letter and hold those, digits and _ only, 40 at most',
    'version_identity /info/version: must be like 1.2.0 or 1.2.0-beta.1',
  ])
})

/** The check that a part of a contract belongs to, said a second time on purpose. */
function checkFor([file = '', part = '']: readonly string[]): CheckName {
  const own = `${file}/${part}`
  if (part === '') return 'files_present'
  if (own === 'info/version') return 'version_identity'
  if (['governance/supervision', 'governance/statements', 'governance/consequences'].includes(own)) {
    return 'supervision_declared'
  }
  if (['governance/engine_type', 'governance/allowed_provider_types'].includes(own)) return 'provider_controlled'
  const checks: Record<string, CheckName> = {
    info: 'files_present',
    input: 'input_structure',
    pipeline: 'pipeline_declared',
    result: 'output_structure',
    governance: 'risk_declared',
    pricing: 'cost_supported',
  }
  return checks[file] ?? 'files_present'
}

test('a contract with any required part removed is refused with the check of that part', () => {
  let required = 0
  for (const path of placesIn(wholeContract()).filter((each) => each.length > 0)) {
    const content = changedAt(wholeContract(), path)
    let isShapely = true
    try {
      parseContract(content)
    } catch {
      isShapely = false
    }
    if (isShapely) continue
    required++
    const answer = checkContract(content, checkPlace())
    expect(answer.find(({ check }) => check === checkFor(path))?.result, path.join('/')).toBe('failed')
    expect(isPassed(answer)).toBe(false)
  }
  expect(required).toBeGreaterThan(80)
})

test('whatever content is given, all eleven checks are answered and nothing is thrown', () => {
  fc.assert(
    fc.property(fc.oneof(fc.anything(), fc.jsonValue(), arbitraryContract()), (content) => {
      const answer = checkContract(content, checkPlace())
      expect(answer.map(({ check }) => check)).toEqual(CHECK_NAMES)
      for (const { result, findings } of answer) expect(findings.length > 0).toBe(result === 'failed')
    }),
    { numRuns: 400 },
  )
})

test('content larger or deeper than any contract is refused before it is looked at', () => {
  const deep = Array.from({ length: 20_000 }).reduce<object>((inner) => ({ inner }), {})
  expect(failed({ ...wholeContract(), info: deep })[0]).toMatch(/files_present : is no object/)
  const large = { ...smallContract(), info: { ...smallContract().info, instructions: 'x'.repeat(700_000) } }
  expect(failed(large)[0]).toMatch(/files_present/)
})

test('a description that promises what no app can keep is refused', () => {
  const { info, ...rest } = smallContract()
  for (const description of ['100% accurate answers', 'It replaces your lawyer.', 'A certified tool', 'Error-free']) {
    expect(failed({ ...rest, info: { ...info, description } })[0]).toMatch(/^files_present \/info\/description/)
  }
})

test.each<[string, readonly AppNode[], RegExp]>([
  [
    'a name that stands later',
    [transform('a', 'b.x'), transform('b', '1')],
    /\/1\/expression: names b, which does not stand/,
  ],
  ['a name that exists nowhere', [transform('a', 'nowhere.x')], /names nowhere, which does not exist/],
  ['a field that is not asked for', [transform('a', 'input.answer')], /names input.answer/],
  ['an id twice', [transform('answer', '1')], /\/1\/id: answer is taken/],
  ['an id that is reserved', [transform('system', '1')], /system is taken/],
  [
    'a circle of needs',
    [transform('a', '1', { needs: ['b'] }), transform('b', '1', { needs: ['a'] })],
    /needs a: a circle/,
  ],
  ['a node that needs itself', [transform('a', '1', { needs: ['a'] })], /a circle/],
  ['a need of a later node', [transform('a', '1', { needs: ['b'] }), transform('b', '1')], /b stands later/],
  ['a need of no node', [transform('a', '1', { needs: ['zz'] })], /zz is no node/],
  ['an expression that is none', [transform('a', '((')], /is no JSONata/],
  ['an expression that runs text', [transform('a', '$eval(answer)')], /must not use \$eval/],
  ['a file that is none', [{ id: 'p', type: 'parse', title: 'P', file: '{{input.question}}' }], /holds no file/],
  ['a file by its id', [{ id: 'p', type: 'parse', title: 'P', file: SUB_APP_ID }], /must be one variable/],
])('%s is refused with the place', (_name, nodes, reason) => {
  const answer = failed(withNodes(nodes))
  expect(answer.join('\n')).toMatch(reason)
  expect(answer.every((each) => each.startsWith('pipeline_declared /pipeline/nodes'))).toBe(true)
})

test('what is inside a branch that may not run cannot be named from outside', () => {
  const condition: AppNode = {
    id: 'maybe',
    type: 'condition',
    title: 'M',
    expression: 'true',
    // oxlint-disable-next-line unicorn/no-thenable -- the word of the contract
    then: [transform('inner', '1')],
  }
  expect(failed(withNodes([condition, transform('after', 'maybe')]))).toEqual([])
  expect(failed(withNodes([condition, transform('after', 'inner')])).join()).toMatch(/closed to it/)
})

const tool = (url: string, more: object = {}): AppNode => ({
  id: 'tool',
  type: 'http_tool',
  title: 'Tool',
  method: 'GET',
  url,
  ...more,
})

test.each([
  ['https://127.0.0.1/x', /may not connect/],
  ['https://[::1]/x', /may not connect/],
  ['https://10.1.2.3/{{answer}}', /may not connect/],
  ['https://0x7f.1/', /may not connect/],
  ['https://169.254.169.254/latest', /may not connect/],
  ['https://user:secret@example.com/', /neither credentials/],
  ['http://example.com/', /must begin with https/],
  ['https://{{answer}}/x', /written out/],
  ['https://example.com{{answer}}/x', /written out/],
  ['file:///etc/passwd', /must begin with https/],
  ['{{answer}}', /written out/],
])('a tool at %s is refused', (url, reason) => {
  expect(failed(withNodes([tool(url)])).join()).toMatch(reason)
})

test('a tool carries secrets by reference only, and a public app none', () => {
  const url = 'https://api.example.com/{{answer}}'
  expect(failed(withNodes([tool(url, { credential: { name: 'registry' } })]))).toEqual([])
  expect(failed(withNodes([tool(url, { headers: { authorization: 'Bearer abc' } })])).join()).toMatch(
    /as the credential/,
  )
  expect(failed(withNodes([tool(url, { credential: { name: 'foreign' } })])).join()).toMatch(/no such tool credential/)
  const open = checkPlace({ source: 'public' })
  expect(failed(withNodes([tool(url, { credential: { name: 'registry' } })]), open).join()).toMatch(/carries no secret/)
})

test("another organisation's app, model or member is one that does not exist", () => {
  const foreign = '01900000-0000-7000-8000-00000000dead'
  const sub: AppNode = { id: 's', type: 'sub_app', title: 'S', app: foreign, input: {} }
  const prompt: AppNode = { id: 'p', type: 'prompt', title: 'P', prompt: 'x', output: 'text', model: 'their-model' }
  const task: AppNode = {
    id: 'h',
    type: 'human_task',
    title: 'H',
    description: 'd',
    assignee: `member:${foreign}`,
    fields: [{ name: 'a', label: 'A', type: 'boolean', required: true }],
  }
  expect(failed(withNodes([sub]))).toEqual([
    'pipeline_declared /pipeline/nodes/1/app: there is no such app, or it may not be run here',
  ])
  expect(failed(withNodes([prompt])).join()).toMatch(
    /provider_controlled \/pipeline\/nodes\/1\/model: there is no such/,
  )
  expect(failed(withNodes([task])).join()).toMatch(/\/assignee: there is no such member/)
})

const callOf = (app: string): AppNode => ({ id: 's', type: 'sub_app', title: 'S', app, input: { question: 'x' } })

test('an app that calls itself is refused, directly and through others', () => {
  expect(failed(withNodes([callOf(APP_ID)])).join()).toMatch(/is the app itself/)
  const back = { ...knownSubApp(), contract: withNodes([callOf(APP_ID)]) }
  const place = checkPlace({ findApp: (app_id) => (app_id === SUB_APP_ID ? back : null) })
  expect(failed(withNodes([callOf(SUB_APP_ID)]), place).join()).toMatch(/leads back/)
})

test('at most five apps stand inside each other, whether the outermost has an id yet or not', () => {
  const idOf = (depth: number) => `01900000-0000-7000-8000-00000000000${depth}`
  const appAt = (depth: number, last: number) => (depth < last ? withNodes([callOf(idOf(depth + 1))]) : smallContract())
  const chainOf = (last: number, app_id: string | null) => {
    const findApp: CheckContext['findApp'] = (id) => ({ ...knownSubApp(), contract: appAt(Number(id.at(-1)), last) })
    return failed(appAt(1, last), checkPlace({ findApp, app_id })).join()
  }
  for (const app_id of [APP_ID, null]) {
    expect(chainOf(MAX_APPS_DEEP, app_id)).toBe('')
    expect(chainOf(MAX_APPS_DEEP + 1, app_id)).toMatch(/more than 5 apps/)
  }
})

test('a public app calls public apps only, and gives them what they ask for', () => {
  const open = checkPlace({ source: 'public' })
  expect(failed(withNodes([callOf(SUB_APP_ID)]), open).join()).toMatch(/public apps only/)
  const wrong: AppNode = { id: 's', type: 'sub_app', title: 'S', app: SUB_APP_ID, input: { other: 'x' } }
  const answer = failed(withNodes([wrong])).join('\n')
  expect(answer).toMatch(/input\/question: is missing/)
  expect(answer).toMatch(/input\/other: is not asked for/)
})

test('nobody escapes a demand by wrapping the app that makes it', () => {
  const demanding = { ...knownSubApp(), contract: wholeContract() }
  const place = checkPlace({ findApp: (app_id) => (app_id === SUB_APP_ID ? demanding : null) })
  const answer = failed(withNodes([callOf(SUB_APP_ID)]), place).join('\n')
  for (const pointer of [
    '/governance/risk',
    '/supervision/required',
    '/supervision/level2',
    '/allowed_provider_types',
  ]) {
    expect(answer).toContain(pointer)
  }
})

test('high risk and consequences demand acknowledgement, whatever the app would like', () => {
  expect(failed(withGovernance({ risk: 'medium' }))).toEqual([])
  for (const risk of ['high', 'critical'] as const) {
    expect(failed(withGovernance({ risk })).join()).toMatch(/supervision_declared .*must be true: the risk is/)
  }
  expect(failed(withGovernance({ consequences: ['financial'] })).join()).toMatch(/financial consequences/)
  expect(failed(withGovernance({ supervision: { required: false, level2: {} } })).join()).toMatch(/rest on level 1/)
  for (const category of ['legal', 'finance', 'compliance', 'human_resources']) {
    const contract = changedAt(smallContract(), ['info', 'category'], { value: category })
    expect(failed(contract).join()).toMatch(/consequences/)
  }
})

test('an app is no gateway call', () => {
  expect(failed(withGovernance({ engine_type: 'gateway' })).join()).toMatch(
    /provider_controlled \/governance\/engine_type/,
  )
})

test('nesting and the number of nodes are bounded', () => {
  const nested = (depth: number): AppNode => ({
    id: `d${depth}`,
    type: 'for_each',
    title: 'D',
    items: '[1]',
    as: `item_${depth}`,
    max_items: 1,
    nodes: depth === 1 ? [transform('leaf', '1')] : [nested(depth - 1)],
  })
  expect(failed(withNodes([nested(7)]))).toEqual([])
  expect(failed(withNodes([nested(8)])).join()).toMatch(/nested deeper than 8/)
  const many = Array.from({ length: 15 }, (_, branch) => ({
    id: `b${branch}`,
    type: 'parallel' as const,
    title: 'B',
    branches: [0, 1].map((side) =>
      Array.from({ length: 10 }, (_each, index) => transform(`t${branch}_${side}_${index}`, '1')),
    ),
  }))
  expect(failed(withNodes(many)).join()).toMatch(/more than 200 nodes/)
})

test('a field says only what its type can mean', () => {
  const fieldOf = (field: object) =>
    failed({
      ...smallContract(),
      input: { fields: [...smallContract().input.fields, { name: 'f', label: 'F', required: false, ...field }] },
    })
  expect(fieldOf({ type: 'select' }).join()).toMatch(/options: is missing/)
  expect(fieldOf({ type: 'boolean', max_length: 3 }).join()).toMatch(/max_length: says nothing of a boolean/)
  expect(fieldOf({ type: 'number', minimum: 5, maximum: 1 }).join()).toMatch(/less than minimum/)
  expect(fieldOf({ type: 'select', options: ['a'], default: 'b' }).join()).toMatch(/default: must be one of a/)
  expect(fieldOf({ type: 'text', name: 'question' }).join()).toMatch(/another field is named question/)
  expect(fieldOf({ type: 'file', default: 'x' }).join()).toMatch(/default: says nothing of a file/)
})

test('the layout and the output name what there is', () => {
  const { result, ...rest } = wholeContract()
  const layout = [
    { pointer: '/nothing', label: 'N', format: 'text' as const },
    { pointer: '/clauses', label: 'C', format: 'table' as const, columns: [{ pointer: '/no', label: 'N' }] },
  ]
  expect(failed({ ...rest, result: { ...result, layout } })).toEqual([
    'output_structure /result/layout/0/pointer: leads to nothing in the schema of the output',
    'output_structure /result/layout/1/columns/0/pointer: leads to nothing in the rows',
  ])
  expect(failed({ ...rest, result: { ...result, output: '{{opinion.answer}}' } }).join()).toMatch(
    /output_structure \/result\/output/,
  )
})

test('a price that could not be held is refused', () => {
  const pricing = { base_micros: 0, per_input_megabyte_micros: 1_000_000_000_000 }
  const fields = [{ name: 'f', label: 'F', type: 'files', required: true }, ...smallContract().input.fields]
  expect(failed({ ...smallContract(), pricing, input: { fields } }).join()).toMatch(/cost_supported \/pricing/)
})

test('authority, oath and version are asked of the place', () => {
  expect(failed(smallContract(), checkPlace({ authority_fault: 'is no expert' }))).toEqual([
    'expert_authority : is no expert',
  ])
  expect(failed(smallContract(), checkPlace({ oath: 'missing' })).join()).toMatch(/oath_signed/)
  const early = checkContract(smallContract(), checkPlace({ oath: 'not_due' }))
  expect(early.find(({ check }) => check === 'oath_signed')?.result).toBe('pending')
  expect([isPassed(early), isPassed(early, false)]).toEqual([false, true])
  const above = (version: string) => failed(smallContract(), checkPlace({ identity: { kind: 'new', above: version } }))
  expect(above('0.9.9')).toEqual([])
  expect(above('1.0.0-rc.1')).toEqual([])
  expect(above('1.0.0').join()).toMatch(/version_identity \/info\/version: must be higher than 1.0.0/)
  expect(above('1.10.0')).toHaveLength(1)
  const changed = checkPlace({ identity: { kind: 'kept', is_unchanged: false } })
  expect(failed(smallContract(), changed).join()).toMatch(/version_identity/)
})
