import { Type } from 'typebox'
import { appendEntry, type EntryDraft } from '../../audit/append.ts'
import { type BothDatabases, Nothing, ORGANISATION_PATH, type Route, route } from '../../http/route.ts'
import { Id, nullable, orgParams, Timestamp } from '../../http/schema.ts'
import { notFound } from '../../kernel/problem.ts'
import type { Origin } from '../../audit/append.ts'
import {
  type CatalogueChange,
  getCatalogue,
  listAvailableApps,
  listPublicApps,
  setCatalogueEntry,
  setCatalogueMode,
  setPromotions,
} from '../catalog.ts'
import type { OrganisationTx } from '../../kernel/database.ts'
import { inputSchemaOf } from '../input-schema.ts'
import { findPublicApp, findRunnableApp } from '../runnable.ts'
import { Content, ListedApp } from './app-schema.ts'
import type { AppNeeds } from './desk.ts'

const tag = 'Catalogue'
const scope = 'organisation_wide'
const CATALOG = `${ORGANISATION_PATH}/catalog`
const closed = { additionalProperties: false }

const Mode = Type.Enum(['all', 'allowlist', 'blocklist'])
const List = Type.Enum(['allow', 'block'])
const AppsQuery = Type.Object(
  {
    search: Type.Optional(Type.String({ maxLength: 200 })),
    category: Type.Optional(Type.String({ maxLength: 40 })),
    source: Type.Optional(Type.Enum(['internal', 'public'])),
  },
  closed,
)
const AppDetail = Type.Object({
  app_id: Id,
  source: Type.Enum(['internal', 'public']),
  version_id: Id,
  version: Type.String(),
  published_at: Timestamp,
  contract: Content,
  contract_hash: Type.String(),
  input_schema: Type.Unknown({ description: 'The JSON Schema of the input, derived from the fields' }),
})
const Catalogue = Type.Object({
  mode: Mode,
  public_apps: Type.Array(
    Type.Object({
      ...ListedApp.properties,
      on_allowlist: Type.Boolean(),
      on_blocklist: Type.Boolean(),
      available: Type.Boolean(),
    }),
  ),
  internal_apps: Type.Array(Type.Object({ ...ListedApp.properties, position: nullable(Type.Integer()) })),
})
const EntryParams = Type.Object({ org: Id, list: List, app: Id }, closed)

/** What members choose from, and how an organisation chooses what they can. */
export function catalogRoutes(needs: AppNeeds): readonly Route[] {
  return [...memberRoutes(), ...administrationRoutes(needs)]
}

function memberRoutes(): readonly Route[] {
  return [
    route({
      operation: 'app_list',
      method: 'GET',
      path: `${ORGANISATION_PATH}/apps`,
      scope,
      permission: 'app.view',
      tag,
      summary: 'List the apps there are to run: promoted ones first, then own ones, then public ones',
      params: orgParams(),
      query: AppsQuery,
      response: Type.Object({
        items: Type.Array(Type.Object({ ...ListedApp.properties, promoted: Type.Boolean() })),
      }),
      async handle({ control, organisation }, _actor, { query }) {
        const open = await control.transaction(listPublicApps)
        return { items: await organisation.transaction((tx) => listAvailableApps(tx, open, query)) }
      },
    }),
    route({
      operation: 'app_view',
      method: 'GET',
      path: `${ORGANISATION_PATH}/apps/:app`,
      scope,
      permission: 'app.view',
      tag,
      summary: 'Show an app with its contract: its form, its steps, its result, its supervision and its price',
      params: orgParams('app'),
      response: AppDetail,
      async handle({ control, organisation }, _actor, { params }) {
        const open = await findPublicApp(control, params.app)
        const app = await organisation.transaction((tx) => findRunnableApp(tx, open, params.app))
        if (app === null) throw notFound()
        return {
          ...app,
          contract_hash: app.contract_hash.toString('hex'),
          input_schema: inputSchemaOf(app.contract),
        }
      },
    }),
  ]
}

/** Changes the catalogue with its log entry; the runs of what is lost by it are ended in the same transaction. */
async function change<Before>(
  { onAppBlocked }: AppNeeds,
  { control, decide }: BothDatabases,
  origin: Origin,
  make: (tx: OrganisationTx, public_ids: readonly string[]) => Promise<CatalogueChange<Before>>,
  entry: (before: Before, blocked: readonly string[]) => EntryDraft,
): Promise<object> {
  const public_ids = (await control.transaction(listPublicApps)).map(({ app_id }) => app_id)
  await decide(async (tx, actor) => {
    const { before, blocked } = await make(tx, public_ids)
    await appendEntry(tx, origin, entry(before, blocked))
    for (const app_id of blocked) await onAppBlocked(tx, actor.organisation_id, app_id)
    return {}
  })
  return {}
}

function administrationRoutes(needs: AppNeeds): readonly Route[] {
  const permission = 'catalog.manage'
  return [
    route({
      operation: 'catalog_view',
      method: 'GET',
      path: CATALOG,
      scope,
      permission,
      tag,
      summary: 'Show the catalogue: its mode, every public app with its place on the lists, and the promoted apps',
      params: orgParams(),
      response: Catalogue,
      async handle({ control, organisation }) {
        const open = await control.transaction(listPublicApps)
        return organisation.transaction((tx) => getCatalogue(tx, open))
      },
    }),
    route({
      operation: 'catalog_mode_set',
      method: 'PUT',
      path: CATALOG,
      scope,
      permission,
      tag,
      summary: 'Choose all public apps, only those on the allow list, or all but those on the block list',
      params: orgParams(),
      body: Type.Object({ mode: Mode }, closed),
      response: Nothing,
      status: 204,
      audit: { event: 'catalog.mode_changed', written_by: 'handler' },
      handle: (both, _actor, { body: { mode } }, { origin }) =>
        change(
          needs,
          both,
          origin,
          (tx, public_ids) => setCatalogueMode(tx, public_ids, mode),
          (before, blocked) => ({ event: 'catalog.mode_changed', data: { before, after: { mode }, blocked } }),
        ),
    }),
    route({
      operation: 'catalog_entry_add',
      method: 'PUT',
      path: `${CATALOG}/:list/:app`,
      scope,
      permission,
      tag,
      summary: 'Put a public app on the allow list or the block list',
      params: EntryParams,
      response: Nothing,
      status: 204,
      audit: { event: 'catalog.entry_added', written_by: 'handler' },
      handle: (both, _actor, { params: { list, app } }, { origin }) =>
        change(
          needs,
          both,
          origin,
          (tx, public_ids) => setCatalogueEntry(tx, public_ids, { list, app_id: app, is_on: true }),
          (before, blocked) => ({
            event: 'catalog.entry_added',
            target: { type: 'app', id: app },
            data: { list, before, blocked },
          }),
        ),
    }),
    route({
      operation: 'catalog_entry_remove',
      method: 'DELETE',
      path: `${CATALOG}/:list/:app`,
      scope,
      permission,
      tag,
      summary: 'Take a public app off the allow list or the block list',
      params: EntryParams,
      response: Nothing,
      status: 204,
      audit: { event: 'catalog.entry_removed', written_by: 'handler' },
      handle: (both, _actor, { params: { list, app } }, { origin }) =>
        change(
          needs,
          both,
          origin,
          (tx, public_ids) => setCatalogueEntry(tx, public_ids, { list, app_id: app, is_on: false }),
          (before, blocked) => ({
            event: 'catalog.entry_removed',
            target: { type: 'app', id: app },
            data: { list, before, blocked },
          }),
        ),
    }),
    route({
      operation: 'catalog_promote',
      method: 'PUT',
      path: `${CATALOG}/promotions`,
      scope: 'organisation',
      permission,
      tag,
      summary: 'Put these internal apps first, in this order',
      params: orgParams(),
      body: Type.Object({ app_ids: Type.Array(Id, { maxItems: 100, uniqueItems: true }) }, closed),
      response: Type.Object({ app_ids: Type.Array(Id) }),
      audit: {
        event: 'catalog.promoted',
        data: ({ app_ids, before }) => ({ before, after: app_ids }),
      },
      async handle(tx, _actor, { body: { app_ids } }) {
        const { before } = await setPromotions(tx, app_ids)
        return { app_ids, before }
      },
    }),
  ]
}
