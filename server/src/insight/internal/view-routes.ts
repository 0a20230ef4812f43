import { Type } from 'typebox'
import { ORGANISATION_PATH, type Route, route } from '../../http/route.ts'
import { Id, Name, orgParams, Timestamp } from '../../http/schema.ts'
import { tooManyViews, viewNameTaken, viewOfAnother } from '../problems.ts'
import {
  changeSavedView,
  createSavedView,
  deleteSavedView,
  getSavedView,
  listSavedViews,
  type ViewScreen,
  VIEW_SCREENS,
} from '../saved-view.ts'

const tag = 'Saved views'
const VIEWS = `${ORGANISATION_PATH}/saved-views`

const isScreen = (word: string): word is ViewScreen => Object.hasOwn(VIEW_SCREENS, word)
const Screen = Type.Enum(Object.keys(VIEW_SCREENS).filter(isScreen))
const Search = Type.Record(Type.String({ pattern: '^[a-z_]{1,40}$' }), Type.String({ maxLength: 500 }), {
  maxProperties: 30,
  description: "The filters, as the query of the screen's address names them",
})

const SavedView = Type.Object({
  id: Id,
  screen: Type.String(),
  name: Name,
  search: Type.Unknown(),
  is_shared: Type.Boolean(),
  member_id: Id,
  is_own: Type.Boolean(),
  created_at: Timestamp,
  updated_at: Timestamp,
})

const closed = { additionalProperties: false }
const scope = 'organisation'
const permission = 'run.view_own'
const target = ({ id }: { readonly id: string }) => ({ type: 'saved_view', id })

/** The filters of lists, kept under names. */
export function viewRoutes(): readonly Route[] {
  return [
    route({
      operation: 'saved_view_list',
      method: 'GET',
      path: VIEWS,
      scope,
      permission,
      tag,
      summary: 'List the views of a list: own ones and those that others share',
      params: orgParams(),
      query: Type.Object({ screen: Screen }, closed),
      response: Type.Object({ items: Type.Array(SavedView) }),
      handle: async (tx, actor, { query }) => ({ items: await listSavedViews(tx, actor, query.screen) }),
    }),
    route({
      operation: 'saved_view_create',
      method: 'POST',
      path: VIEWS,
      scope,
      permission,
      tag,
      summary: 'Keep the filters of a list under a name, for oneself or shared',
      params: orgParams(),
      body: Type.Object({ screen: Screen, name: Name, search: Search, is_shared: Type.Boolean() }, closed),
      response: SavedView,
      status: 201,
      problems: [viewNameTaken, tooManyViews],
      audit: { event: 'saved_view.created', target, data: ({ screen, is_shared }) => ({ screen, is_shared }) },
      handle: (tx, actor, { body }) => createSavedView(tx, actor, body),
    }),
    route({
      operation: 'saved_view_get',
      method: 'GET',
      path: `${VIEWS}/:view`,
      scope,
      permission,
      tag,
      summary: 'Get a view, an own or a shared one',
      params: orgParams('view'),
      response: SavedView,
      handle: (tx, actor, { params }) => getSavedView(tx, actor, params.view),
    }),
    route({
      operation: 'saved_view_change',
      method: 'PATCH',
      path: `${VIEWS}/:view`,
      scope,
      permission,
      tag,
      summary: 'Change the name or the filters of an own view, or whether it is shared',
      params: orgParams('view'),
      body: Type.Object(
        { name: Type.Optional(Name), search: Type.Optional(Search), is_shared: Type.Optional(Type.Boolean()) },
        { ...closed, minProperties: 1 },
      ),
      response: SavedView,
      problems: [viewNameTaken, viewOfAnother],
      audit: { event: 'saved_view.updated', target, data: ({ screen, is_shared }) => ({ screen, is_shared }) },
      handle: (tx, actor, { params, body }) => changeSavedView(tx, actor, params.view, body),
    }),
    route({
      operation: 'saved_view_delete',
      method: 'DELETE',
      path: `${VIEWS}/:view`,
      scope,
      permission,
      tag,
      summary: 'Delete an own view, or clear a shared one away',
      params: orgParams('view'),
      response: Type.Object({}),
      status: 204,
      problems: [viewOfAnother],
      audit: { event: 'saved_view.deleted', target: (_output, { params }) => target({ id: params.view }) },
      async handle(tx, actor, { params }) {
        await deleteSavedView(tx, actor, params.view)
        return {}
      },
    }),
  ]
}
