import { expect, test } from 'vitest'
import type { FieldShown } from '../src/api/policy.ts'
import { DEMANDS, documentOf, TEMPLATE_FIELDS, TEMPLATES } from '../src/pages/begin/templates.ts'

/** What holds where nobody has said anything (PLATFORM_DEFAULTS of the server), changed as given. */
function inForce(changed: Readonly<Record<string, unknown>> = {}): readonly FieldShown[] {
  const values = {
    mandatory_ack: false,
    level2_from_risk: 'critical',
    level3_from_risk: 'off',
    ack_timeout_days: 30,
    store_content: 'none',
    ...changed,
  }
  return Object.entries(values).map(([field, effective]) => ({
    field,
    effective,
    above: effective,
    own: null,
    inherited: effective,
    isOwn: false,
    isOverruled: false,
    tier: null,
  }))
}

test('a template says under the built-in policy what it demands, and each demands more than the one before', () => {
  expect(TEMPLATES.map((template) => documentOf(template, inForce()))).toEqual(TEMPLATES.map((each) => DEMANDS[each]))
  expect(TEMPLATES.map((template) => Object.keys(DEMANDS[template]).length)).toEqual([0, 3, 5])
  const listed: readonly string[] = TEMPLATE_FIELDS
  for (const template of TEMPLATES) expect(listed).toEqual(expect.arrayContaining(Object.keys(DEMANDS[template])))
})

test('a template is silent where the platform demands as much or more, and never looser than it', () => {
  const strict = inForce({ level2_from_risk: 'low', ack_timeout_days: 7, store_content: 'errors' })
  expect(documentOf('supervised', strict)).toEqual({})
  expect(documentOf('regulated', strict)).toEqual({
    mandatory_ack: true,
    level3_from_risk: 'high',
    store_content: 'all',
  })
})
