// Keeps what is on the screen true while others work: one stream of server-sent events per tab, while the tab can be seen.
// It says only that something changed; what is shown is then read again, by whoever may.

import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { meQuery, organisationQuery } from '../session/facts.ts'
import { onAccessChange, onSessionReturn, reportSessionEnd } from '../session/session-events.ts'
import { toastProblem } from '../ui/toast.tsx'

/** Changes that come together are read together. */
const GATHER_MS = 2500
/** A stream that was refused is tried again after this. */
const RETRY_MS = 30_000

/** What work changes; administration may change anything. */
const WORK_TOPICS: ReadonlySet<unknown> = new Set([
  'app-health',
  'approvals',
  'audit',
  'executions',
  'files',
  'human-tasks',
  'limits',
  'quotas',
  'runs',
  'schedules',
  'spend-limits',
  'threads',
  'usage',
  'wallet',
])

/** The same of the platform: people who come and go. */
const PLATFORM_WORK_TOPICS: ReadonlySet<unknown> = new Set(['account', 'accounts', 'audit', 'overview'])

/** Where a page is, when it is in no organisation. */
export const ON_PLATFORM = 'platform'

type Topic = 'work' | 'administration'

const isTopic = (value: unknown): value is Topic => value === 'work' || value === 'administration'

/** Follows the session and, where one is in an organisation (by its id) or on the platform, what changes there. */
export function useLiveUpdates(place: string | null): void {
  const client = useQueryClient()
  const { t } = useTranslation('shell')
  useEffect(() => follow(client, place), [client, place])
  useEffect(
    () =>
      onAccessChange(() => {
        if (place === null || place === ON_PLATFORM) return
        toastProblem(t('accessChanged'), t('accessChangedText'))
        void client.invalidateQueries({ queryKey: organisationQuery(place).queryKey })
      }),
    [client, place, t],
  )
}

const streamOf = (place: string | null): string => {
  if (place === null) return '/api/me/events'
  return place === ON_PLATFORM ? '/api/me/events?platform=true' : `/api/me/events?organisation=${place}`
}

/** Opens a stream whenever the tab can be seen; returns how to end it. */
function follow(client: QueryClient, place: string | null): () => void {
  const reread = gather((topics) => invalidate(client, place, topics))
  const state: { source: EventSource | null; retry: number | undefined; wasOpen: boolean } = {
    source: null,
    retry: undefined,
    wasOpen: false,
  }
  const close = () => {
    clearTimeout(state.retry)
    state.source?.close()
    state.source = null
  }
  const open = () => {
    close()
    if (document.visibilityState !== 'visible') return
    const source = new EventSource(streamOf(place))
    state.source = source
    source.addEventListener('open', () => {
      // Between two streams something may have been missed.
      if (state.wasOpen) reread.add(['administration'])
      state.wasOpen = true
    })
    source.addEventListener('changed', (event) => reread.add(topicsIn(event)))
    source.addEventListener('session_ended', () => {
      close()
      reportSessionEnd()
    })
    source.addEventListener('error', () => {
      if (source.readyState !== EventSource.CLOSED) return
      // Refused: if the session has ended, reading who one is says so.
      void client.invalidateQueries({ queryKey: meQuery.queryKey, exact: true })
      state.retry = window.setTimeout(open, RETRY_MS)
    })
  }
  open()
  document.addEventListener('visibilitychange', open)
  const forget = onSessionReturn(open)
  return () => {
    document.removeEventListener('visibilitychange', open)
    forget()
    reread.stop()
    close()
  }
}

/** Calls `run` with the first topics at once and with all that follow soon after together. */
function gather(run: (topics: ReadonlySet<Topic>) => void) {
  const waiting = new Set<Topic>()
  let timer: number | undefined
  const flush = () => {
    timer = undefined
    if (waiting.size === 0) return
    timer = window.setTimeout(flush, GATHER_MS)
    const topics = new Set(waiting)
    waiting.clear()
    run(topics)
  }
  return {
    add: (topics: readonly Topic[]) => {
      for (const topic of topics) waiting.add(topic)
      if (timer === undefined) flush()
    },
    stop: () => clearTimeout(timer),
  }
}

function topicsIn(event: MessageEvent<unknown>): readonly Topic[] {
  const data: unknown = typeof event.data === 'string' ? JSON.parse(event.data) : null
  const topics: unknown = typeof data === 'object' && data !== null ? Reflect.get(data, 'topics') : null
  return Array.isArray(topics) ? topics.filter(isTopic) : []
}

function invalidate(client: QueryClient, place: string | null, topics: ReadonlySet<Topic>): void {
  const isAll = topics.has('administration')
  void client.invalidateQueries({
    predicate: ({ queryKey: [scope, second, third] }) =>
      place === ON_PLATFORM
        ? scope === 'platform' && (isAll || PLATFORM_WORK_TOPICS.has(second))
        : scope === 'org' && second === place && (isAll || WORK_TOPICS.has(third)),
  })
}
