// How a run is asked for over HTTP, whatever app it is of.

import { Type } from 'typebox'
import { Id } from '../../http/schema.ts'
import { memberInactive, quotaExceeded, spendLimitExceeded, walletInsufficient } from '../../invocation/problems.ts'
import type { Engine } from '../engine.ts'
import { appInvalid, jurisdictionNotOffered, runQuotaExceeded } from '../problems.ts'
import type { RunDesk } from '../run-desk.ts'
import type { RunInput } from './prepare-run.ts'
import { JsonObject } from './run-schema.ts'

export type RunRouteNeeds = { readonly desk: RunDesk; readonly engine: Engine }

export const Asked = {
  input: JsonObject,
  project_id: Type.Optional(Id),
  use_case_id: Type.Optional(Id),
  jurisdiction: Type.Optional(Type.String({ minLength: 2, maxLength: 20 })),
}

/** What the gates before a run refuse with. */
export const REFUSALS = [
  memberInactive,
  appInvalid,
  jurisdictionNotOffered,
  runQuotaExceeded,
  quotaExceeded,
  spendLimitExceeded,
  walletInsufficient,
]

type Body = { readonly input: Readonly<Record<string, unknown>>; readonly jurisdiction?: string }

export const inputOf = (app_id: string, { input, jurisdiction }: Body): RunInput => ({
  app_id,
  input,
  jurisdiction: jurisdiction ?? null,
})
