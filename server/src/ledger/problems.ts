import { defineProblem } from '../kernel/problem.ts'

/** `params` tell the balance and what open calls hold of it, in micro-units. */
export const adjustmentBelowHeld = defineProblem(
  'adjustment_below_held',
  409,
  'This would take away what open calls hold',
)
export const walletTooLarge = defineProblem('wallet_too_large', 422, 'A wallet does not hold this much')
export const creditExpiryRefused = defineProblem(
  'credit_expiry_refused',
  422,
  'Credit expires in the future, and only credit expires',
)
export const transferIdUsed = defineProblem('transfer_id_used', 409, 'Something else was posted under this id')

export const organisationQuotaReserved = defineProblem(
  'organisation_quota_reserved',
  403,
  'The quota of the whole organisation is set by the super-admin',
)
export const quotaNotSet = defineProblem('quota_not_set', 409, 'There is no quota here that could be topped up')
export const topUpIdUsed = defineProblem('top_up_id_used', 409, 'Another top-up was granted under this id')
