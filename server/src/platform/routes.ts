import { Type } from 'typebox'
import { Nothing, type Route, route } from '../http/route.ts'
import { Id, nullable, PageQuery, pageSchema, Timestamp } from '../http/schema.ts'
import { badCursor } from '../kernel/page.ts'
import {
  changeAnnouncement,
  createAnnouncement,
  listAnnouncements,
  listShownAnnouncements,
  SEVERITIES,
} from './announcement.ts'
import { announcementOrder } from './problems.ts'

const tag = 'Announcements'
const PATH = '/api/platform/announcements'
const scope = 'platform'
const permission = 'platform.settings.manage'

const Text = Type.String({ minLength: 1, maxLength: 300, pattern: '^(?=.*\\S)\\P{Cc}+$' })
const Severity = Type.Enum(SEVERITIES)

const Announcement = Type.Object({
  id: Id,
  text: Type.String(),
  severity: Type.String(),
  starts_at: Timestamp,
  ends_at: nullable(Timestamp),
  ended_at: nullable(Timestamp),
  edition: Type.Integer({ description: 'Raised when it says something else' }),
  state: Type.String({ description: 'planned, shown or over' }),
})

const Draft = {
  text: Text,
  severity: Severity,
  starts_at: Type.Optional(Timestamp),
  ends_at: Type.Optional(nullable(Timestamp)),
}
const closed = { additionalProperties: false }
const target = ({ id }: { readonly id: string }) => ({ type: 'announcement', id })

/** What the deployment tells everybody: written by super-admins, read by whoever is signed in. */
export function platformRoutes(): readonly Route[] {
  return [
    route({
      operation: 'my_announcements',
      method: 'GET',
      path: '/api/me/announcements',
      summary: 'What the deployment tells everybody now, the most severe first',
      tag,
      scope: 'person',
      in_one_organisation: true,
      query: Nothing,
      response: Type.Object({
        items: Type.Array(Type.Pick(Announcement, ['id', 'text', 'severity', 'starts_at', 'ends_at', 'edition'])),
      }),
      handle: async (tx) => ({ items: await listShownAnnouncements(tx) }),
    }),
    route({
      operation: 'announcement_list',
      method: 'GET',
      path: PATH,
      summary: 'List announcements, newest first',
      tag,
      scope,
      permission,
      query: PageQuery,
      response: pageSchema(Announcement),
      problems: [badCursor],
      handle: (tx, _actor, { query }) => listAnnouncements(tx, query),
    }),
    route({
      operation: 'announcement_create',
      method: 'POST',
      path: PATH,
      summary: 'Tell everybody something, from now or a later time on',
      tag,
      scope,
      permission,
      body: Type.Object(Draft, closed),
      response: Announcement,
      status: 201,
      problems: [announcementOrder],
      audit: { event: 'announcement.created', target, data: (output) => ({ after: output }) },
      handle: (tx, _actor, { body }) => createAnnouncement(tx, body),
    }),
    route({
      operation: 'announcement_change',
      method: 'PATCH',
      path: `${PATH}/:announcement`,
      summary: 'Change an announcement, end it, or show it again',
      tag,
      scope,
      permission,
      params: Type.Object({ announcement: Id }, closed),
      body: Type.Partial(Type.Object({ ...Draft, is_ended: Type.Boolean() }), closed),
      response: Announcement,
      problems: [announcementOrder],
      audit: {
        event: 'announcement.changed',
        target,
        data: ({ before, ...after }) => ({ before, after }),
      },
      handle: (tx, _actor, { params, body }) => changeAnnouncement(tx, params.announcement, body),
    }),
  ]
}
