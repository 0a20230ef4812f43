import { Readable } from 'node:stream'
import { Type } from 'typebox'
import { appendEntry } from '../../audit/append.ts'
import { DownloadResponse, Upload } from '../../http/binary.ts'
import { payloadTooLarge } from '../../http/problems.ts'
import { Nothing, ORGANISATION_PATH, type Route, route } from '../../http/route.ts'
import { Id, nullable, orgParams, PageQuery, pageSchema } from '../../http/schema.ts'
import { badCursor } from '../../kernel/page.ts'
import { membershipRequired } from '../../tenancy/problems.ts'
import { createInternalApp, listSubmissions, listWorkedApps } from '../app.ts'
import { MAX_ARCHIVE_BYTES, readAppArchive, writeAppArchive } from '../archive.ts'
import * as problems from '../problems.ts'
import { inOrganisation, listVersionsOf, VERSION_STATES } from '../version-row.ts'
import * as bodies from './app-schema.ts'
import { type AppNeeds, organisationDesk, requireWorkbench } from './desk.ts'
import * as acts from './version-acts.ts'
import { versionLifeRoutes } from './version-life-routes.ts'
import { diffVersion, versionEntry } from './version-view.ts'

const tag = 'Apps'
const scope = 'organisation_wide'
const APPS = `${ORGANISATION_PATH}/internal-apps`
const VERSIONS = `${ORGANISATION_PATH}/app-versions/:version`

const { Version, VersionDetail } = bodies
const DECIDING = [problems.appVersionChanged, problems.appVersionState]
const AUTHORING = [...DECIDING, problems.appNotAuthor, membershipRequired]

const AppsQuery = Type.Object(
  { ...PageQuery.properties, state: Type.Optional(Type.Enum(VERSION_STATES)) },
  { additionalProperties: false },
)
const InternalApp = Type.Object({ ...Version.properties, id: Id, version_id: Id, current: nullable(Version) })

/** The versions of an organisation's own apps, from draft to withdrawal. */
export function versionRoutes(needs: AppNeeds): readonly Route[] {
  return [...readingRoutes(needs), ...draftRoutes(needs), ...versionLifeRoutes(needs)]
}

function readingRoutes(needs: AppNeeds): readonly Route[] {
  return [
    route({
      operation: 'internal_app_list',
      method: 'GET',
      path: APPS,
      scope: 'organisation',
      permission: 'app.view',
      tag,
      summary: "List the organisation's own apps with their newest versions, newest first",
      params: orgParams(),
      query: AppsQuery,
      response: pageSchema(InternalApp),
      problems: [badCursor],
      async handle(tx, actor, { query }) {
        requireWorkbench(actor)
        return listWorkedApps(inOrganisation(tx), query)
      },
    }),
    route({
      operation: 'app_submission_list',
      method: 'GET',
      path: `${ORGANISATION_PATH}/app-submissions`,
      scope: 'organisation',
      permission: 'app.review',
      tag,
      summary: 'List the versions that wait for a reviewer, the longest waiting first',
      params: orgParams(),
      response: Type.Object({ items: Type.Array(Version) }),
      handle: async (tx) => ({ items: await listSubmissions(inOrganisation(tx)) }),
    }),
    route({
      operation: 'app_version_list',
      method: 'GET',
      path: `${APPS}/:app/versions`,
      scope: 'organisation',
      permission: 'app.view',
      tag,
      summary: 'List the versions of an app, newest first',
      params: orgParams('app'),
      response: Type.Object({ items: Type.Array(Version) }),
      async handle(tx, actor, { params }) {
        requireWorkbench(actor)
        return { items: await listVersionsOf(inOrganisation(tx), params.app) }
      },
    }),
    route({
      operation: 'app_version_view',
      method: 'GET',
      path: VERSIONS,
      scope,
      permission: 'app.view',
      tag,
      summary: 'Show a version with its six files, its checks as they come out now, its reviews and its oath',
      params: orgParams('version'),
      response: VersionDetail,
      async handle(both, actor, { params }, { origin }) {
        requireWorkbench(actor)
        return acts.showVersion(organisationDesk(needs, both, actor, origin), params.version)
      },
    }),
    route({
      operation: 'app_version_diff',
      method: 'GET',
      path: `${VERSIONS}/diff`,
      scope: 'organisation',
      permission: 'app.view',
      tag,
      summary: 'Show what a version changes against another one, by default the published one',
      params: orgParams('version'),
      query: bodies.DiffQuery,
      response: Type.Object({ against: nullable(Id), differences: Type.Array(bodies.Difference) }),
      async handle(tx, actor, { params, query }) {
        requireWorkbench(actor)
        return diffVersion(inOrganisation(tx), params.version, query.against)
      },
    }),
    route({
      operation: 'app_version_export',
      method: 'GET',
      path: `${VERSIONS}/archive`,
      scope,
      permission: 'app.view',
      tag,
      summary: 'Download the six files of a version as a ZIP archive',
      params: orgParams('version'),
      response: DownloadResponse,
      produces: 'bytes',
      async handle(both, actor, { params }, { origin }) {
        requireWorkbench(actor)
        const desk = organisationDesk(needs, both, actor, origin)
        return archiveDownload(await acts.contentOf(desk, params.version), params.version)
      },
    }),
  ]
}

/** An archive of six files as a download. */
export function archiveDownload(content: unknown, version_id: string) {
  const bytes = writeAppArchive(content)
  return {
    file_name: `app-${version_id}.zip`,
    content_type: 'application/zip',
    size_bytes: bytes.length,
    bytes: Readable.from([bytes]),
  }
}

function draftRoutes(needs: AppNeeds): readonly Route[] {
  return [
    route({
      operation: 'internal_app_create',
      method: 'POST',
      path: APPS,
      scope,
      permission: 'app.publish',
      tag,
      summary: 'Make an app of the organisation with its first draft; the draft may be incomplete',
      params: orgParams(),
      body: bodies.ContentBody,
      response: Version,
      status: 201,
      problems: [membershipRequired],
      audit: { event: 'app.created', written_by: 'handler' },
      async handle(both, actor, { body }, { origin }) {
        return createIn(needs, both, actor, origin, body.content)
      },
    }),
    route({
      operation: 'internal_app_import',
      method: 'POST',
      path: `${APPS}/archives`,
      scope,
      permission: 'app.publish',
      tag,
      summary: 'Make an app from a ZIP archive of its six files: the body is its bytes',
      params: orgParams(),
      body: Upload,
      consumes: { max_bytes: MAX_ARCHIVE_BYTES },
      response: Version,
      status: 201,
      problems: [membershipRequired, payloadTooLarge, problems.appArchiveUnreadable],
      audit: { event: 'app.created', written_by: 'handler' },
      async handle(both, actor, { body }, { origin }) {
        return createIn(needs, both, actor, origin, await readAppArchive(body))
      },
    }),
    route({
      operation: 'app_version_begin',
      method: 'POST',
      path: `${APPS}/:app/versions`,
      scope,
      permission: 'app.publish',
      tag,
      summary: 'Begin a new version of an app, with the content given or with that of its newest version',
      params: orgParams('app'),
      body: bodies.OptionalContentBody,
      response: Version,
      status: 201,
      problems: [membershipRequired],
      audit: { event: 'app.drafted', written_by: 'handler' },
      handle: (both, actor, { params, body }, { origin }) =>
        acts.beginVersion(organisationDesk(needs, both, actor, origin), params.app, body.content),
    }),
    route({
      operation: 'app_version_change',
      method: 'PUT',
      path: `${VERSIONS}/content`,
      scope,
      permission: 'app.publish',
      tag,
      summary: 'Put new content into a draft; the answer says what the checks make of it',
      params: orgParams('version'),
      body: bodies.ChangeBody,
      response: VersionDetail,
      problems: AUTHORING,
      audit: { event: 'app.draft_changed', written_by: 'handler' },
      handle: (both, actor, { params, body: { revision, content } }, { origin }) =>
        acts.putContent(
          organisationDesk(needs, both, actor, origin),
          { version_id: params.version, revision },
          content,
        ),
    }),
    route({
      operation: 'app_version_check',
      method: 'POST',
      mutates: false,
      path: `${VERSIONS}/checks`,
      scope,
      permission: 'app.publish',
      tag,
      summary: 'Ask what the checks make of content that is not saved; it changes nothing',
      params: orgParams('version'),
      body: bodies.ContentBody,
      response: Type.Object({ checks: bodies.Checks }),
      problems: [problems.appVersionState, problems.appNotAuthor, membershipRequired],
      handle: (both, actor, { params, body }, { origin }) =>
        acts.checkUnsaved(organisationDesk(needs, both, actor, origin), params.version, body.content),
    }),
    route({
      operation: 'app_version_delete',
      method: 'DELETE',
      path: VERSIONS,
      scope,
      permission: 'app.publish',
      tag,
      summary: 'Throw a draft away',
      params: orgParams('version'),
      response: Nothing,
      status: 204,
      problems: AUTHORING,
      audit: { event: 'app.draft_deleted', written_by: 'handler' },
      async handle(both, actor, { params }, { origin }) {
        await acts.throwAway(organisationDesk(needs, both, actor, origin), params.version)
        return {}
      },
    }),
    route({
      operation: 'app_version_test',
      method: 'POST',
      path: `${VERSIONS}/tests`,
      scope,
      permission: 'app.publish',
      tag,
      summary: 'Put normal, edge, missing and invalid inputs to a version, and own ones',
      params: orgParams('version'),
      body: bodies.TestBody,
      response: Type.Object({ items: Type.Array(bodies.TestResult) }),
      problems: [problems.contractInvalid],
      audit: { event: 'app.tested', written_by: 'handler' },
      handle: (both, actor, { params, body }, { origin }) =>
        acts.test(organisationDesk(needs, both, actor, origin), params.version, body.inputs ?? []),
    }),
  ]
}

type Handled = Parameters<typeof organisationDesk>

function createIn(needs: AppNeeds, both: Handled[1], actor: Handled[2], origin: Handled[3], content: unknown) {
  const author_id = organisationDesk(needs, both, actor, origin).authorId()
  return both.decide(async (tx) => {
    const version = await createInternalApp(tx, author_id, content)
    await appendEntry(tx, origin, versionEntry('app.created', version))
    return version
  })
}
