// A version with all that its page shows, and what the log says of what was done to it.

import type { EntryDraft } from '../../audit/append.ts'
import type { AuditEvent } from '../../audit/event.ts'
import { notFound } from '../../kernel/problem.ts'
import { type Check, parseContract } from '../check.ts'
import type { AppContract } from '../contract.ts'
import { type Difference, diffContents } from '../diff.ts'
import { casesOf, runBench, type TestResult } from '../test-bench.ts'
import { findOath, listReviews, oathStatement, QUESTIONS, REVIEW_QUESTIONS } from '../version.ts'
import { type AppsTx, getVersionRow, type VersionRow, type VersionSummary } from '../version-row.ts'
import { isObject } from './value.ts'

/** The contract in a version, or null where a draft is none yet. */
function contractIn(content: unknown): AppContract | null {
  try {
    return parseContract(content)
  } catch {
    return null
  }
}

const answersOf = (answers: unknown): Record<string, boolean> =>
  isObject(answers) ? Object.fromEntries(Object.entries(answers).map(([name, value]) => [name, value === true])) : {}

/** The detail of a version, with its checks as they came out. */
export async function viewVersion(tx: AppsTx, row: VersionRow, checks: readonly Check[]) {
  const contract = contractIn(row.content)
  const reviews = await listReviews(tx, row.id)
  return {
    ...row,
    content_hash: row.content_hash?.toString('hex') ?? null,
    checks,
    reviews: reviews.map((review) => ({ ...review, answers: answersOf(review.answers) })),
    oath: await findOath(tx, row.id),
    oath_statement: contract === null ? null : oathStatement(contract),
    published_version_id: await findCurrent(tx, row.app_id),
    questions: QUESTIONS.map((question) => ({ question, says: REVIEW_QUESTIONS[question] })),
  }
}

/** The version of an app that is published or suspended, or null. */
async function findCurrent(tx: AppsTx, app_id: string): Promise<string | null> {
  const current = await tx
    .selectFrom('apps.version')
    .select('id')
    .where('app_id', '=', app_id)
    .where('state', 'in', ['published', 'suspended'])
    .executeTakeFirst()
  return current?.id ?? null
}

/**
 * What changed from another version of the same app, by default the published one, to this one; from nothing where there is
 * none. Refuses with `not_found` what is no version of this app.
 */
export async function diffVersion(
  tx: AppsTx,
  version_id: string,
  against: string | undefined,
): Promise<{ readonly against: string | null; readonly differences: readonly Difference[] }> {
  const row = await getVersionRow(tx, version_id)
  const other_id = against ?? (await findCurrent(tx, row.app_id))
  if (other_id === null) return { against: null, differences: diffContents({}, row.content) }
  const other = await getVersionRow(tx, other_id)
  if (other.app_id !== row.app_id) throw notFound()
  return { against: other.id, differences: diffContents(other.content, row.content) }
}

/** Puts made and own inputs to a version. Refuses with `contract_invalid` a draft that is no contract yet. */
export async function testVersion(
  tx: AppsTx,
  version_id: string,
  inputs: readonly unknown[],
): Promise<{ readonly version: VersionSummary; readonly items: readonly TestResult[] }> {
  const version = await getVersionRow(tx, version_id)
  const contract = parseContract(version.content)
  const own = inputs.map((input, index) => ({
    kind: 'own' as const,
    title: `Own input ${index + 1}`,
    input,
    expected: null,
  }))
  return { version, items: runBench(contract, [...casesOf(contract), ...own]) }
}

/** What a new draft of an app begins with: what was given, or else its newest version. */
export async function newContent(tx: AppsTx, app_id: string, content: unknown): Promise<unknown> {
  const newest = await tx
    .selectFrom('apps.version')
    .select('content')
    .where('app_id', '=', app_id)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (newest === undefined) throw notFound()
  return content ?? newest.content
}

/** An entry that tells of something done to a version. */
export function versionEntry(
  event: AuditEvent,
  version: Pick<VersionSummary, 'id' | 'app_id' | 'name' | 'version' | 'revision'>,
  more: Readonly<Record<string, unknown>> = {},
): EntryDraft {
  const { id, app_id, name, version: number, revision } = version
  return {
    event,
    target: { type: 'app', id: app_id },
    data: { version_id: id, name, version: number, revision, ...more },
  }
}
