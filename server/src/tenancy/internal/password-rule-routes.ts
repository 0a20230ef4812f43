import { Type } from 'typebox'
import { ORGANISATION_PATH, type Route, route } from '../../http/route.ts'
import { nullable, orgParams } from '../../http/schema.ts'
import { getPasswordRule, PASSWORD_RULE_BOUNDS, setPasswordRule } from '../password-rule.ts'

const tag = 'Security'
const PATH = `${ORGANISATION_PATH}/password-rule`
const { least, most } = PASSWORD_RULE_BOUNDS

const Rule = Type.Object(
  {
    min_length: nullable(
      Type.Integer({
        minimum: least,
        maximum: most,
        description: 'Null: what the platform demands, which it never undercuts',
      }),
    ),
    needs_letters: Type.Boolean(),
    needs_digits: Type.Boolean(),
    needs_symbols: Type.Boolean({ description: 'A character that is neither letter nor digit' }),
  },
  { additionalProperties: false },
)

/** What the organisation demands of passwords. */
export function passwordRuleRoutes(): readonly Route[] {
  return [
    route({
      operation: 'password_rule_view',
      method: 'GET',
      path: PATH,
      summary: 'Show what the organisation demands of passwords beyond the platform’s rule',
      tag,
      scope: 'organisation',
      permission: 'org.view',
      params: orgParams(),
      response: Rule,
      handle: getPasswordRule,
    }),
    route({
      operation: 'password_rule_set',
      method: 'PUT',
      path: PATH,
      summary: 'Set what the organisation demands of passwords; it holds for every password chosen from now on',
      tag,
      scope: 'organisation',
      permission: 'security.manage',
      step_up: true,
      params: orgParams(),
      body: Rule,
      response: Rule,
      audit: {
        event: 'password_rule.updated',
        data: ({ before, ...after }) => ({ before: before ?? null, after: { ...after } }),
      },
      handle: (tx, _actor, { body }) => setPasswordRule(tx, body),
    }),
  ]
}
