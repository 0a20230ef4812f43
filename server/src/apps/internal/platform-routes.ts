import { Type } from 'typebox'
import type { PlatformActor } from '../../access/actor.ts'
import { appendPlatformEntry, type Origin } from '../../audit/append.ts'
import { DownloadResponse, Upload } from '../../http/binary.ts'
import { payloadTooLarge } from '../../http/problems.ts'
import { Nothing, type Route, route } from '../../http/route.ts'
import { Id, nullable, PageQuery, pageSchema } from '../../http/schema.ts'
import type { ControlDatabase } from '../../kernel/database.ts'
import { badCursor } from '../../kernel/page.ts'
import { createPublicApp, listSubmissions, listWorkedApps } from '../app.ts'
import { MAX_ARCHIVE_BYTES, readAppArchive } from '../archive.ts'
import * as problems from '../problems.ts'
import { listVersionsOf, onPlatform, VERSION_STATES } from '../version-row.ts'
import * as bodies from './app-schema.ts'
import { type AppNeeds, platformDesk } from './desk.ts'
import { archiveDownload } from './version-routes.ts'
import * as acts from './version-acts.ts'
import { diffVersion, versionEntry } from './version-view.ts'

const tag = 'Appstream'
const scope = 'platform_wide'
const permission = 'platform.app.manage'
const APPS = '/api/platform/apps'
const VERSIONS = '/api/platform/app-versions/:version'

const { Version, VersionDetail } = bodies
const DECIDING = [problems.appVersionChanged, problems.appVersionState]
const AUTHORING = [...DECIDING, problems.appNotAuthor]

const closed = { additionalProperties: false }
const AppParams = Type.Object({ app: Id }, closed)
const VersionParams = Type.Object({ version: Id }, closed)
const AppsQuery = Type.Object({ ...PageQuery.properties, state: Type.Optional(Type.Enum(VERSION_STATES)) }, closed)
const PublicApp = Type.Object({ ...Version.properties, id: Id, version_id: Id, current: nullable(Version) })

/** Public apps (Appstream), on the platform level. */
export function platformAppRoutes(needs: AppNeeds): readonly Route[] {
  return [...readingRoutes(needs), ...draftRoutes(needs), ...lifeRoutes(needs)]
}

function readingRoutes(needs: AppNeeds): readonly Route[] {
  return [
    route({
      operation: 'platform_app_list',
      method: 'GET',
      path: APPS,
      scope: 'platform',
      permission,
      tag,
      summary: 'List the public apps with their newest versions, newest first',
      query: AppsQuery,
      response: pageSchema(PublicApp),
      problems: [badCursor],
      handle: (tx, _actor, { query }) => listWorkedApps(onPlatform(tx), query),
    }),
    route({
      operation: 'platform_app_submission_list',
      method: 'GET',
      path: '/api/platform/app-submissions',
      scope: 'platform',
      permission: 'platform.app.review',
      tag,
      summary: 'List the versions of public apps that wait for a reviewer, the longest waiting first',
      response: Type.Object({ items: Type.Array(Version) }),
      handle: async (tx) => ({ items: await listSubmissions(onPlatform(tx)) }),
    }),
    route({
      operation: 'platform_app_version_list',
      method: 'GET',
      path: `${APPS}/:app/versions`,
      scope: 'platform',
      permission,
      tag,
      summary: 'List the versions of a public app, newest first',
      params: AppParams,
      response: Type.Object({ items: Type.Array(Version) }),
      handle: async (tx, _actor, { params }) => ({ items: await listVersionsOf(onPlatform(tx), params.app) }),
    }),
    route({
      operation: 'platform_app_version_view',
      method: 'GET',
      path: VERSIONS,
      scope,
      permission,
      tag,
      summary: 'Show a version of a public app with its six files, its checks, its reviews and its oath',
      params: VersionParams,
      response: VersionDetail,
      handle: (control, actor, { params }, { origin }) =>
        acts.showVersion(platformDesk(needs, control, actor, origin), params.version),
    }),
    route({
      operation: 'platform_app_version_diff',
      method: 'GET',
      path: `${VERSIONS}/diff`,
      scope: 'platform',
      permission,
      tag,
      summary: 'Show what a version of a public app changes against another one, by default the published one',
      params: VersionParams,
      query: bodies.DiffQuery,
      response: Type.Object({ against: nullable(Id), differences: Type.Array(bodies.Difference) }),
      handle: (tx, _actor, { params, query }) => diffVersion(onPlatform(tx), params.version, query.against),
    }),
    route({
      operation: 'platform_app_version_export',
      method: 'GET',
      path: `${VERSIONS}/archive`,
      scope,
      permission,
      tag,
      summary: 'Download the six files of a version of a public app as a ZIP archive',
      params: VersionParams,
      response: DownloadResponse,
      produces: 'bytes',
      async handle(control, actor, { params }, { origin }) {
        const content = await acts.contentOf(platformDesk(needs, control, actor, origin), params.version)
        return archiveDownload(content, params.version)
      },
    }),
  ]
}

function draftRoutes(needs: AppNeeds): readonly Route[] {
  return [
    route({
      operation: 'platform_app_create',
      method: 'POST',
      path: APPS,
      scope,
      permission,
      tag,
      summary: 'Make a public app with its first draft; the draft may be incomplete',
      body: bodies.ContentBody,
      response: Version,
      status: 201,
      audit: { event: 'app.created', written_by: 'handler' },
      handle: (control, actor, { body }, { origin }) => createIn(needs, control, actor, origin, body.content),
    }),
    route({
      operation: 'platform_app_import',
      method: 'POST',
      path: `${APPS}/archives`,
      scope,
      permission,
      tag,
      summary: 'Make a public app from a ZIP archive of its six files: the body is its bytes',
      body: Upload,
      consumes: { max_bytes: MAX_ARCHIVE_BYTES },
      response: Version,
      status: 201,
      problems: [payloadTooLarge, problems.appArchiveUnreadable],
      audit: { event: 'app.created', written_by: 'handler' },
      handle: async (control, actor, { body }, { origin }) =>
        createIn(needs, control, actor, origin, await readAppArchive(body)),
    }),
    route({
      operation: 'platform_app_version_begin',
      method: 'POST',
      path: `${APPS}/:app/versions`,
      scope,
      permission,
      tag,
      summary: 'Begin a new version of a public app, with the content given or with that of its newest version',
      params: AppParams,
      body: bodies.OptionalContentBody,
      response: Version,
      status: 201,
      audit: { event: 'app.drafted', written_by: 'handler' },
      handle: (control, actor, { params, body }, { origin }) =>
        acts.beginVersion(platformDesk(needs, control, actor, origin), params.app, body.content),
    }),
    route({
      operation: 'platform_app_version_change',
      method: 'PUT',
      path: `${VERSIONS}/content`,
      scope,
      permission,
      tag,
      summary: 'Put new content into a draft of a public app; the answer says what the checks make of it',
      params: VersionParams,
      body: bodies.ChangeBody,
      response: VersionDetail,
      problems: AUTHORING,
      audit: { event: 'app.draft_changed', written_by: 'handler' },
      handle: (control, actor, { params, body: { revision, content } }, { origin }) =>
        acts.putContent(platformDesk(needs, control, actor, origin), { version_id: params.version, revision }, content),
    }),
    route({
      operation: 'platform_app_version_check',
      method: 'POST',
      mutates: false,
      path: `${VERSIONS}/checks`,
      scope,
      permission,
      tag,
      summary: 'Ask what the checks make of content of a public app that is not saved; it changes nothing',
      params: VersionParams,
      body: bodies.ContentBody,
      response: Type.Object({ checks: bodies.Checks }),
      problems: [problems.appVersionState, problems.appNotAuthor],
      handle: (control, actor, { params, body }, { origin }) =>
        acts.checkUnsaved(platformDesk(needs, control, actor, origin), params.version, body.content),
    }),
    route({
      operation: 'platform_app_version_delete',
      method: 'DELETE',
      path: VERSIONS,
      scope,
      permission,
      tag,
      summary: 'Throw a draft of a public app away',
      params: VersionParams,
      response: Nothing,
      status: 204,
      problems: AUTHORING,
      audit: { event: 'app.draft_deleted', written_by: 'handler' },
      async handle(control, actor, { params }, { origin }) {
        await acts.throwAway(platformDesk(needs, control, actor, origin), params.version)
        return {}
      },
    }),
    route({
      operation: 'platform_app_version_test',
      method: 'POST',
      path: `${VERSIONS}/tests`,
      scope,
      permission,
      tag,
      summary: 'Put normal, edge, missing and invalid inputs to a version of a public app, and own ones',
      params: VersionParams,
      body: bodies.TestBody,
      response: Type.Object({ items: Type.Array(bodies.TestResult) }),
      problems: [problems.contractInvalid],
      audit: { event: 'app.tested', written_by: 'handler' },
      handle: (control, actor, { params, body }, { origin }) =>
        acts.test(platformDesk(needs, control, actor, origin), params.version, body.inputs ?? []),
    }),
  ]
}

async function createIn(
  needs: AppNeeds,
  control: ControlDatabase,
  actor: PlatformActor,
  origin: Origin,
  content: unknown,
) {
  const author_id = platformDesk(needs, control, actor, origin).authorId()
  return control.transaction(async (tx) => {
    const version = await createPublicApp(tx, author_id, content)
    await appendPlatformEntry(tx, origin, versionEntry('app.created', version))
    return version
  })
}

function lifeRoutes(needs: AppNeeds): readonly Route[] {
  return [
    route({
      operation: 'platform_app_version_submit',
      method: 'POST',
      path: `${VERSIONS}/submission`,
      scope,
      permission,
      tag,
      summary: 'Submit a draft of a public app for review; it must pass its checks',
      params: VersionParams,
      body: bodies.RevisionBody,
      response: Version,
      problems: [...AUTHORING, problems.appChecksFailed],
      audit: { event: 'app.submitted', written_by: 'handler' },
      handle: (control, actor, { params, body: { revision } }, { origin }) =>
        acts.submit(platformDesk(needs, control, actor, origin), { version_id: params.version, revision }),
    }),
    route({
      operation: 'platform_app_version_take_back',
      method: 'DELETE',
      path: `${VERSIONS}/submission`,
      scope,
      permission,
      tag,
      summary: 'Take a submitted version of a public app back, to work on it again',
      params: VersionParams,
      query: bodies.RevisionQuery,
      response: Version,
      problems: AUTHORING,
      audit: { event: 'app.taken_back', written_by: 'handler' },
      handle: (control, actor, { params, query: { revision } }, { origin }) =>
        acts.takeBack(platformDesk(needs, control, actor, origin), { version_id: params.version, revision }),
    }),
    route({
      operation: 'platform_app_version_review',
      method: 'POST',
      path: `${VERSIONS}/review`,
      scope,
      permission: 'platform.app.review',
      tag,
      summary: 'Approve a submitted version of somebody else, or return it with a comment',
      params: VersionParams,
      body: bodies.ReviewBody,
      response: Version,
      problems: [...DECIDING, problems.appOwnReview, problems.appReviewIncomplete, problems.appChecksFailed],
      audit: { event: 'app.review_decided', written_by: 'handler' },
      handle: (control, actor, { params, body: { revision, ...decided } }, { origin }) =>
        acts.review(platformDesk(needs, control, actor, origin), { version_id: params.version, revision }, decided),
    }),
    route({
      operation: 'platform_app_version_swear',
      method: 'PUT',
      path: `${VERSIONS}/oath`,
      scope,
      permission,
      tag,
      summary: 'Give the Digital Oath for an approved version of one’s own; it cannot be taken back',
      params: VersionParams,
      body: bodies.OathBody,
      response: VersionDetail,
      problems: [...AUTHORING, problems.appOathDiffers],
      audit: { event: 'app.oath_accepted', written_by: 'handler' },
      handle: (control, actor, { params, body: { revision, statement } }, { origin }) =>
        acts.giveOath(platformDesk(needs, control, actor, origin), { version_id: params.version, revision }, statement),
    }),
    route({
      operation: 'platform_app_version_publish',
      method: 'POST',
      path: `${VERSIONS}/publication`,
      scope,
      permission,
      tag,
      summary: 'Publish a version that was approved and sworn to, for every organisation whose catalogue has it',
      params: VersionParams,
      body: bodies.RevisionBody,
      response: Version,
      problems: [...AUTHORING, problems.appOathMissing, problems.appChecksFailed, problems.appVersionNumberTaken],
      audit: { event: 'app.published', written_by: 'handler' },
      handle: (control, actor, { params, body: { revision } }, { origin }) =>
        acts.publish(platformDesk(needs, control, actor, origin), { version_id: params.version, revision }),
    }),
    route({
      operation: 'platform_app_version_suspend',
      method: 'POST',
      path: `${VERSIONS}/suspension`,
      scope,
      permission,
      tag,
      summary: 'Suspend a public app everywhere; its open runs are cancelled by the platform',
      params: VersionParams,
      body: bodies.ReasonBody,
      response: Version,
      problems: [problems.appVersionState],
      audit: { event: 'app.suspended', written_by: 'handler' },
      handle: (control, actor, { params, body }, { origin }) =>
        acts.suspend(platformDesk(needs, control, actor, origin), params.version, body.reason),
    }),
    route({
      operation: 'platform_app_version_resume',
      method: 'DELETE',
      path: `${VERSIONS}/suspension`,
      scope,
      permission,
      tag,
      summary: 'Let a suspended public app run again',
      params: VersionParams,
      response: Version,
      problems: [problems.appVersionState],
      audit: { event: 'app.resumed', written_by: 'handler' },
      handle: (control, actor, { params }, { origin }) =>
        acts.resume(platformDesk(needs, control, actor, origin), params.version),
    }),
    route({
      operation: 'platform_app_version_withdraw',
      method: 'POST',
      path: `${VERSIONS}/withdrawal`,
      scope,
      permission,
      tag,
      summary: 'Withdraw a public app; open runs go on',
      params: VersionParams,
      body: bodies.ReasonBody,
      response: Version,
      problems: [problems.appVersionState],
      audit: { event: 'app.withdrawn', written_by: 'handler' },
      handle: (control, actor, { params, body }, { origin }) =>
        acts.withdraw(platformDesk(needs, control, actor, origin), params.version, body.reason, true),
    }),
  ]
}
