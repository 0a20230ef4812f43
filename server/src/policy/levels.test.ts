import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { arbitraryDocument, CATEGORIES } from './arbitrary-policy.ts'
import type { PolicyDocument } from './document.ts'
import { RISKS } from './document.ts'
import { effectivePolicy } from './effective.ts'
import type { SupervisedRun } from './levels.ts'
import { requiredLevels } from './levels.ts'

const plain: SupervisedRun = { risk: 'low', category: null, supervision_required: false }
const arbitraryRun: fc.Arbitrary<SupervisedRun> = fc.record({
  risk: fc.constantFrom(...RISKS),
  category: fc.constantFrom(null, ...CATEGORIES, 'other'),
  supervision_required: fc.boolean(),
})

type Case = readonly [string, PolicyDocument, Partial<SupervisedRun>, readonly (1 | 2 | 3)[]]

describe('the levels a run needs', () => {
  const cases: readonly Case[] = [
    ['none, where nobody demands any', {}, {}, []],
    ['1, where the app demands supervision', {}, { supervision_required: true }, [1]],
    ['1, where the organisation acknowledges everything', { mandatory_ack: true }, {}, [1]],
    ['1, for high risk, whatever policy says', { mandatory_ack: false }, { risk: 'high' }, [1]],
    ['1 and 2, for critical risk', {}, { risk: 'critical' }, [1, 2]],
    ['1 and 2, from the threshold on', { level2_from_risk: 'medium' }, { risk: 'medium' }, [1, 2]],
    ['none, below the threshold', { level2_from_risk: 'medium' }, { risk: 'low' }, []],
    ['1 and 2, for a listed category', { level2_categories: ['tax'] }, { category: 'tax' }, [1, 2]],
    ['none, for another category', { level2_categories: ['tax'] }, { category: 'hr' }, []],
    ['1 and 3, for a category listed for sign-off alone', { level3_categories: ['tax'] }, { category: 'tax' }, [1, 3]],
    ['all, at the highest', { level3_from_risk: 'critical' }, { risk: 'critical' }, [1, 2, 3]],
  ]
  test.each(cases)('are %s', (_, organisation, run, expected) => {
    const { level1, level2, level3 } = requiredLevels(effectivePolicy({}, organisation), { ...plain, ...run })
    expect({ level1, level2, level3 }).toEqual({
      level1: expected.includes(1),
      level2: expected.includes(2),
      level3: expected.includes(3),
    })
  })

  test('come with their reasons and who set them', () => {
    const policy = effectivePolicy(
      { level2_categories: ['tax'] },
      { mandatory_ack: true, level2_categories: ['hr', 'tax'] },
    )
    const run = { ...plain, risk: 'high', category: 'tax' } as const
    expect(requiredLevels(policy, run).demands).toEqual([
      { level: 1, rule: 'risk_floor', set_by: 'floor' },
      { level: 1, rule: 'mandatory_ack', set_by: 'organisation' },
      { level: 2, rule: 'level2_categories', set_by: 'platform' },
    ])
    expect(requiredLevels(policy, { ...plain, category: 'hr' }).demands).toContainEqual({
      level: 2,
      rule: 'level2_categories',
      set_by: 'organisation',
    })
  })

  test('of critical risk are 1 and 2 by two people, of high risk at least 1, whatever both documents say', () => {
    fc.assert(
      fc.property(arbitraryDocument, arbitraryDocument, arbitraryRun, (platform, organisation, run) => {
        const policy = effectivePolicy(platform, organisation)
        expect(requiredLevels(policy, { ...run, risk: 'high' })).toMatchObject({ level1: true })
        expect(requiredLevels(policy, { ...run, risk: 'critical' })).toMatchObject({
          level1: true,
          level2: true,
          distinct_approvers: true,
        })
      }),
    )
  })

  test('are only added to by an organisation, by a higher risk and by an app', () => {
    fc.assert(
      fc.property(arbitraryDocument, arbitraryDocument, arbitraryRun, (platform, organisation, run) => {
        const higher = RISKS[RISKS.indexOf(run.risk) + 1] ?? run.risk
        const less = requiredLevels(effectivePolicy(platform, {}), run)
        const mores = [
          requiredLevels(effectivePolicy(platform, organisation), run),
          requiredLevels(effectivePolicy(platform, {}), { ...run, risk: higher }),
          requiredLevels(effectivePolicy(platform, {}), { ...run, supervision_required: true }),
        ]
        for (const more of mores) {
          expect(more.level1 || !less.level1).toBe(true)
          expect(more.level2 || !less.level2).toBe(true)
          expect(more.level3 || !less.level3).toBe(true)
          expect(more.distinct_approvers || !less.distinct_approvers).toBe(true)
          expect(more.level2_quorum).toBeGreaterThanOrEqual(less.level2_quorum)
          expect(more.level3_quorum).toBeGreaterThanOrEqual(less.level3_quorum)
          expect(more.level1 || !(more.level2 || more.level3)).toBe(true)
        }
      }),
    )
  })
})
