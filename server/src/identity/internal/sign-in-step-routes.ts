import { Type } from 'typebox'
import { type Route, route } from '../../http/route.ts'
import { offerPasskey } from '../passkey.ts'
import {
  emailUnverified,
  passkeyRefused,
  proofRefused,
  sessionEnded,
  ticketInvalid,
  tooManyAttempts,
  wayNotOpen,
} from '../problems.ts'
import { type FactorTools, listWays } from '../proof.ts'
import { completeSecondStep, offerSignInPasskey, signInWithPasskey } from '../second-step.ts'
import { STEP_UP_S, stepUp } from '../step-up.ts'
import { SignedInPerson, welcome } from './person-schema.ts'
import {
  Code,
  Password,
  proofOf,
  RecoveryCode,
  renewed,
  RequestOptions,
  Session,
  Ticket,
  UsedPasskey,
  usedPasskey,
} from './proof-schema.ts'

/** The second step of a sign-in, the sign-in by a passkey alone, and proving once more who one is. */
export function signInStepRoutes(needs: Omit<FactorTools, 'control'>): readonly Route[] {
  return [...secondStepRoutes(needs), ...stepUpRoutes(needs)]
}

function secondStepRoutes(needs: Omit<FactorTools, 'control'>): readonly Route[] {
  const scope = 'open'
  return [
    route({
      operation: 'session_second_step',
      method: 'POST',
      path: '/api/sessions/second-step',
      summary: 'Complete a sign-in with a code, a recovery code or a passkey (exactly one of them)',
      tag: 'Sessions',
      scope,
      body: Type.Object(
        {
          ticket: Ticket,
          code: Type.Optional(Code),
          recovery_code: Type.Optional(RecoveryCode),
          passkey: Type.Optional(UsedPasskey),
        },
        { additionalProperties: false },
      ),
      response: SignedInPerson,
      status: 201,
      problems: [ticketInvalid, proofRefused, tooManyAttempts],
      audit: { event: 'user.login', written_by: 'handler' },
      async handle(control, { body: { ticket, ...proof } }, request, reply) {
        const input = { ticket, proof: proofOf(proof) }
        const { user, session } = await completeSecondStep({ ...needs, control }, input, request)
        return welcome(reply, user, session)
      },
    }),
    route({
      operation: 'session_passkey_options',
      method: 'POST',
      path: '/api/sessions/passkey-options',
      summary: 'What a browser needs for a passkey: beside a password (with its ticket) or alone (without)',
      tag: 'Sessions',
      scope,
      body: Type.Object({ ticket: Type.Optional(Ticket) }, { additionalProperties: false }),
      response: RequestOptions,
      problems: [ticketInvalid],
      audit: { event: 'user.login', written_by: 'handler' },
      handle: (control, { body }) => offerSignInPasskey({ ...needs, control }, body.ticket ?? null),
    }),
    route({
      operation: 'session_create_by_passkey',
      method: 'POST',
      path: '/api/sessions/passkey',
      summary: 'Sign in with a passkey alone',
      tag: 'Sessions',
      scope,
      body: Type.Object({ passkey: UsedPasskey }, { additionalProperties: false }),
      response: SignedInPerson,
      status: 201,
      problems: [proofRefused, passkeyRefused, emailUnverified, tooManyAttempts],
      audit: { event: 'user.login', written_by: 'handler' },
      async handle(control, { body }, request, reply) {
        const passkey = usedPasskey(body.passkey)
        const { user, session } = await signInWithPasskey({ ...needs, control }, passkey, request)
        return welcome(reply, user, session)
      },
    }),
  ]
}

function stepUpRoutes(needs: Omit<FactorTools, 'control'>): readonly Route[] {
  return [
    route({
      operation: 'me_step_up_view',
      method: 'GET',
      path: '/api/me/step-up',
      summary: 'In which ways one can prove once more who one is, and for how long the last proof is still good',
      tag: 'Sessions',
      scope: 'person',
      response: Type.Object({
        ways: Type.Array(Type.String({ description: 'password, totp, passkey or recovery_code' })),
        good_for_s: Type.Integer(),
      }),
      handle: async (tx, person) => ({
        ways: await listWays(tx, person.user_id, person.factors),
        good_for_s: Math.max(0, Math.floor(STEP_UP_S - person.age_s)),
      }),
    }),
    route({
      operation: 'me_step_up',
      method: 'POST',
      path: '/api/me/step-up',
      summary: 'Prove once more who one is, for the sensitive acts of the next 5 minutes (exactly one proof)',
      tag: 'Sessions',
      scope: 'person_wide',
      body: Type.Object(
        {
          password: Type.Optional(Password),
          code: Type.Optional(Code),
          recovery_code: Type.Optional(RecoveryCode),
          passkey: Type.Optional(UsedPasskey),
        },
        { additionalProperties: false },
      ),
      response: Type.Object({ session: Session, good_for_s: Type.Integer() }),
      problems: [wayNotOpen, proofRefused, passkeyRefused, sessionEnded, tooManyAttempts],
      audit: { event: 'session.stepped_up', written_by: 'handler' },
      async handle(control, person, { body }, { origin }, reply) {
        const session = await stepUp({ ...needs, control }, person, proofOf(body), origin)
        return { session: renewed(reply, session), good_for_s: STEP_UP_S }
      },
    }),
    route({
      operation: 'me_step_up_passkey_options',
      method: 'POST',
      path: '/api/me/step-up/passkey-options',
      summary: 'What a browser needs to prove a passkey once more',
      tag: 'Sessions',
      scope: 'person_wide',
      response: RequestOptions,
      audit: { event: 'session.stepped_up', written_by: 'handler' },
      handle: (control, { user_id }) => offerPasskey(control, needs.relying_party, 'step_up', user_id),
    }),
  ]
}
