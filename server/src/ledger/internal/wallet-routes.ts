import { type Static, Type } from 'typebox'
import { ORGANISATION_PATH, type Route, route } from '../../http/route.ts'
import { Id, orgParams, pageSchema } from '../../http/schema.ts'
import { intervalRefused, parseBounds } from '../../kernel/interval.ts'
import type { ControlTx } from '../../kernel/database.ts'
import type { OrganisationDatabases } from '../../kernel/organisation-databases.ts'
import { badCursor } from '../../kernel/page.ts'
import { notFound } from '../../kernel/problem.ts'
import { adjustmentBelowHeld, creditExpiryRefused, transferIdUsed, walletTooLarge } from '../problems.ts'
import { Adjustment, BillingMode, Credit, PostedTransfer, Transfer, TransferQuery, Wallet } from '../schema.ts'
import { listTransfers, postTransfer, type TransferDraft } from '../transfer.ts'
import { getWallet, setBillingMode } from '../wallet.ts'
import { withId } from './act-id.ts'
import { type Act, type Acting, actOnOrganisation, readOrganisation } from './platform-act.ts'

const tag = 'wallet'
const PLATFORM_PATH = '/api/platform/organisations/:organisation'
const PlatformParams = Type.Object({ organisation: Id }, { additionalProperties: false })

async function getCurrency(tx: ControlTx): Promise<string> {
  const { currency } = await tx.selectFrom('kernel.platform').select('currency').executeTakeFirstOrThrow()
  return currency
}

/** The wallet as its organisation sees it. */
export function walletRoutes(): readonly Route[] {
  return [
    route({
      operation: 'wallet_get',
      method: 'GET',
      path: `${ORGANISATION_PATH}/wallet`,
      scope: 'organisation_wide',
      permission: 'billing.view',
      tag,
      summary: 'Get the wallet: balance, what open calls hold of it, and the lots its credit came in',
      params: orgParams(),
      response: Wallet,
      handle: async ({ control, organisation }) => ({
        currency: await control.transaction(getCurrency),
        ...(await organisation.transaction(getWallet)),
      }),
    }),
    route({
      operation: 'wallet_transfer_list',
      method: 'GET',
      path: `${ORGANISATION_PATH}/wallet/transfers`,
      scope: 'organisation',
      permission: 'billing.view',
      tag,
      summary: 'List the transfers of the ledger, those posted last first',
      params: orgParams(),
      query: TransferQuery,
      response: pageSchema(Transfer),
      problems: [badCursor, intervalRefused],
      handle: (tx, _actor, { query }) => listTransfers(tx, { ...query, ...parseBounds(query) }, query),
    }),
  ]
}

/** What the super-admin posts to a wallet, and how an organisation is billed. */
export function platformWalletRoutes(databases: OrganisationDatabases): readonly Route[] {
  return [...readingRoutes(databases), ...postingRoutes(databases), billingModeRoute(databases)]
}

function readingRoutes(databases: OrganisationDatabases): readonly Route[] {
  const scope = 'platform_wide'
  const permission = 'platform.wallet.credit'
  return [
    route({
      operation: 'platform_wallet_get',
      method: 'GET',
      path: `${PLATFORM_PATH}/wallet`,
      scope,
      permission,
      tag,
      summary: "Get an organisation's wallet and how it is billed",
      params: PlatformParams,
      response: Wallet,
      problems: [notFound],
      handle: async (control, _actor, { params }) => ({
        currency: await control.transaction(getCurrency),
        ...(await readOrganisation({ control, databases }, params.organisation, getWallet)),
      }),
    }),
    route({
      operation: 'platform_wallet_transfer_list',
      method: 'GET',
      path: `${PLATFORM_PATH}/wallet/transfers`,
      scope,
      permission,
      tag,
      summary: "List the transfers of an organisation's ledger, those posted last first",
      params: PlatformParams,
      query: TransferQuery,
      response: pageSchema(Transfer),
      problems: [notFound, badCursor, intervalRefused],
      handle: (control, _actor, { params, query }) =>
        readOrganisation({ control, databases }, params.organisation, (tx) =>
          listTransfers(tx, { ...query, ...parseBounds(query) }, query),
        ),
    }),
  ]
}

function postingRoutes(databases: OrganisationDatabases): readonly Route[] {
  const scope = 'platform_wide'
  const permission = 'platform.wallet.credit'
  return [
    route({
      operation: 'platform_wallet_top_up',
      method: 'POST',
      path: `${PLATFORM_PATH}/wallet/top-ups`,
      scope,
      permission,
      step_up: true,
      tag,
      status: 201,
      summary: "Post credit to an organisation's wallet; under the same id it is posted once",
      params: PlatformParams,
      body: Credit,
      response: PostedTransfer,
      problems: [notFound, creditExpiryRefused, walletTooLarge, transferIdUsed],
      audit: { event: 'wallet.topped_up', written_by: 'handler' },
      handle: (control, actor, { params, body }, { origin, act_id }) => {
        const draft = draftOf('top_up', withId(body, act_id), requireUser(actor))
        return post({ control, databases, origin }, params.organisation, draft)
      },
    }),
    route({
      operation: 'platform_wallet_adjust',
      method: 'POST',
      path: `${PLATFORM_PATH}/wallet/adjustments`,
      scope,
      permission,
      step_up: true,
      tag,
      status: 201,
      summary: "Adjust an organisation's wallet either way, with a reason; under the same id it is posted once",
      params: PlatformParams,
      body: Adjustment,
      response: PostedTransfer,
      problems: [notFound, adjustmentBelowHeld, creditExpiryRefused, walletTooLarge, transferIdUsed],
      audit: { event: 'wallet.adjusted', written_by: 'handler' },
      handle: (control, actor, { params, body }, { origin, act_id }) => {
        const draft = draftOf('adjustment', withId(body, act_id), requireUser(actor))
        return post({ control, databases, origin }, params.organisation, draft)
      },
    }),
  ]
}

function draftOf(
  kind: TransferDraft['kind'],
  { expires_at, reason, ...body }: Static<typeof Adjustment>,
  posted_by: string,
): TransferDraft {
  const expiry = expires_at === undefined ? {} : { expires_at: new Date(expires_at) }
  return { ...body, ...expiry, kind, posted_by, reason: reason.trim() }
}

const post = (acting: Acting, organisation_id: string, draft: TransferDraft) =>
  actOnOrganisation(acting, organisation_id, async (tx) => {
    const posted = await postTransfer(tx, draft)
    const { amount_micros, reason } = draft
    const { id, balance_micros, expires_at, is_repeated } = posted
    return {
      result: posted,
      is_repeated,
      entry: {
        event: draft.kind === 'top_up' ? 'wallet.topped_up' : 'wallet.adjusted',
        target: { type: 'transfer', id },
        data: { amount_micros, balance_micros, expires_at, reason },
      },
    } satisfies Act<typeof posted>
  })

function billingModeRoute(databases: OrganisationDatabases): Route {
  return route({
    operation: 'platform_billing_mode_set',
    method: 'PUT',
    path: `${PLATFORM_PATH}/billing-mode`,
    scope: 'platform_wide',
    permission: 'platform.organisation.manage',
    step_up: true,
    tag,
    summary: 'Set how an organisation is billed: metered, or from its wallet',
    params: PlatformParams,
    body: BillingMode,
    response: BillingMode,
    problems: [notFound],
    audit: { event: 'billing_mode.changed', written_by: 'handler' },
    handle: (control, _actor, { params, body }, { origin }) =>
      actOnOrganisation({ control, databases, origin }, params.organisation, async (tx) => {
        const { before, billing_mode } = await setBillingMode(tx, body.billing_mode)
        return {
          result: { billing_mode },
          is_repeated: false,
          entry: {
            event: 'billing_mode.changed',
            target: { type: 'organisation', id: params.organisation },
            data: { before, after: billing_mode },
          },
        } satisfies Act<{ billing_mode: string }>
      }),
  })
}

function requireUser(actor: { readonly kind: string; readonly user_id?: string }): string {
  if (actor.user_id === undefined) throw new Error('Money is posted by a person')
  return actor.user_id
}
