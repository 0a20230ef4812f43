// What is done with versions at a desk, whichever it is: the routes of organisations and of the platform only tie their
// paths and permissions to these.

import { appNotAuthor, appVersionChanged } from '../problems.ts'
import {
  acceptOath,
  changeDraft,
  decideReview,
  deleteDraft,
  insertDraft,
  publishVersion,
  requireOwnDraft,
  resumeVersion,
  type ReviewAnswers,
  submitVersion,
  suspendVersion,
  takeBackVersion,
  withdrawVersion,
} from '../version.ts'
import type { CheckedVersion } from '../version-check.ts'
import { getVersionRow, type VersionSummary } from '../version-row.ts'
import type { Desk } from './desk.ts'
import { newContent, testVersion, versionEntry, viewVersion } from './version-view.ts'

type At = { readonly version_id: string; readonly revision: number }

/** A version as somebody saw it, with its checks; refuses with `app_version_changed` when it is no longer that. */
async function checkedAt(desk: Desk, { version_id, revision }: At): Promise<CheckedVersion> {
  const checked = await desk.checked({ version_id })
  if (checked.row.revision !== revision) throw appVersionChanged({ revision: checked.row.revision })
  return checked
}

export async function showVersion(desk: Desk, version_id: string) {
  const { row, checks } = await desk.checked({ version_id })
  return desk.read((tx) => viewVersion(tx, row, checks))
}

/** Begins a new version of an app: with what is given, or with its newest one. */
export async function beginVersion(desk: Desk, app_id: string, given: unknown): Promise<VersionSummary> {
  const author_id = desk.authorId()
  return desk.act(async (tx) => {
    const content = await newContent(tx, app_id, given)
    const version = await insertDraft(tx, { app_id, author_id, content })
    return { result: version, entry: versionEntry('app.drafted', version) }
  })
}

/** Puts new content into a draft and says what its checks make of it. */
export async function putContent(desk: Desk, at: At, content: unknown) {
  const person_id = desk.authorId()
  await desk.act(async (tx) => {
    const version = await changeDraft(tx, { ...at, person_id, content })
    return { result: version, entry: versionEntry('app.draft_changed', version) }
  })
  return showVersion(desk, at.version_id)
}

/** What the checks make of content that nobody has saved: of a draft of one's own, as it would be changed. */
export async function checkUnsaved(desk: Desk, version_id: string, unsaved: unknown) {
  const person_id = desk.authorId()
  const { row, checks } = await desk.checked({ version_id, unsaved })
  requireOwnDraft(row, person_id)
  return { checks }
}

export async function throwAway(desk: Desk, version_id: string): Promise<void> {
  const person_id = desk.authorId()
  await desk.act(async (tx) => {
    const version = await deleteDraft(tx, person_id, version_id)
    return { result: version, entry: versionEntry('app.draft_deleted', version) }
  })
}

export async function submit(desk: Desk, at: At): Promise<VersionSummary> {
  const person_id = desk.authorId()
  const { checks } = await checkedAt(desk, at)
  return desk.act(async (tx) => {
    const version = await submitVersion(tx, { ...at, person_id, checks })
    return { result: version, entry: versionEntry('app.submitted', version) }
  })
}

export async function takeBack(desk: Desk, at: At): Promise<VersionSummary> {
  const person_id = desk.authorId()
  return desk.act(async (tx) => {
    const version = await takeBackVersion(tx, { ...at, person_id })
    return { result: version, entry: versionEntry('app.taken_back', version) }
  })
}

export async function review(
  desk: Desk,
  at: At,
  decided: {
    readonly decision: 'approved' | 'returned'
    readonly comment?: string | null
    readonly answers: ReviewAnswers
  },
): Promise<VersionSummary> {
  const { row, checks } = await checkedAt(desk, at)
  const is_author = (await desk.userOf(row.author_id)) === desk.user_id
  const { decision, comment = null, answers } = decided
  return desk.act(async (tx) => {
    const person_id = desk.reviewer_id
    const version = await decideReview(tx, { ...at, person_id, checks, is_author, decision, comment, answers })
    const content_hash = row.content_hash?.toString('hex') ?? null
    const entry = versionEntry('app.review_decided', version, { decision, answers, content_hash, number: row.version })
    return { result: version, entry }
  })
}

export async function giveOath(desk: Desk, at: At, statement: string) {
  const person_id = desk.authorId()
  await desk.act(async (tx) => {
    const { content_hash, ...version } = await acceptOath(tx, { ...at, person_id, statement })
    const data = { statement, content_hash: content_hash.toString('hex') }
    return { result: version, entry: versionEntry('app.oath_accepted', version, data) }
  })
  return showVersion(desk, at.version_id)
}

export async function publish(desk: Desk, at: At): Promise<VersionSummary> {
  const person_id = desk.authorId()
  const { row, checks } = await checkedAt(desk, at)
  return desk.act(async (tx) => {
    const version = await publishVersion(tx, { ...at, person_id, checks })
    const content_hash = row.content_hash?.toString('hex') ?? null
    return { result: version, entry: versionEntry('app.published', version, { content_hash }) }
  })
}

export async function suspend(desk: Desk, version_id: string, reason: string): Promise<VersionSummary> {
  return desk.act(async (tx) => {
    const version = await suspendVersion(tx, version_id, reason)
    const entry = versionEntry('app.suspended', version, { reason })
    return { result: version, entry, blocked_app_id: version.app_id }
  })
}

export async function resume(desk: Desk, version_id: string): Promise<VersionSummary> {
  return desk.act(async (tx) => {
    const version = await resumeVersion(tx, version_id)
    return { result: version, entry: versionEntry('app.resumed', version) }
  })
}

/**
 * By its author or by a reviewer. No run of it begins any more; those that run go on: a withdrawal is no verdict on them.
 */
export async function withdraw(
  desk: Desk,
  version_id: string,
  reason: string,
  is_reviewer: boolean,
): Promise<VersionSummary> {
  const author_id = await desk.read(async (tx) => (await getVersionRow(tx, version_id)).author_id)
  if (!is_reviewer && author_id !== desk.authorId()) throw appNotAuthor()
  return desk.act(async (tx) => {
    const version = await withdrawVersion(tx, version_id, reason)
    return { result: version, entry: versionEntry('app.withdrawn', version, { reason }) }
  })
}

export async function test(desk: Desk, version_id: string, inputs: readonly unknown[]) {
  return desk.act(async (tx) => {
    const { version, items } = await testVersion(tx, version_id, inputs)
    const agreeing = items.filter(({ expected, outcome }) => expected === null || expected === outcome).length
    const entry = versionEntry('app.tested', version, { cases: items.length, as_expected: agreeing })
    return { result: { items }, entry }
  })
}

/** The content of a version, for its archive. */
export const contentOf = (desk: Desk, version_id: string): Promise<unknown> =>
  desk.read(async (tx) => (await getVersionRow(tx, version_id)).content)
