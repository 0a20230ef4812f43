import { afterAll, expect, test } from 'vitest'
import type { AppContract } from '../../apps/contract.ts'
import { type AppNode, MAX_APPS_DEEP } from '../../apps/node.ts'
import type { NodeMeans } from './nodes/node.ts'
import { createSandbox } from './sandbox.ts'
import { StepFailure } from './step-failure.ts'
import { createLimiter, type RecordedStep, type Recorder, type TaskDraft, type Walk, walkApp } from './walk.ts'

const sandbox = createSandbox()
afterAll(() => sandbox.close())

const contractOf = (nodes: readonly AppNode[], result: Partial<AppContract['result']> = {}): AppContract => ({
  info: { name: 'Test', description: 'Test', version: '1.0.0', category: 'other', tags: [], language: 'en' },
  input: { fields: [] },
  pipeline: { nodes: [...nodes] },
  result: { schema: {}, ...result },
  governance: {
    engine_type: 'workflow',
    risk: 'low',
    jurisdictions: 'all',
    supervision: { required: false },
    allowed_provider_types: 'all',
  },
  pricing: { base_micros: 0 },
})

const transform = (id: string, expression: string, more: Partial<AppNode> = {}): AppNode =>
  Object.assign({ id, title: id, type: 'transform' as const, expression }, more)
const prompt = (id: string, text: string, more: Partial<AppNode> = {}): AppNode =>
  Object.assign({ id, title: id, type: 'prompt' as const, prompt: text, output: 'text' as const }, more)
const task = (id: string): AppNode => ({
  id,
  title: id,
  type: 'human_task',
  description: 'Look at {{input.x}}',
  assignee: 'requester',
  fields: [{ name: 'ok', label: 'OK', type: 'boolean', required: true }],
})

type World = {
  readonly steps: Map<string, RecordedStep>
  readonly calls: string[]
  readonly tasks: TaskDraft[]
  readonly walk: (contract: AppContract, input?: Record<string, unknown>) => ReturnType<typeof walkApp>
}

/** A record in memory, and a model that answers with what it was asked. */
function startWorld(options: {
  readonly answer?: (text: string, call: number) => string
  readonly max_steps?: number
  readonly signal?: AbortSignal
  readonly subApp?: Walk['subApp']
  readonly means?: Partial<NodeMeans>
}): World {
  const steps = new Map<string, RecordedStep>()
  const calls: string[] = []
  const tasks: TaskDraft[] = []
  const recorder: Recorder = {
    find: (path) => steps.get(path) ?? null,
    begin: (path) => void steps.set(path, { state: 'running' }),
    async done(path, _node, { value }) {
      if (steps.get(path)?.state === 'done') throw new Error(`${path} was recorded twice`)
      steps.set(path, { state: 'done', value })
      return value
    },
    async failed(path, _node, { code, message }) {
      steps.set(path, { state: 'failed', code, detail: message })
    },
    cancelled: (path) => void steps.set(path, { state: 'cancelled' }),
    async openTask(_node, draft) {
      if (!steps.has(draft.path)) tasks.push(draft)
      steps.set(draft.path, { state: 'waiting' })
    },
  }
  const means: NodeMeans = {
    sandbox,
    async callModel({ messages }) {
      const text = messages.at(-1)?.content ?? ''
      calls.push(text)
      return { text: options.answer?.(text, calls.length) ?? text, call_execution_id: 'call' }
    },
    callTool: async () => ({ status: 200, text: '{}' }),
    parseFile: async () => ({ text: 'text of the file' }),
    ...options.means,
  }
  return {
    steps,
    calls,
    tasks,
    walk: (contract, input = {}) =>
      walkApp(
        {
          execution_id: 'run',
          recorder,
          means,
          signal: options.signal ?? new AbortController().signal,
          system: { timestamp: '2026-01-01T00:00:00.000Z' },
          max_steps: () => options.max_steps ?? 100,
          subApp: options.subApp ?? (() => Promise.reject(new StepFailure('sub_app_missing', ''))),
          pause: async () => undefined,
          limiter: createLimiter(10),
          counter: { steps: 0 },
        },
        contract,
        input,
      ),
  }
}

test('nodes run in order, name what stands before, and the last value is the output', async () => {
  const world = startWorld({})
  const contract = contractOf([prompt('a', 'Say {{input.x}}'), transform('b', '$uppercase(a)')])
  expect(await world.walk(contract, { x: 'hello' })).toMatchObject({ state: 'done', value: 'SAY HELLO' })
  expect([...world.steps.keys()]).toEqual(['0', '1'])
})

test('what is recorded is not done again', async () => {
  const world = startWorld({})
  const contract = contractOf([prompt('a', 'one'), prompt('b', '{{a}} two')])
  world.steps.set('0', { state: 'done', value: 'kept' })
  expect(await world.walk(contract)).toMatchObject({ value: 'kept two' })
  expect(world.calls).toEqual(['kept two'])
  await world.walk(contract)
  expect(world.calls).toEqual(['kept two'])
})

test('a task waits while what does not need it goes on, and its answer goes on from there', async () => {
  const world = startWorld({})
  const contract = contractOf([task('t'), prompt('free', 'free', { needs: [] }), transform('end', 't.answer.ok')])
  expect(await world.walk(contract, { x: 'this' })).toEqual({ state: 'waiting' })
  expect(world.tasks).toMatchObject([{ path: '0', description: 'Look at this' }])
  expect(world.calls).toEqual(['free'])
  expect(await world.walk(contract, { x: 'this' })).toEqual({ state: 'waiting' })
  expect(world.tasks).toHaveLength(1)
  world.steps.set('0', { state: 'done', value: { answer: { ok: true } } })
  expect(await world.walk(contract, { x: 'this' })).toMatchObject({ state: 'done', value: true })
})

test('branches run beside each other, and what is inside them can be named afterwards', async () => {
  const world = startWorld({})
  const contract = contractOf([
    { id: 'both', title: 'Both', type: 'parallel', branches: [[prompt('l', 'left')], [prompt('r', 'right')]] },
    transform('joined', 'l & "-" & r & "-" & $count(both)'),
  ])
  expect(await world.walk(contract)).toMatchObject({ value: 'left-right-2' })
  expect([...world.steps.keys()].sort()).toEqual(['0', '0.b0.0', '0.b1.0', '1'])
})

test('a branch that waits holds the run, and the other branch is done once', async () => {
  const world = startWorld({})
  const contract = contractOf([
    { id: 'both', title: 'Both', type: 'parallel', branches: [[task('t')], [prompt('r', 'right')]] },
  ])
  expect(await world.walk(contract)).toEqual({ state: 'waiting' })
  world.steps.set('0.b0.0', { state: 'done', value: 'answered' })
  expect(await world.walk(contract)).toMatchObject({ value: ['answered', 'right'] })
  expect(world.calls).toEqual(['right'])
})

test('a condition takes one way, and each item of a list is gone through in order', async () => {
  const world = startWorld({})
  const contract = contractOf([
    {
      id: 'c',
      title: 'C',
      type: 'condition',
      expression: 'input.n > 1',
      // oxlint-disable-next-line unicorn/no-thenable -- the word of the contract
      then: [prompt('y', 'yes')],
      else: [prompt('n', 'no')],
    },
    {
      id: 'e',
      title: 'E',
      type: 'for_each',
      items: '[1..3]',
      as: 'i',
      nodes: [prompt('p', '{{c}} {{i}}')],
      max_items: 3,
      concurrency: 2,
    },
  ])
  expect(await world.walk(contract, { n: 2 })).toMatchObject({ value: ['yes 1', 'yes 2', 'yes 3'] })
  expect(world.steps.has('0.then.0')).toBe(true)
  expect(world.steps.has('1[2].0')).toBe(true)
  await expect(startWorld({}).walk(contract, { n: 0 })).resolves.toMatchObject({ value: ['no 1', 'no 2', 'no 3'] })
})

test('a run goes as deep as the checks admit apps inside each other, and no deeper', async () => {
  const chainOf = (apps: number, depth = 1): AppContract =>
    contractOf([
      depth < apps
        ? { id: 's', title: 'S', type: 'sub_app', app: String(depth + 1), input: {} }
        : prompt('innermost', `app ${depth}`),
    ])
  const walked = (apps: number) => startWorld({ subApp: async (app) => chainOf(apps, Number(app)) }).walk(chainOf(apps))
  expect(await walked(MAX_APPS_DEEP)).toMatchObject({ value: `app ${MAX_APPS_DEEP}` })
  await expect(walked(MAX_APPS_DEEP + 1)).rejects.toMatchObject({ code: 'sub_app_too_deep' })
})

test('more items, steps or depth than allowed fail the run', async () => {
  const items = contractOf([
    { id: 'e', title: 'E', type: 'for_each', items: '[1..4]', as: 'i', nodes: [transform('p', 'i')], max_items: 3 },
  ])
  await expect(startWorld({}).walk(items)).rejects.toMatchObject({ code: 'too_many_items' })
  const two = contractOf([transform('a', '1'), transform('b', '2')])
  await expect(startWorld({ max_steps: 1 }).walk(two)).rejects.toMatchObject({ code: 'step_limit' })
  const self = contractOf([{ id: 's', title: 'S', type: 'sub_app', app: 'self', input: {} }])
  await expect(startWorld({ subApp: async () => self }).walk(self)).rejects.toMatchObject({ code: 'sub_app_too_deep' })
})

test('a sub-app is given checked input and leaves its checked output', async () => {
  const inner: AppContract = {
    ...contractOf([prompt('p', 'inner {{input.word}}')], { schema: { type: 'string' } }),
    input: { fields: [{ name: 'word', label: 'Word', type: 'text', required: true }] },
  }
  const outer = (word: unknown) =>
    contractOf([
      { id: 's', title: 'S', type: 'sub_app', app: 'inner', input: { word } },
      transform('end', '$length(s)'),
    ])
  const world = startWorld({ subApp: async () => inner })
  expect(await world.walk(outer('{{input.x}}'), { x: 'abc' })).toMatchObject({ value: 9 })
  expect(world.steps.has('0.sub.0')).toBe(true)
  await expect(startWorld({ subApp: async () => inner }).walk(outer(5))).rejects.toMatchObject({
    code: 'sub_app_input_invalid',
  })
})

test('a model that answers with no JSON is asked again as often as the node says, then the run fails', async () => {
  const json = (retries: number) => contractOf([prompt('a', 'x', { output: 'json', retries })])
  const second = startWorld({ answer: (_text, call) => (call === 1 ? 'oops' : '```json\n{"a":1}\n```') })
  expect(await second.walk(json(1))).toMatchObject({ value: { a: 1 } })
  await expect(startWorld({ answer: () => 'oops' }).walk(json(2))).rejects.toMatchObject({ code: 'answer_not_json' })
})

test('a step that takes longer than its node allows is tried again as often as that says, then fails the run', async () => {
  let calls = 0
  const callModel: NodeMeans['callModel'] = (_call, _place, signal) => {
    calls += 1
    return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
  }
  const slow = contractOf([prompt('a', 'x', { timeout_seconds: 0.01, retries: 2 })])
  await expect(startWorld({ means: { callModel } }).walk(slow)).rejects.toMatchObject({ code: 'step_timeout' })
  expect(calls).toBe(3)
})

test('no input chooses the host of a tool', async () => {
  const called: string[] = []
  const callTool: NodeMeans['callTool'] = async ({ url }) => {
    called.push(url.href)
    return { status: 200, text: '{}' }
  }
  const tool = (url: string) => contractOf([{ id: 't', title: 'T', type: 'http_tool', method: 'GET', url }])
  const walked = (url: string, x: string) => startWorld({ means: { callTool } }).walk(tool(url), { x })
  for (const x of ['evil.example/', '@evil.example/', '../../admin?a=b#c', '.evil.example']) {
    await walked('https://good.example/v1/{{input.x}}/x?q={{input.x}}', x)
  }
  expect(new Set(called.map((url) => new URL(url).host))).toEqual(new Set(['good.example']))
  expect(called[2]).toBe('https://good.example/v1/..%2F..%2Fadmin%3Fa%3Db%23c/x?q=..%2F..%2Fadmin%3Fa%3Db%23c')
  for (const url of ['https://{{input.x}}/v1', 'https://good.example{{input.x}}/v1']) {
    await expect(walked(url, '.evil.example')).rejects.toMatchObject({ code: 'tool_url_invalid' })
  }
})

test('a node that may fail leaves null, and its failure stays in the record', async () => {
  const world = startWorld({})
  const contract = contractOf([transform('a', '$sum("x")', { on_error: 'continue' }), transform('b', 'a = null')])
  expect(await world.walk(contract)).toMatchObject({ value: true })
  expect(world.steps.get('0')).toMatchObject({ state: 'failed', code: 'expression_failed' })
})

test('output that breaks the result schema fails with the violated places', async () => {
  const contract = contractOf([transform('a', '{"n": "x"}')], {
    schema: { type: 'object', properties: { n: { type: 'integer' } } },
  })
  await expect(startWorld({}).walk(contract)).rejects.toMatchObject({
    code: 'output_invalid',
    violations: [{ pointer: '/n', message: 'must be integer' }],
  })
})

test('a run that is ended stops between steps', async () => {
  const end = new AbortController()
  const world = startWorld({
    signal: end.signal,
    answer: (text) => {
      end.abort(new Error('ended'))
      return text
    },
  })
  await expect(world.walk(contractOf([prompt('a', 'x'), prompt('b', 'y')]))).rejects.toThrow('ended')
  expect(world.calls).toEqual(['x'])
})
