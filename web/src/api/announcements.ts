// What the deployment tells everybody.

import { queryOptions } from '@tanstack/react-query'
import type { Answer } from './answer.ts'
import { answerOf, api } from './client.ts'
import { listQuery } from './list.ts'

export type Announcement = Answer<'/api/platform/announcements', 'get'>['items'][number]
export type ShownAnnouncement = Answer<'/api/me/announcements', 'get'>['items'][number]

export const SEVERITIES = ['info', 'warning', 'critical'] as const
export type Severity = (typeof SEVERITIES)[number]

const EVERY_MS = 60_000

/** Those that are shown now. An announcement is read within a minute, also by a page that stays open. */
export const shownAnnouncementsQuery = queryOptions({
  queryKey: ['me', 'announcements'],
  queryFn: () => answerOf(api.GET('/api/me/announcements')),
  staleTime: EVERY_MS / 2,
  refetchInterval: EVERY_MS,
})

export const announcementsQuery = listQuery(['platform', 'announcements'], (page) =>
  answerOf(api.GET('/api/platform/announcements', { params: { query: page } })),
)
