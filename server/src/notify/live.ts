// What open pages are told at once: that their session has ended, and that something changed where they are. A node asks
// once a second for all of its pages together, control with two queries, each organisation in sight with two. A page that
// misses something loses nothing: everything it shows can be read again.

import { Readable } from 'node:stream'
import { sql } from 'kysely'
import { comeAgain, type Coming, judgeArrival, requirePlatform } from '../http/authenticate.ts'
import type { ControlDatabase, ControlTx, OrganisationDatabase, OrganisationTx } from '../kernel/database.ts'
import { firstIdAt } from '../kernel/id.ts'
import type { Log } from '../kernel/log.ts'
import { draining, Problem } from '../kernel/problem.ts'
import { notSignedIn } from '../http/problems.ts'
import { tooManyStreams } from './problems.ts'
import { type Entry, readEntries } from '../tenancy/entry.ts'
import { platformTopicOf, type Topic, topicOf } from './topic.ts'

const LOOK_EVERY_MS = 1000
/** Organisations that are asked at the same time. */
const ASKED_AT_ONCE = 4
const KEEP_ALIVE_MS = 15_000
/** A page comes back by itself, and is then judged anew. */
const MAX_STREAM_MS = 300_000
const MAX_PER_PERSON = 10
const MAX_PER_NODE = 2000
/** A page that does not read is let go. */
const MAX_WAITING_BYTES = 16_384
/** Entries of other nodes and of long transactions may come so much later than their ids say. */
const LATE_MS = 10_000
const MAX_ENTRIES = 100
/** A page may have read what it shows so much earlier than it began to follow. */
const HEAD_START_MS = 1000

export type Listener = {
  readonly session_id: string
  readonly user_id: string
  readonly address: string
  /** Where the page is, if it is in an organisation; whoever opens the stream has judged that it may be. */
  readonly place: Place | null
  /** Whether it is on the platform; likewise judged. */
  readonly is_on_platform: boolean
}

export type Place = {
  readonly organisation_id: string
  readonly database: OrganisationDatabase
  /** What control said when the stream was opened. */
  readonly coming: Coming
}

export type Live = {
  /** A stream of server-sent events. Refuses with `too_many_streams`, or `draining`. */
  readonly open: (listener: Listener) => Readable
  /** Ends every stream; pages come back to another node. */
  readonly stop: () => Promise<void>
}

type Page = Listener & {
  readonly organisation_id: string | null
  /** What control said last; the organisation is asked with it. */
  coming: Coming | null
  isOver: boolean
  readonly stream: Readable
  readonly opened_at: Date
  readonly opened_ms: number
  told_ms: number
}

/** The pages of one node. */
export function createLive(control: ControlDatabase, log: Log): Live {
  const pages = new Set<Page>()
  const stopping = new AbortController()
  const every = startLooking(pages, stopping.signal, log)
  const places = new Map<string, ReadonlySet<string>>()
  const loops: Promise<void>[] = []
  const platform: Told = { known: undefined }
  return {
    open(listener) {
      if (stopping.signal.aborted) throw draining({}, { retry_after_s: 1 })
      requireRoom(pages, listener.user_id)
      const stream = new Readable({ read: () => undefined })
      const now_ms = performance.now()
      const { organisation_id = null, coming = null } = listener.place ?? {}
      const since = { opened_at: new Date(), opened_ms: now_ms, told_ms: now_ms }
      const page: Page = { ...listener, organisation_id, coming, isOver: false, stream, ...since }
      pages.add(page)
      stream.once('close', () => pages.delete(page))
      stream.push('retry: 1000\n\nevent: open\ndata: {}\n\n')
      if (loops.length === 0) {
        loops.push(
          every(() => endPages(control, pages)),
          every(() => tellChanges(pages, places)),
          every(() => tellPlatform(control, pages, platform)),
        )
      }
      return stream
    },
    async stop() {
      stopping.abort()
      for (const page of pages) end(page)
      await Promise.all(loops)
    },
  }
}

function requireRoom(pages: ReadonlySet<Page>, user_id: string): void {
  let own = 0
  for (const page of pages) if (page.user_id === user_id) own += 1
  if (own >= MAX_PER_PERSON || pages.size >= MAX_PER_NODE) throw tooManyStreams({}, { retry_after_s: 30 })
}

/** Runs a look every second, one after the other, until stopped; while no page is open nothing is asked. */
function startLooking(pages: ReadonlySet<Page>, signal: AbortSignal, log: Log) {
  return async (run: () => Promise<void>): Promise<void> => {
    while (!signal.aborted) {
      await pause(signal)
      if (signal.aborted || pages.size === 0) continue
      await run().catch((error: unknown) => log.warn({ err: error }, 'open pages could not be told what changed'))
    }
  }
}

function pause(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const wake = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', wake)
      resolve()
    }
    const timer = setTimeout(wake, LOOK_EVERY_MS)
    timer.unref()
    signal.addEventListener('abort', wake, { once: true })
  })
}

function tell(page: Page, event: string, data: object): void {
  if (page.isOver) return
  if (page.stream.readableLength > MAX_WAITING_BYTES) return void page.stream.destroy()
  page.told_ms = performance.now()
  page.stream.push(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
}

/** Ends the pages whose session is over, and those whose time is up; the others are kept alive. */
async function endPages(control: ControlDatabase, pages: ReadonlySet<Page>): Promise<void> {
  const comings = await control.autocommit((tx) => comeAgain(tx, [...pages]))
  const now_ms = performance.now()
  for (const [page, coming] of comings) {
    if (page.isOver) continue
    page.coming = coming
    if (coming === null) {
      endSession(page)
    } else if (now_ms - page.opened_ms > MAX_STREAM_MS) {
      end(page)
    } else if (now_ms - page.told_ms > KEEP_ALIVE_MS) {
      page.told_ms = now_ms
      page.stream.push(': still here\n\n')
    }
  }
}

function endSession(page: Page): void {
  tell(page, 'session_ended', {})
  end(page)
}

/** Nothing can be told to a page after its end, which it may take a while to notice. */
function end(page: Page): void {
  if (!page.isOver) page.stream.push(null)
  page.isOver = true
}

/** Tells pages that something changed in their organisation. `seen` are the newest entries of each that were told. */
async function tellChanges(pages: ReadonlySet<Page>, seen: Map<string, ReadonlySet<string>>): Promise<void> {
  const byPlace = Map.groupBy(
    [...pages].filter(({ place }) => place !== null),
    ({ place }) => place?.organisation_id ?? '',
  )
  for (const known of seen.keys()) if (!byPlace.has(known)) seen.delete(known)
  const places = [...byPlace]
  while (places.length > 0) {
    const some = places.splice(0, ASKED_AT_ONCE)
    const looks = some.map(([organisation_id, there]) => tellOf(organisation_id, there, seen))
    // One organisation that cannot be asked keeps nobody else waiting.
    await Promise.allSettled(looks)
  }
}

async function tellOf(organisation_id: string, there: readonly Page[], seen: Map<string, ReadonlySet<string>>) {
  const [first] = there
  if (first?.place == null) return
  const { entries, people } = await look(first.place.database, there)
  const topics = freshTopics(entries, seen.get(organisation_id), first, topicOf)
  seen.set(organisation_id, new Set(entries.map(({ id }) => id)))
  for (const page of there) {
    if (topics.length > 0) tell(page, 'changed', { organisation_id, topics })
    judge(page, people.get(page.user_id))
  }
}

type Newest = { readonly id: string; readonly event: string }

/** The topics of what was not told before; where nothing was yet, of what came since the first of the pages was opened. */
function freshTopics(
  entries: readonly Newest[],
  known: ReadonlySet<string> | undefined,
  first: Page,
  topicOfEvent: (event: string) => Topic | null,
): readonly Topic[] {
  const since = firstIdAt(new Date(first.opened_at.getTime() - HEAD_START_MS))
  const fresh = entries.filter(({ id }) => (known === undefined ? id >= since : !known.has(id)))
  const topics = new Set(fresh.map(({ event }) => topicOfEvent(event)))
  return [...topics].filter((topic) => topic !== null).sort()
}

/** The newest entries of the platform's log that were told; undefined while none of its pages is open. */
type Told = { known: ReadonlySet<string> | undefined }

/** Tells the pages of the platform that something changed there, and ends those whose person may open it no longer. */
async function tellPlatform(control: ControlDatabase, pages: ReadonlySet<Page>, told: Told): Promise<void> {
  const there = [...pages].filter(({ is_on_platform }) => is_on_platform)
  const [first] = there
  if (first === undefined) {
    told.known = undefined
    return
  }
  const entries = await control.autocommit(readNewest)
  const topics = freshTopics(entries, told.known, first, platformTopicOf)
  told.known = new Set(entries.map(({ id }) => id))
  for (const page of there) {
    const isOpen = page.coming === null || isOnPlatform(page.coming)
    if (topics.length > 0 || !isOpen) {
      tell(page, 'changed', { organisation_id: null, topics: isOpen ? topics : ['administration'] })
    }
    if (!isOpen) end(page)
  }
}

/** What a page of the platform needs to be told of its changes: who may read them. */
export const FOLLOWING = 'platform.audit.view'

function isOnPlatform({ session }: Coming): boolean {
  try {
    requirePlatform(session, FOLLOWING)
    return true
  } catch (error) {
    if (error instanceof Problem) return false
    throw error
  }
}

/** Whether what happens in an organisation is told: only a super-admin works in one that is not active. */
export const isFollowed = ({ session, organisation }: Coming): boolean =>
  organisation?.status === 'active' || session.is_superadmin

/** Ends a page that may no longer be where it is, by the rule of every request; it is judged again when it comes back. */
function judge(page: Page, entry: Entry | undefined): void {
  const { coming, organisation_id, address } = page
  if (coming === null || entry === undefined) return
  const { organisation } = coming
  const verdict =
    organisation !== null && isFollowed(coming) ? verdictOf({ ...coming, organisation }, entry, address) : 'out'
  if (verdict === 'in') return
  if (verdict === 'signed_out') return endSession(page)
  // What it shows is read again, and refused.
  tell(page, 'changed', { organisation_id, topics: ['administration'] })
  end(page)
}

function verdictOf(
  coming: Parameters<typeof judgeArrival>[0],
  entry: Entry,
  address: string,
): 'in' | 'out' | 'signed_out' {
  try {
    return judgeArrival(coming, entry, address).refusal === null ? 'in' : 'out'
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return error.code === notSignedIn.code ? 'signed_out' : 'out'
  }
}

async function look(database: OrganisationDatabase, there: readonly Page[]) {
  const user_ids = [...new Set(there.map(({ user_id }) => user_id))]
  return database.autocommit(async (tx) => ({ entries: await readNewest(tx), people: await readEntries(tx, user_ids) }))
}

/** The newest entries of a log, of an organisation or of the platform. */
async function readNewest(tx: OrganisationTx | ControlTx): Promise<readonly Newest[]> {
  const since = firstIdAt(new Date(Date.now() - LATE_MS))
  const { rows } = await sql<Newest>`
    select id, event from audit.entry where id >= ${since} order by id desc limit ${MAX_ENTRIES}`.execute(tx)
  return rows
}
