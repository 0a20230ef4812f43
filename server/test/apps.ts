// Apps in a test organisation: published through their whole life, run by its people, served by the fake provider.

import type { AppContract } from '../src/apps/contract.ts'
import {
  acceptOath,
  decideReview,
  insertDraft,
  oathStatement,
  publishVersion,
  submitVersion,
} from '../src/apps/version.ts'
import { inOrganisation } from '../src/apps/version-row.ts'
import { newId } from '../src/kernel/id.ts'
import type { Administration, Person } from './administration.ts'
import { answered, type Reply } from './client.ts'

const ANSWERS = { purpose: true, data: true, pipeline: true, result: true, risk: true, price: true }

/** Publishes an internal app, written by one person and reviewed by another; gives its id. */
export async function publishApp(office: Administration, contract: AppContract, app_id = newId()): Promise<string> {
  const author = await office.join({ designations: ['expert'] })
  const { organisation } = office
  await office.inside(organisation.id, async (organisationTx) => {
    const tx = inOrganisation(organisationTx)
    await organisationTx
      .insertInto('apps.app')
      .values({ id: app_id })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    const draft = await insertDraft(tx, { app_id, author_id: author.member_id, content: contract })
    const by = { person_id: author.member_id, version_id: draft.id, checks: [] }
    const { revision } = await submitVersion(tx, { ...by, revision: draft.revision })
    const reviewer = { person_id: organisation.owner.member_id, version_id: draft.id, checks: [], revision }
    const decision = { decision: 'approved', comment: null, answers: ANSWERS, is_author: false } as const
    const approved = await decideReview(tx, { ...reviewer, ...decision })
    const oath = await acceptOath(tx, { ...by, revision: approved.revision, statement: oathStatement(contract) })
    await publishVersion(tx, { ...by, revision: oath.revision })
  })
  return app_id
}

export type RunBody = {
  readonly input: object
  readonly max_price_micros?: number
  readonly quote_id?: string
  readonly thread_id?: string
  readonly jurisdiction?: string
}

/** Starts a run and waits until it no longer goes on by itself. */
export async function runApp(
  office: Administration,
  person: Pick<Person, 'as'>,
  app_id: string,
  { max_price_micros = 1_000_000, ...body }: RunBody,
  headers: Record<string, string> = {},
): Promise<Reply> {
  const price = body.quote_id === undefined ? { max_price_micros } : {}
  return office.client.request('POST', `${office.organisation.path}/apps/${app_id}/runs?wait_ms=20000`, {
    as: person.as,
    body: { ...body, ...price },
    headers,
  })
}

/** A run as its record shows it, after it no longer goes on by itself. */
export async function settledRun(office: Administration, person: Pick<Person, 'as'>, run_id: string) {
  const path = `${office.organisation.path}/runs/${run_id}?wait_ms=20000`
  return answered((await office.client.request('GET', path, { as: person.as })).body)
}
