import { Type } from 'typebox'
import { Nothing, type Route, route } from '../../http/route.ts'
import { Id, Name, nullable } from '../../http/schema.ts'
import { notFound } from '../../kernel/problem.ts'
import {
  confirmApp,
  dropPasskey,
  enrolPasskey,
  getFactors,
  removeApp,
  renewRecoveryCodes,
  resetFactors,
} from '../factor.ts'
import { beginPasskey, renamePasskey } from '../passkey.ts'
import {
  codeWrong,
  factorMissing,
  passkeyRefused,
  passkeyTaken,
  sessionEnded,
  stepUpRequired,
  tooManyAttempts,
  tooManyPasskeys,
  totpEnrolled,
} from '../problems.ts'
import type { FactorTools } from '../proof.ts'
import { beginTotp } from '../totp.ts'
import {
  Code,
  CreationOptions,
  Enrolment,
  Factors,
  MadePasskey,
  madePasskey,
  Passkey,
  RecoveryCodes,
  renewed,
} from './proof-schema.ts'

const tag = 'Second factors'

/** Second factors: setting them up and taking them away. */
export function factorRoutes(needs: Omit<FactorTools, 'control'>): readonly Route[] {
  return [factorsRoute(), ...appRoutes(needs), ...passkeyRoutes(needs), recoveryRoute(), resetRoute()]
}

function factorsRoute(): Route {
  return route({
    operation: 'me_factors_view',
    method: 'GET',
    path: '/api/me/factors',
    summary: 'Show the own second factors',
    tag,
    scope: 'person',
    response: Factors,
    handle: (tx, { user_id }) => getFactors(tx, user_id),
  })
}

function appRoutes(needs: Omit<FactorTools, 'control'>): readonly Route[] {
  return [
    route({
      operation: 'me_totp_begin',
      method: 'POST',
      path: '/api/me/totp',
      summary:
        'Begin to set up an authenticator app: its secret, shown this once, as a link for the QR code and as text',
      tag,
      scope: 'person_wide',
      step_up: true,
      response: Type.Object({ uri: nullable(Type.String()), secret: nullable(Type.String()) }),
      status: 201,
      shown_once: ['uri', 'secret'],
      problems: [totpEnrolled, stepUpRequired],
      audit: { event: 'user.factor_added', written_by: 'handler' },
      handle: (control, person) => beginTotp(control, needs.keys, person),
    }),
    route({
      operation: 'me_totp_confirm',
      method: 'POST',
      path: '/api/me/totp/confirm',
      summary: 'Confirm an authenticator app by the code it shows; from then on it is demanded at sign-in',
      tag,
      scope: 'person_wide',
      body: Type.Object({ code: Code }, { additionalProperties: false }),
      response: Enrolment,
      shown_once: ['recovery_codes'],
      problems: [codeWrong, factorMissing, sessionEnded, tooManyAttempts],
      audit: { event: 'user.factor_added', written_by: 'handler' },
      async handle(control, person, { body }, { origin }, reply) {
        const { session, recovery_codes } = await confirmApp({ ...needs, control }, person, body.code, origin)
        return { session: renewed(reply, session), recovery_codes }
      },
    }),
    route({
      operation: 'me_totp_remove',
      method: 'DELETE',
      path: '/api/me/totp',
      summary: 'Take the authenticator app away',
      tag,
      scope: 'person',
      step_up: true,
      response: Nothing,
      status: 204,
      problems: [factorMissing, stepUpRequired],
      audit: { event: 'user.factor_removed', written_by: 'handler' },
      async handle(tx, { user_id }, _input, { origin }) {
        await removeApp(tx, origin, user_id)
        return {}
      },
    }),
  ]
}

function passkeyRoutes(needs: Omit<FactorTools, 'control'>): readonly Route[] {
  const params = Type.Object({ passkey: Id }, { additionalProperties: false })
  const ONE = '/api/me/passkeys/:passkey'
  return [
    route({
      operation: 'me_passkey_options',
      method: 'POST',
      path: '/api/me/passkeys/options',
      summary: 'What a browser needs to make a passkey',
      tag,
      scope: 'person_wide',
      step_up: true,
      response: CreationOptions,
      problems: [tooManyPasskeys, stepUpRequired],
      audit: { event: 'user.factor_added', written_by: 'handler' },
      handle: (control, person) => beginPasskey(control, needs.relying_party, person),
    }),
    route({
      operation: 'me_passkey_create',
      method: 'POST',
      path: '/api/me/passkeys',
      summary: 'Add a passkey that the browser has made, under a name',
      tag,
      scope: 'person_wide',
      body: Type.Object({ name: Name, passkey: MadePasskey }, { additionalProperties: false }),
      response: Type.Object({ ...Enrolment.properties, passkey: Passkey }),
      status: 201,
      shown_once: ['recovery_codes'],
      problems: [passkeyRefused, passkeyTaken, sessionEnded],
      audit: { event: 'user.factor_added', written_by: 'handler' },
      async handle(control, person, { body }, { origin }, reply) {
        const draft = { name: body.name.trim(), passkey: madePasskey(body.passkey) }
        const enrolled = await enrolPasskey({ ...needs, control }, person, draft, origin)
        return { ...enrolled, session: renewed(reply, enrolled.session) }
      },
    }),
    route({
      operation: 'me_passkey_rename',
      method: 'PATCH',
      path: ONE,
      summary: 'Give a passkey another name',
      tag,
      scope: 'person',
      params,
      body: Type.Object({ name: Name }, { additionalProperties: false }),
      response: Passkey,
      problems: [notFound],
      audit: { event: 'user.profile_changed', target: ({ id }) => ({ type: 'passkey', id }) },
      handle: (tx, { user_id }, { params: { passkey }, body }) => renamePasskey(tx, user_id, passkey, body.name.trim()),
    }),
    route({
      operation: 'me_passkey_remove',
      method: 'DELETE',
      path: ONE,
      summary: 'Take a passkey away',
      tag,
      scope: 'person',
      step_up: true,
      params,
      response: Nothing,
      status: 204,
      problems: [notFound, stepUpRequired],
      audit: { event: 'user.factor_removed', written_by: 'handler' },
      async handle(tx, { user_id }, { params: { passkey } }, { origin }) {
        await dropPasskey(tx, origin, user_id, passkey)
        return {}
      },
    }),
  ]
}

function recoveryRoute(): Route {
  return route({
    operation: 'me_recovery_codes_create',
    method: 'POST',
    path: '/api/me/recovery-codes',
    summary: 'Make new recovery codes in place of the old ones; they are shown once',
    tag,
    scope: 'person',
    step_up: true,
    response: Type.Object({ recovery_codes: RecoveryCodes }),
    status: 201,
    shown_once: ['recovery_codes'],
    problems: [factorMissing, stepUpRequired],
    audit: { event: 'user.recovery_codes_made', written_by: 'handler' },
    handle: async (tx, { user_id }, _input, { origin }) => ({
      recovery_codes: await renewRecoveryCodes(tx, origin, user_id),
    }),
  })
}

function resetRoute(): Route {
  return route({
    operation: 'platform_user_reset_factors',
    method: 'DELETE',
    path: '/api/platform/users/:user/factors',
    summary: 'Take every second factor from somebody who has lost them; their sessions end',
    tag: 'Platform users',
    scope: 'platform',
    permission: 'platform.user.manage',
    step_up: true,
    params: Type.Object({ user: Id }, { additionalProperties: false }),
    response: Nothing,
    status: 204,
    problems: [factorMissing, stepUpRequired],
    audit: { event: 'user.factor_removed', written_by: 'handler' },
    async handle(tx, _actor, { params }, { origin }) {
      await resetFactors(tx, origin, params.user)
      return {}
    },
  })
}
