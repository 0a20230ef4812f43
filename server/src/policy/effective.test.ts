import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { refusalOf } from '../access/arbitrary-actor.ts'
import { arbitraryDocument } from './arbitrary-policy.ts'
import type { PolicyDocument, PolicyField } from './document.ts'
import { POLICY_FIELDS, parsePolicyDocument } from './document.ts'
import { checkNotLooser, effectivePolicy, looserValues, meet, PLATFORM_DEFAULTS } from './effective.ts'

const two = [arbitraryDocument, arbitraryDocument] as const
const three = [arbitraryDocument, arbitraryDocument, arbitraryDocument] as const

/** `a` is at least as strict as `b` in everything `b` sets. */
const isWithin = (a: PolicyDocument, b: PolicyDocument): boolean =>
  JSON.stringify(meet(a, b)) === JSON.stringify(meet(a, a))

describe('the meet of two documents', () => {
  test('is idempotent up to the order of sets', () => {
    fc.assert(
      fc.property(...two, (a, b) => {
        const met = meet(a, b)
        expect(meet(met, met)).toEqual(met)
      }),
    )
  })

  test('is commutative', () => {
    fc.assert(
      fc.property(...two, (a, b) => {
        expect(meet(a, b)).toEqual(meet(b, a))
      }),
    )
  })

  test('is associative, so any number of layers may be combined in any grouping', () => {
    fc.assert(
      fc.property(...three, (a, b, c) => {
        expect(meet(a, meet(b, c))).toEqual(meet(meet(a, b), c))
      }),
    )
  })

  test('is within both, and the loosest that is', () => {
    fc.assert(
      fc.property(...three, (a, b, c) => {
        const met = meet(a, b)
        expect(isWithin(met, a) && isWithin(met, b)).toBe(true)
        if (isWithin(c, a) && isWithin(c, b)) expect(isWithin(c, met)).toBe(true)
      }),
    )
  })

  test('is monotone: a stricter document makes a stricter meet', () => {
    fc.assert(
      fc.property(...three, (a, b, c) => {
        expect(isWithin(meet(meet(a, c), b), meet(a, b))).toBe(true)
      }),
    )
  })

  test('with a document that says nothing changes nothing', () => {
    fc.assert(
      fc.property(arbitraryDocument, (a) => {
        expect(meet(a, {})).toEqual(meet(a, a))
      }),
    )
  })

  test('is a document again', () => {
    fc.assert(
      fc.property(...two, (a, b) => {
        expect(parsePolicyDocument(meet(a, b))).toEqual(meet(a, b))
      }),
    )
  })

  // One row for each field: what is looser, what is stricter. Read it as the definition of "restrict".
  const order: { readonly [Field in PolicyField]: readonly [PolicyDocument[Field], PolicyDocument[Field]] } = {
    mandatory_ack: [false, true],
    level2_from_risk: ['high', 'medium'],
    level3_from_risk: ['off', 'critical'],
    level2_categories: [['tax'], ['legal', 'tax']],
    level3_categories: [[], ['legal']],
    level2_quorum: [1, 2],
    level3_quorum: [2, 3],
    distinct_approvers: [false, true],
    ack_timeout_days: [30, 7],
    gateway_risk: ['low', 'high'],
    allowed_engines: ['all', ['gateway']],
    allowed_models: [['a', 'b'], ['a']],
    allowed_provider_types: [['openai'], []],
    jurisdictions: [['eu', 'uk'], ['uk']],
    max_execution_seconds: [600, 60],
    max_input_bytes: [1000, 999],
    max_steps: [5, 1],
    max_output_tokens: [4096, 100],
    clamp_max_tokens: [true, false],
    require_use_case: [false, true],
    on_quota_exceeded: ['pause', 'fail'],
    store_content: ['errors', 'all'],
  }
  test.each(POLICY_FIELDS)('takes the stricter value of %s', (field) => {
    const [looser, stricter] = order[field].map((value) => ({ [field]: value }))
    if (looser === undefined || stricter === undefined) throw new Error(`${field} has no order`)
    expect(meet(looser, stricter)).toEqual(stricter)
    expect(isWithin(stricter, looser)).toBe(true)
    expect(isWithin(looser, stricter)).toBe(false)
  })

  test('of two sets keeps what both allow, of two lists of demands what either demands', () => {
    const a = { allowed_models: ['c', 'a', 'b'], level2_categories: ['tax'] }
    const b = { allowed_models: ['b', 'c', 'd'], level2_categories: ['legal', 'tax'] }
    expect(meet(a, b)).toEqual({ allowed_models: ['b', 'c'], level2_categories: ['legal', 'tax'] })
  })
})

describe('the effective policy', () => {
  test('is within the platform’s and the organisation’s, and has every field but unset limits', () => {
    fc.assert(
      fc.property(...two, (platform, organisation) => {
        const { values, platform: above } = effectivePolicy(platform, organisation)
        expect(isWithin(values, platform)).toBe(true)
        expect(isWithin(values, above)).toBe(true)
        expect(isWithin(values, organisation)).toBe(true)
        expect(Object.keys(values)).toEqual(expect.arrayContaining(Object.keys(PLATFORM_DEFAULTS)))
      }),
    )
  })

  test('names for every value the highest level that demands it', () => {
    fc.assert(
      fc.property(...two, (platform, organisation) => {
        const { values, set_by } = effectivePolicy(platform, organisation)
        const alone = effectivePolicy(platform, {}).values
        expect(Object.keys(set_by)).toEqual(POLICY_FIELDS.filter((field) => values[field] !== undefined))
        for (const field of POLICY_FIELDS) {
          if (JSON.stringify(alone[field]) !== JSON.stringify(values[field])) expect(set_by[field]).toBe('organisation')
          else if (platform[field] !== undefined) expect(set_by[field]).toBe('platform')
          else if (values[field] !== undefined) expect(set_by[field]).toBe('default')
        }
      }),
    )
  })

  test('takes the platform’s word over the default, in either direction', () => {
    const { values, set_by } = effectivePolicy({ distinct_approvers: false, clamp_max_tokens: true }, {})
    expect(values).toMatchObject({ distinct_approvers: false, clamp_max_tokens: true })
    expect(set_by).toMatchObject({ distinct_approvers: 'platform', mandatory_ack: 'default' })
  })

  test('keeps to a platform that was tightened later, and tells which stored value it overrules', () => {
    const stored = { max_output_tokens: 4096, max_steps: 5 }
    const { values, set_by } = effectivePolicy({ max_output_tokens: 1000 }, stored)
    expect(values).toMatchObject({ max_output_tokens: 1000, max_steps: 5 })
    expect(set_by).toMatchObject({ max_output_tokens: 'platform', max_steps: 'organisation' })
    expect(looserValues({ max_output_tokens: 1000 }, stored)).toEqual([
      {
        pointer: '/max_output_tokens',
        value: 4096,
        bound: 1000,
        level: 'platform',
        message: 'must be at most 1000 (platform)',
      },
    ])
  })
})

describe('a document of an organisation', () => {
  test('is accepted exactly when what it says is what will hold', () => {
    fc.assert(
      fc.property(...two, (platform, organisation) => {
        const { values } = effectivePolicy(platform, organisation)
        const canonical = meet(organisation, organisation)
        const overruled = POLICY_FIELDS.filter(
          (field) =>
            canonical[field] !== undefined && JSON.stringify(values[field]) !== JSON.stringify(canonical[field]),
        )
        const looser = looserValues(platform, organisation)
        expect(looser.map(({ pointer }) => pointer)).toEqual(overruled.map((field) => `/${field}`))
        const refusal = refusalOf(() => checkNotLooser(platform, organisation))
        expect(refusal?.code).toBe(overruled.length === 0 ? undefined : 'policy_looser')
      }),
    )
  })

  test('that only says again what holds is accepted', () => {
    fc.assert(
      fc.property(...two, (platform, organisation) => {
        const { values } = effectivePolicy(platform, organisation)
        expect(looserValues(platform, values)).toEqual([])
      }),
    )
  })

  test.each([
    [{ max_steps: 6 }, { max_steps: 5 }, 'must be at most 5 (platform)'],
    [{ level2_quorum: 1 }, { level2_quorum: 2 }, 'must be at least 2 (platform)'],
    [{ level2_from_risk: 'off' }, {}, 'must be critical or high or medium or low (default)'],
    [{ level2_from_risk: 'high' }, { level2_from_risk: 'medium' }, 'must be medium or low (platform)'],
    [{ allowed_engines: 'all' }, { allowed_engines: ['gateway', 'chat'] }, 'may name only: chat, gateway (platform)'],
    [{ jurisdictions: ['eu'] }, { jurisdictions: [] }, 'may name only: nothing (platform)'],
    [{ level3_categories: ['tax'] }, { level3_categories: ['legal'] }, 'must name at least: legal (platform)'],
    [{ clamp_max_tokens: true }, {}, 'must be false (default)'],
    [{ store_content: 'none' }, { store_content: 'errors' }, 'must be errors or all (platform)'],
  ] as const)('such as %j under %j is refused with its bound', (organisation, platform, message) => {
    const pointer = `/${Object.keys(organisation).join()}`
    const refusal = refusalOf(() => checkNotLooser(platform, organisation))
    expect(refusal).toMatchObject({ status: 422, fields: [{ pointer, message }], params: { fields: [pointer] } })
  })
})
