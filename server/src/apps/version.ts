// The life of a version (requirements 1.7): draft → submitted → approved by somebody who is not the author → sworn to by the
// author → published → superseded, suspended or withdrawn. One code for internal and public apps; only who may review differs.
// Every act names the revision it was decided on, so that nobody decides unseen.

import { sql } from 'kysely'
import { constraintOf } from '../kernel/database-error.ts'
import { newId } from '../kernel/id.ts'
import type { Check } from './check.ts'
import { isPassed, parseContract } from './check.ts'
import type { AppContract } from './contract.ts'
import { hashContract } from './contract-hash.ts'
import {
  appChecksFailed,
  appNotAuthor,
  appOathDiffers,
  appOathMissing,
  appOwnReview,
  appReviewIncomplete,
  appVersionChanged,
  appVersionNumberTaken,
  appVersionState,
} from './problems.ts'
import { type AppsTx, getVersionRow, SUMMARY, stateOf, type VersionRow, type VersionState } from './version-row.ts'
import type { VersionSummary } from './version-row.ts'

/** What a reviewer answers, the same for internal and public apps. */
export const REVIEW_QUESTIONS = {
  purpose: 'The app does what its name and description say, and promises no more',
  data: 'It asks only for what its work needs, and its data classes are right',
  pipeline: 'Every step is visible and understandable; what comes from outside is treated as data',
  result: 'The output schema says all that a reader relies on',
  risk: 'Risk, consequences and supervision fit what a wrong output could do',
  price: 'The price is clear and fair',
} as const
export type ReviewQuestion = keyof typeof REVIEW_QUESTIONS
export type ReviewAnswers = Readonly<Record<ReviewQuestion, boolean>>

const isQuestion = (word: string): word is ReviewQuestion => Object.hasOwn(REVIEW_QUESTIONS, word)
export const QUESTIONS: readonly ReviewQuestion[] = Object.freeze(Object.keys(REVIEW_QUESTIONS).filter(isQuestion))

/** The Digital Oath for one version: one sentence, to be given word for word. */
export function oathStatement({ info }: Pick<AppContract, 'info'>): string {
  return (
    `I built and tested version ${info.version} of "${info.name}", and I take professional responsibility for this ` +
    'version: that it does what it says, and that its risk and supervision are declared truthfully.'
  )
}

/** A new draft of an app; the app itself must exist. */
export async function insertDraft(
  tx: AppsTx,
  draft: { readonly app_id: string; readonly author_id: string | null; readonly content: unknown },
): Promise<VersionSummary> {
  const row = await tx
    .insertInto('apps.version')
    .values({ id: newId(), ...draft, content: JSON.stringify(draft.content) })
    .returning(SUMMARY)
    .executeTakeFirstOrThrow()
  return { ...row, state: stateOf(row.state) }
}

/** What an act changes of a version besides its revision. */
type Change = Partial<{
  state: VersionState
  content: string
  version: string | null
  content_hash: Buffer | null
  reason: string | null
  submitted_at: Date | null
}>
type Instant = 'submitted_at' | 'published_at' | 'ended_at'

/**
 * The version, locked, if it is in one of the states and has the revision that was decided on. Refuses with `not_found`,
 * `app_version_changed` or `app_version_state`.
 */
async function lockVersion(
  tx: AppsTx,
  version_id: string,
  needed: readonly VersionState[],
  revision: number | null,
): Promise<VersionRow> {
  await tx.selectFrom('apps.version').select('id').where('id', '=', version_id).forUpdate().execute()
  const row = await getVersionRow(tx, version_id)
  if (revision !== null && row.revision !== revision) throw appVersionChanged({ revision: row.revision })
  requireState(row, needed)
  return row
}

function requireState({ state }: VersionRow, needed: readonly VersionState[]): void {
  if (needed.includes(state)) return
  throw appVersionState({ state, needed }, { detail: `The version is ${state}; this needs ${needed.join(' or ')}.` })
}

async function setVersion(
  tx: AppsTx,
  version_id: string,
  change: Change,
  ...stamped: readonly Instant[]
): Promise<VersionSummary> {
  const now = sql<Date>`now()`
  const row = await tx
    .updateTable('apps.version')
    .set((is) => ({ ...change, revision: is('revision', '+', 1), updated_at: now }))
    .$if(stamped.includes('submitted_at'), (update) => update.set({ submitted_at: now }))
    .$if(stamped.includes('published_at'), (update) => update.set({ published_at: now }))
    .$if(stamped.includes('ended_at'), (update) => update.set({ ended_at: now }))
    .where('id', '=', version_id)
    .returning(SUMMARY)
    .executeTakeFirstOrThrow()
    .catch((error: unknown) => {
      throw constraintOf(error) === 'version__number_is_taken' ? appVersionNumberTaken() : error
    })
  return { ...row, state: stateOf(row.state) }
}

function requireAuthor(row: VersionRow, person_id: string): void {
  if (row.author_id !== person_id) throw appNotAuthor()
}

/** Throws `app_checks_failed` with everything that was found; the oath may be pending where it is not due. */
function requireChecks(checks: readonly Check[], with_oath: boolean): void {
  if (isPassed(checks, with_oath)) return
  const failed = checks.filter(({ check, result }) => result !== 'passed' && (with_oath || check !== 'oath_signed'))
  const fields = failed.flatMap(({ findings }) => findings).slice(0, 100)
  const names = failed.map(({ check }) => check)
  throw appChecksFailed({ checks: names }, { fields, detail: `These checks do not pass: ${names.join(', ')}.` })
}

/** Refuses with `app_not_author` or `app_version_state` what is no draft of one's own. */
export function requireOwnDraft(row: VersionRow, person_id: string): void {
  requireState(row, ['draft'])
  requireAuthor(row, person_id)
}

/** Puts new content into a draft of one's own. */
export async function changeDraft(
  tx: AppsTx,
  act: {
    readonly person_id: string
    readonly version_id: string
    readonly revision: number
    readonly content: unknown
  },
): Promise<VersionSummary> {
  const row = await lockVersion(tx, act.version_id, ['draft'], act.revision)
  requireAuthor(row, act.person_id)
  return setVersion(tx, row.id, { content: JSON.stringify(act.content) })
}

/** Throws a draft of one's own away. */
export async function deleteDraft(tx: AppsTx, person_id: string, version_id: string): Promise<VersionSummary> {
  const row = await lockVersion(tx, version_id, ['draft'], null)
  requireAuthor(row, person_id)
  await tx.deleteFrom('apps.version').where('id', '=', version_id).execute()
  return row
}

type Decided = {
  readonly person_id: string
  readonly version_id: string
  readonly revision: number
  /** The checks of the very content that the revision has. */
  readonly checks: readonly Check[]
}

/** Submits a draft of one's own for review: from here on its content, number and hash stand. */
export async function submitVersion(tx: AppsTx, act: Decided): Promise<VersionSummary> {
  const row = await lockVersion(tx, act.version_id, ['draft'], act.revision)
  requireAuthor(row, act.person_id)
  requireChecks(act.checks, false)
  const contract = parseContract(row.content)
  const change = { state: 'submitted', version: contract.info.version, reason: null } as const
  return setVersion(tx, row.id, { ...change, content_hash: hashContract(contract) }, 'submitted_at')
}

const UNDONE = { state: 'draft', version: null, content_hash: null, submitted_at: null } as const

/** Makes a version of one's own a draft again, before it is published; a review given to it counts no more. */
export async function takeBackVersion(
  tx: AppsTx,
  act: Pick<Decided, 'person_id' | 'version_id' | 'revision'>,
): Promise<VersionSummary> {
  const row = await lockVersion(tx, act.version_id, ['submitted', 'approved'], act.revision)
  requireAuthor(row, act.person_id)
  if ((await findOath(tx, row.id)) !== null)
    throw appVersionState({ state: 'sworn', needed: ['submitted', 'approved'] })
  return setVersion(tx, row.id, UNDONE)
}

export type ReviewDecision = {
  readonly decision: 'approved' | 'returned'
  readonly comment: string | null
  readonly answers: ReviewAnswers
}

/** Approves a submitted version or returns it to its author with a comment. Never the author's own: `app_own_review`. */
export async function decideReview(
  tx: AppsTx,
  act: Decided & ReviewDecision & { readonly is_author: boolean },
): Promise<VersionSummary> {
  const { decision, comment, answers } = act
  const row = await lockVersion(tx, act.version_id, ['submitted'], act.revision)
  if (act.is_author || row.author_id === act.person_id) throw appOwnReview()
  const is_complete = decision === 'approved' ? QUESTIONS.every((each) => answers[each]) : (comment ?? '').trim() !== ''
  if (!is_complete) throw appReviewIncomplete()
  if (decision === 'approved') requireChecks(act.checks, false)
  const { author_id, content_hash } = row
  if (content_hash === null) throw new Error('A submitted version has its hash')
  const review = { id: newId(), version_id: row.id, author_id, reviewer_id: act.person_id, decision, comment }
  await tx
    .insertInto('apps.review')
    .values({ ...review, answers: JSON.stringify(answers), content_hash })
    .execute()
  if (decision === 'approved') return setVersion(tx, row.id, { state: 'approved' })
  return setVersion(tx, row.id, { ...UNDONE, reason: comment })
}

export type Oath = { readonly expert_id: string | null; readonly statement: string; readonly accepted_at: Date }

/** The oath given for a version, or null. */
export async function findOath(tx: AppsTx, version_id: string): Promise<Oath | null> {
  const oath = await tx
    .selectFrom('apps.oath')
    .select(['expert_id', 'statement', 'accepted_at'])
    .where('version_id', '=', version_id)
    .executeTakeFirst()
  return oath ?? null
}

/** Gives the Digital Oath for an approved version of one's own, in its words. It cannot be taken back. */
export async function acceptOath(
  tx: AppsTx,
  act: Pick<Decided, 'person_id' | 'version_id' | 'revision'> & { readonly statement: string },
): Promise<VersionSummary & { readonly content_hash: Buffer }> {
  const row = await lockVersion(tx, act.version_id, ['approved'], act.revision)
  requireAuthor(row, act.person_id)
  const { content_hash } = row
  if (content_hash === null) throw new Error('An approved version has its hash')
  const statement = oathStatement(parseContract(row.content))
  if (act.statement !== statement) throw appOathDiffers({ statement })
  const given = await findOath(tx, row.id)
  if (given === null) {
    await tx
      .insertInto('apps.oath')
      .values({ version_id: row.id, expert_id: act.person_id, statement, content_hash })
      .execute()
  }
  return { ...row, content_hash }
}

/** Publishes a version of one's own that was approved and sworn to; the one before it is superseded. */
export async function publishVersion(tx: AppsTx, act: Decided): Promise<VersionSummary> {
  const row = await lockVersion(tx, act.version_id, ['approved'], act.revision)
  requireAuthor(row, act.person_id)
  if ((await findOath(tx, row.id)) === null) throw appOathMissing()
  requireChecks(act.checks, true)
  return makeCurrent(tx, row)
}

/** Makes a version the one that runs. The database refuses one without review and oath. */
export async function makeCurrent(tx: AppsTx, { id, app_id }: VersionSummary): Promise<VersionSummary> {
  const current = await tx
    .selectFrom('apps.version')
    .select('id')
    .where('app_id', '=', app_id)
    .where('state', 'in', ['published', 'suspended'])
    .forUpdate()
    .executeTakeFirst()
  if (current !== undefined) await setVersion(tx, current.id, { state: 'superseded' }, 'ended_at')
  return setVersion(tx, id, { state: 'published' }, 'published_at')
}

/** Suspends the published version of an app: it answers like one that does not exist until it is resumed. */
export async function suspendVersion(tx: AppsTx, version_id: string, reason: string): Promise<VersionSummary> {
  const row = await lockVersion(tx, version_id, ['published'], null)
  return setVersion(tx, row.id, { state: 'suspended', reason })
}

/** Lets a suspended version run again. */
export async function resumeVersion(tx: AppsTx, version_id: string): Promise<VersionSummary> {
  const row = await lockVersion(tx, version_id, ['suspended'], null)
  return setVersion(tx, row.id, { state: 'published', reason: null })
}

/** Takes the current version of an app out of use for good; a later version can be published. */
export async function withdrawVersion(tx: AppsTx, version_id: string, reason: string): Promise<VersionSummary> {
  const row = await lockVersion(tx, version_id, ['published', 'suspended'], null)
  return setVersion(tx, row.id, { state: 'withdrawn', reason }, 'ended_at')
}

export type Review = {
  readonly id: string
  readonly reviewer_id: string
  readonly decision: string
  readonly comment: string | null
  readonly answers: unknown
  readonly decided_at: Date
}

/** The reviews of a version, newest first. */
export async function listReviews(tx: AppsTx, version_id: string): Promise<readonly Review[]> {
  return tx
    .selectFrom('apps.review')
    .select(['id', 'reviewer_id', 'decision', 'comment', 'answers', 'decided_at'])
    .where('version_id', '=', version_id)
    .orderBy('id', 'desc')
    .limit(100)
    .execute()
}
