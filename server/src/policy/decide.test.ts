import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { UserActor } from '../access/actor.ts'
import { someMember, someOrganisationKey, superadmin } from '../access/arbitrary-actor.ts'
import { arbitraryShortDocument, CATEGORIES, JURISDICTIONS, MODELS } from './arbitrary-policy.ts'
import type { AssignedModel, Facts, GovernedRequest, Verdict } from './decide.ts'
import { decide } from './decide.ts'
import type { PolicyDocument } from './document.ts'
import { ENGINE_TYPES, PROVIDER_TYPES, RISKS } from './document.ts'
import { effectivePolicy } from './effective.ts'

const model: AssignedModel = {
  name: 'model-a',
  status: 'enabled',
  provider_type: 'openai_compatible',
  provider_status: 'enabled',
  default_output_tokens: 1000,
  max_output_tokens: 4000,
}
const call: GovernedRequest = {
  engine_type: 'gateway',
  model: 'model-a',
  input_bytes: 500,
  output_tokens: null,
  choices: 1,
  jurisdiction: null,
  use_case_id: null,
  run: null,
}

type World = Partial<Omit<Facts, 'policy' | 'models'>> & {
  readonly platform?: PolicyDocument
  readonly organisation?: PolicyDocument
  readonly models?: readonly AssignedModel[]
}

function factsOf({ platform = {}, organisation = {}, models = [model], ...change }: World): Facts {
  return {
    access_version: 1,
    platform_version: 1,
    actor: someMember(),
    policy: effectivePolicy(platform, organisation),
    models: new Map(models.map((each) => [each.name, each])),
    has_use_case_quota: false,
    apps: [],
    ...change,
  }
}

const judge = (world: World, request: Partial<GovernedRequest> = {}): Verdict =>
  decide(factsOf(world), { ...call, ...request })

/** The refusal as code and the params that matter, or `allowed`. */
function outcome(verdict: Verdict): unknown {
  if (verdict.allowed) return 'allowed'
  const { rule, level } = verdict.problem.params
  return [verdict.problem.code, verdict.problem.status, ...(rule === undefined ? [] : [rule, level])]
}

describe('a plain call', () => {
  test('is allowed where nothing forbids it, with the model’s own limit of output', () => {
    expect(judge({})).toMatchObject({
      allowed: true,
      model,
      risk: 'low',
      output_tokens: 1000,
      is_clamped: false,
      levels: { level1: false, level2: false, level3: false, demands: [] },
      max_execution_seconds: null,
    })
  })

  const off = 'disabled' as const
  const cases: readonly (readonly [string, World, Partial<GovernedRequest>, unknown])[] = [
    ['by a member who may not run', { actor: someMember({ denies: ['run.execute'] }) }, {}, ['forbidden', 403]],
    ['by the super-admin as such', { actor: superadmin }, {}, ['forbidden', 403]],
    ['by a key without the scope', { actor: someOrganisationKey(['audit.view']) }, {}, ['forbidden', 403]],
    ['by a key with the scope', { actor: someOrganisationKey(['run.execute']) }, {}, 'allowed'],
    [
      'where the platform forbids its engine',
      { platform: { allowed_engines: ['chat'] } },
      {},
      ['engine_forbidden', 403, 'allowed_engines', 'platform'],
    ],
    [
      'where the organisation forbids its engine',
      { organisation: { allowed_engines: [] } },
      {},
      ['engine_forbidden', 403, 'allowed_engines', 'organisation'],
    ],
    ['of a model nobody assigned', { models: [] }, {}, ['model_not_assigned', 404]],
    ['of a model named like a property of every object', {}, { model: '__proto__' }, ['model_not_assigned', 404]],
    ['of a model that is not enabled', { models: [{ ...model, status: off }] }, {}, ['model_not_assigned', 404]],
    [
      'of a provider that is switched off',
      { models: [{ ...model, provider_status: off }] },
      {},
      ['provider_disabled', 403],
    ],
    [
      'of a type of provider that is forbidden',
      { platform: { allowed_provider_types: ['google'] } },
      {},
      ['provider_forbidden', 403, 'allowed_provider_types', 'platform'],
    ],
    [
      'of a model the platform forbids',
      { platform: { allowed_models: ['model-b'] } },
      {},
      ['model_forbidden', 403, 'allowed_models', 'platform'],
    ],
    [
      'of a model the organisation forbids',
      { organisation: { allowed_models: ['model-b'] } },
      {},
      ['model_forbidden', 403, 'allowed_models', 'organisation'],
    ],
    ['where everything is acknowledged', { organisation: { mandatory_ack: true } }, {}, ['supervision_required', 403]],
    ['where calls count as high risk', { platform: { gateway_risk: 'high' } }, {}, ['supervision_required', 403]],
    ['where low risk is approved', { organisation: { level2_from_risk: 'low' } }, {}, ['supervision_required', 403]],
    [
      'without jurisdiction where it matters',
      { platform: { jurisdictions: ['eu'] } },
      {},
      ['jurisdiction_forbidden', 422, 'jurisdictions', 'platform'],
    ],
    [
      'under another jurisdiction',
      { organisation: { jurisdictions: ['eu'] } },
      { jurisdiction: 'us' },
      ['jurisdiction_forbidden', 422, 'jurisdictions', 'organisation'],
    ],
    ['under an allowed jurisdiction', { organisation: { jurisdictions: ['eu'] } }, { jurisdiction: 'eu' }, 'allowed'],
    [
      'without the use case that policy demands',
      { organisation: { require_use_case: true } },
      {},
      ['use_case_required', 422, 'require_use_case', 'organisation'],
    ],
    [
      'without the use case that a quota needs',
      { has_use_case_quota: true },
      {},
      ['use_case_required', 422, 'quota', 'organisation'],
    ],
    ['with the use case', { has_use_case_quota: true }, { use_case_id: 'u' }, 'allowed'],
    ['of exactly the largest input', { organisation: { max_input_bytes: 500 } }, {}, 'allowed'],
    [
      'of a larger input',
      { organisation: { max_input_bytes: 499 } },
      {},
      ['input_limit_exceeded', 422, 'max_input_bytes', 'organisation'],
    ],
    [
      'for more output than the model gives',
      {},
      { output_tokens: 4001 },
      ['output_limit_exceeded', 422, 'model', null],
    ],
    [
      'for more output than policy allows',
      { platform: { max_output_tokens: 100 } },
      { output_tokens: 101 },
      ['output_limit_exceeded', 422, 'max_output_tokens', 'platform'],
    ],
    [
      'for more choices than policy has tokens',
      { platform: { max_output_tokens: 3 } },
      { choices: 4 },
      ['output_limit_exceeded', 422, 'max_output_tokens', 'platform'],
    ],
    [
      'for more choices than clamping can serve',
      { platform: { max_output_tokens: 3, clamp_max_tokens: true } },
      { choices: 4 },
      ['output_limit_exceeded', 422, 'max_output_tokens', 'platform'],
    ],
  ]
  test.each(cases)('%s gets its answer', (_, world, request, expected) => {
    expect(outcome(judge(world, request))).toEqual(expected)
  })

  const lowered: readonly (readonly [string, PolicyDocument, Partial<GovernedRequest>, object])[] = [
    ['asked limit', {}, { output_tokens: 50 }, { output_tokens: 50, is_clamped: false }],
    ['default within the policy', { max_output_tokens: 100 }, {}, { output_tokens: 100, is_clamped: false }],
    [
      'policy’s limit shared by the choices',
      { max_output_tokens: 100 },
      { choices: 3 },
      { output_tokens: 33, is_clamped: false },
    ],
    [
      'clamped limit',
      { max_output_tokens: 100, clamp_max_tokens: true },
      { output_tokens: 500 },
      { output_tokens: 100, is_clamped: true },
    ],
  ]
  test.each(lowered)('gets the %s', (_, platform, request, expected) => {
    expect(judge({ platform }, request)).toMatchObject({ allowed: true, ...expected })
  })

  test('is not clamped for an organisation alone, which would loosen the platform’s refusal', () => {
    const verdict = judge(
      { platform: { max_output_tokens: 100 }, organisation: { clamp_max_tokens: true } },
      { output_tokens: 500 },
    )
    expect(outcome(verdict)).toEqual(['output_limit_exceeded', 422, 'max_output_tokens', 'platform'])
  })
})

describe('a refusal', () => {
  const problemOf = (verdict: Verdict) => (verdict.allowed ? null : verdict.problem)

  test('says the numbers, who set the limit and who can change it', () => {
    expect(problemOf(judge({ organisation: { max_input_bytes: 499 } }))).toMatchObject({
      params: { rule: 'max_input_bytes', level: 'organisation', limit_bytes: 499, input_bytes: 500 },
      detail:
        "The input has 500 bytes; your organisation's policy allows 499. " +
        'An owner or admin of your organisation can change that.',
    })
  })

  test('for want of supervision names the levels, the reasons and the apps to run instead', () => {
    const apps = [{ id: 'app-1', name: 'Contract review' }]
    const refusal = problemOf(judge({ apps, organisation: { mandatory_ack: true, level2_from_risk: 'low' } }))
    expect(refusal).toMatchObject({
      code: 'supervision_required',
      params: {
        levels: [1, 2],
        rules: ['mandatory_ack', 'level2_from_risk'],
        set_by: ['organisation', 'organisation'],
        apps: ['Contract review'],
        app_ids: ['app-1'],
      },
    })
    expect(refusal?.detail).toContain('Run an app instead: Contract review.')
    expect(problemOf(judge({ organisation: { mandatory_ack: true } }))?.detail).toContain('No app can be run instead')
  })

  test('of an unassigned model is the same as of one that does not exist', () => {
    const disabled = { ...model, name: 'secret', status: 'disabled' as const }
    const [existing, missing] = [[disabled], []].map((models) => problemOf(judge({ models }, { model: 'secret' })))
    expect(existing).toMatchObject({ code: 'model_not_assigned', params: missing?.params, detail: missing?.detail })
  })

  test('names the earlier gate when several fail', () => {
    const organisation = { allowed_engines: [], mandatory_ack: true, max_input_bytes: 1 } as const
    const actor: UserActor = someMember({ denies: ['run.execute'] })
    expect(outcome(judge({ actor, models: [], organisation }))).toEqual(['forbidden', 403])
    expect(outcome(judge({ models: [], organisation }))).toMatchObject([
      'engine_forbidden',
      403,
      'allowed_engines',
      'organisation',
    ])
    expect(outcome(judge({ models: [], organisation: { mandatory_ack: true } }))).toEqual(['model_not_assigned', 404])
    expect(outcome(judge({ organisation: { mandatory_ack: true, max_input_bytes: 1 } }))).toEqual([
      'supervision_required',
      403,
    ])
  })
})

test('an app’s run is allowed where a plain call is not, with the levels it needs', () => {
  const run = { risk: 'critical', category: 'tax', supervision_required: true } as const
  expect(judge({ organisation: { mandatory_ack: true } }, { engine_type: 'document', run })).toMatchObject({
    allowed: true,
    risk: 'critical',
    levels: { level1: true, level2: true, level3: false, distinct_approvers: true },
  })
})

describe('over all documents and requests', () => {
  const RUNS = 2_000
  const arbitraryModels = fc.uniqueArray(
    fc.record({
      name: fc.constantFrom(...MODELS),
      status: fc.constantFrom('enabled', 'enabled', 'enabled', 'disabled'),
      provider_type: fc.constantFrom(...PROVIDER_TYPES),
      provider_status: fc.constantFrom('enabled', 'enabled', 'enabled', 'disabled'),
      default_output_tokens: fc.constantFrom(1, 100, 1000),
      max_output_tokens: fc.constantFrom(1000, 8000),
    }),
    { selector: ({ name }) => name, minLength: 2 },
  )
  const arbitraryRequest: fc.Arbitrary<GovernedRequest> = fc.record({
    engine_type: fc.constantFrom(...ENGINE_TYPES),
    model: fc.constantFrom(...MODELS),
    input_bytes: fc.constantFrom(0, 1, 500, 5000, 50_000),
    output_tokens: fc.constantFrom(null, 1, 100, 101, 5000, 9000),
    choices: fc.constantFrom(1, 2, 7),
    jurisdiction: fc.constantFrom(null, ...JURISDICTIONS),
    use_case_id: fc.constantFrom(null, 'use-case-1'),
    run: fc.option(
      fc.record({
        risk: fc.constantFrom(...RISKS),
        category: fc.constantFrom(null, ...CATEGORIES),
        supervision_required: fc.boolean(),
      }),
    ),
  })
  const everything = [
    arbitraryShortDocument,
    arbitraryShortDocument,
    arbitraryModels,
    fc.boolean(),
    arbitraryRequest,
  ] as const

  test('no policy of an organisation allows what the platform forbids, or more of it', () => {
    let allowed = 0
    fc.assert(
      fc.property(...everything, (platform, organisation, models, has_use_case_quota, request) => {
        const world = { platform, models, has_use_case_quota }
        const alone = judge(world, request)
        const both = judge({ ...world, organisation }, request)
        if (!both.allowed) return
        allowed += 1
        expect(alone).toMatchObject({ allowed: true, model: both.model })
        if (!alone.allowed) return
        expect(both.output_tokens).toBeLessThanOrEqual(alone.output_tokens)
        expect(both.max_execution_seconds ?? Infinity).toBeLessThanOrEqual(alone.max_execution_seconds ?? Infinity)
        expect(RISKS.indexOf(both.risk)).toBeGreaterThanOrEqual(RISKS.indexOf(alone.risk))
        expect(both.levels.demands.length).toBeGreaterThanOrEqual(alone.levels.demands.length)
      }),
      { numRuns: RUNS },
    )
    expect(allowed).toBeGreaterThan(RUNS / 20)
  })

  test('a refusal of the platform names the platform, whatever the organisation says', () => {
    fc.assert(
      fc.property(...everything, (platform, organisation, models, has_use_case_quota, request) => {
        const world = { platform, models, has_use_case_quota }
        const alone = judge(world, request)
        const both = judge({ ...world, organisation }, request)
        if (alone.allowed || both.allowed || alone.problem.code !== both.problem.code) return
        const { rule } = alone.problem.params
        if (typeof rule !== 'string' || !/^allowed_|^jurisdictions$/.test(rule)) return
        expect([alone, both].map(({ problem }) => problem.params['level'])).toEqual(['platform', 'platform'])
      }),
      { numRuns: RUNS },
    )
  })

  test('an allowed call keeps to every limit that is in force', () => {
    fc.assert(
      fc.property(...everything, (platform, organisation, models, has_use_case_quota, request) => {
        const verdict = judge({ platform, organisation, models, has_use_case_quota }, request)
        if (!verdict.allowed) return
        const { values } = effectivePolicy(platform, organisation)
        expect(verdict.output_tokens).toBeGreaterThanOrEqual(1)
        expect(verdict.output_tokens * request.choices).toBeLessThanOrEqual(values.max_output_tokens ?? Infinity)
        expect(verdict.output_tokens).toBeLessThanOrEqual(verdict.model.max_output_tokens)
        expect(request.input_bytes).toBeLessThanOrEqual(values.max_input_bytes ?? Infinity)
        if (request.run === null) expect(verdict.levels.demands).toEqual([])
        if (verdict.is_clamped) expect(values.clamp_max_tokens).toBe(true)
      }),
      { numRuns: RUNS },
    )
  })
})
