// Where an organisation's own policy can begin: three documents that the policy API takes like any other.

import type { FieldShown, PolicyDocument } from '../../api/policy.ts'
import { isStricter, type PolicyField } from '../../components/policy-fields.ts'

export const TEMPLATES = ['open', 'supervised', 'regulated'] as const
export type Template = (typeof TEMPLATES)[number]

/** What each demands beyond the platform. */
export const DEMANDS: Readonly<Record<Template, PolicyDocument>> = {
  open: {},
  supervised: { level2_from_risk: 'high', ack_timeout_days: 14, store_content: 'errors' },
  regulated: {
    mandatory_ack: true,
    level2_from_risk: 'medium',
    level3_from_risk: 'high',
    ack_timeout_days: 7,
    store_content: 'all',
  },
}

/** What at least one of them says, in the order in which it is shown. */
export const TEMPLATE_FIELDS = [
  'mandatory_ack',
  'level2_from_risk',
  'level3_from_risk',
  'ack_timeout_days',
  'store_content',
] as const satisfies readonly PolicyField[]

/**
 * The document of a template under what holds already. Where the platform demands as much or more, the document is silent:
 * it would be refused as looser, and it need not repeat what holds without it.
 */
export function documentOf(template: Template, fields: readonly FieldShown[]): PolicyDocument {
  const inForce = new Map(fields.map(({ field, effective }) => [field, effective]))
  const demands = DEMANDS[template]
  return TEMPLATE_FIELDS.reduce<PolicyDocument>(
    (document, field) =>
      isStricter(field, demands[field], inForce.get(field)) ? { ...document, [field]: demands[field] } : document,
    {},
  )
}
