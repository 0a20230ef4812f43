import { type Static, Type } from 'typebox'
import { ORGANISATION_PATH, type Route, route } from '../../http/route.ts'
import { Id, Name, nullable, orgParams, Timestamp } from '../../http/schema.ts'
import { listPinnedViews, pinView, unpinView } from '../pinned-view.ts'
import { tooManyPins, tooManyViews, viewNameTaken, viewOfAnother } from '../problems.ts'
import {
  changeSavedView,
  createSavedView,
  deleteSavedView,
  getSavedView,
  listSavedViews,
  VIEW_ROLES,
  type ViewScreen,
  VIEW_SCREENS,
} from '../saved-view.ts'

const tag = 'Saved views'
const VIEWS = `${ORGANISATION_PATH}/saved-views`

const isScreen = (word: string): word is ViewScreen => Object.hasOwn(VIEW_SCREENS, word)
const Screen = Type.Enum(Object.keys(VIEW_SCREENS).filter(isScreen))
const SharedWith = nullable(
  Type.Enum([...VIEW_ROLES], { description: 'The role that alone a shared view is for; null for everybody' }),
)
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
  shared_with: nullable(Type.String()),
  member_id: Id,
  is_own: Type.Boolean(),
  is_pinned: Type.Boolean({ description: "Whether it stands in the reader's sidebar" }),
  created_at: Timestamp,
  updated_at: Timestamp,
})

const closed = { additionalProperties: false }
const scope = 'organisation'
const permission = 'run.view_own'
const told = ({ screen, is_shared, shared_with }: Static<typeof SavedView>) => ({ screen, is_shared, shared_with })
const target = ({ id }: { readonly id: string }) => ({ type: 'saved_view', id })

/** The filters of lists, kept under names. */
export function viewRoutes(): readonly Route[] {
  return [...keepingRoutes(), ...pinRoutes()]
}

function keepingRoutes(): readonly Route[] {
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
      body: Type.Object(
        {
          screen: Screen,
          name: Name,
          search: Search,
          is_shared: Type.Boolean(),
          shared_with: Type.Optional(SharedWith),
        },
        closed,
      ),
      response: SavedView,
      status: 201,
      problems: [viewNameTaken, tooManyViews],
      audit: { event: 'saved_view.created', target, data: told },
      handle: (tx, actor, { body: { shared_with = null, ...body } }) =>
        createSavedView(tx, actor, { ...body, shared_with }),
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
      summary: 'Change the name or the filters of an own view, or whom it is shared with',
      params: orgParams('view'),
      body: Type.Object(
        {
          name: Type.Optional(Name),
          search: Type.Optional(Search),
          is_shared: Type.Optional(Type.Boolean()),
          shared_with: Type.Optional(SharedWith),
        },
        { ...closed, minProperties: 1 },
      ),
      response: SavedView,
      problems: [viewNameTaken, viewOfAnother],
      audit: { event: 'saved_view.updated', target, data: told },
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

/** The views in the reader's sidebar. */
function pinRoutes(): readonly Route[] {
  return [
    route({
      operation: 'saved_view_pinned_list',
      method: 'GET',
      path: `${VIEWS}/pinned`,
      scope,
      permission,
      tag,
      summary: 'List the views in the own sidebar, of every list',
      params: orgParams(),
      response: Type.Object({ items: Type.Array(SavedView) }),
      handle: async (tx, actor) => ({ items: await listPinnedViews(tx, actor) }),
    }),
    route({
      operation: 'saved_view_pin',
      method: 'PUT',
      path: `${VIEWS}/:view/pin`,
      scope,
      permission,
      tag,
      summary: 'Pin a view to the own sidebar',
      params: orgParams('view'),
      response: SavedView,
      problems: [tooManyPins],
      audit: { event: 'saved_view.pinned', target },
      handle: (tx, actor, { params }) => pinView(tx, actor, params.view),
    }),
    route({
      operation: 'saved_view_unpin',
      method: 'DELETE',
      path: `${VIEWS}/:view/pin`,
      scope,
      permission,
      tag,
      summary: 'Take a view out of the own sidebar; the view stays',
      params: orgParams('view'),
      response: SavedView,
      audit: { event: 'saved_view.unpinned', target },
      handle: (tx, actor, { params }) => unpinView(tx, actor, params.view),
    }),
  ]
}
