// What becomes of a version of an organisation's own app: its review, its oath, its publication, and its end.

import { ORGANISATION_PATH, type Route, route } from '../../http/route.ts'
import { orgParams } from '../../http/schema.ts'
import { hasPermission } from '../../access/require.ts'
import { membershipRequired } from '../../tenancy/problems.ts'
import * as problems from '../problems.ts'
import * as bodies from './app-schema.ts'
import { type AppNeeds, organisationDesk, requireWorkbench } from './desk.ts'
import * as acts from './version-acts.ts'

const tag = 'Apps'
const scope = 'organisation_wide'
const VERSIONS = `${ORGANISATION_PATH}/app-versions/:version`

const { Version, VersionDetail } = bodies
const DECIDING = [problems.appVersionChanged, problems.appVersionState]
const AUTHORING = [...DECIDING, problems.appNotAuthor, membershipRequired]

/** From submission to publication, and what ends it. */
export function versionLifeRoutes(needs: AppNeeds): readonly Route[] {
  return [...lifeRoutes(needs), ...endingRoutes(needs)]
}

function lifeRoutes(needs: AppNeeds): readonly Route[] {
  return [
    route({
      operation: 'app_version_submit',
      method: 'POST',
      path: `${VERSIONS}/submission`,
      scope,
      permission: 'app.publish',
      tag,
      summary: 'Submit a draft for review; it must pass its checks',
      params: orgParams('version'),
      body: bodies.RevisionBody,
      response: Version,
      problems: [...AUTHORING, problems.appChecksFailed],
      audit: { event: 'app.submitted', written_by: 'handler' },
      handle: (both, actor, { params, body: { revision } }, { origin }) =>
        acts.submit(organisationDesk(needs, both, actor, origin), { version_id: params.version, revision }),
    }),
    route({
      operation: 'app_version_take_back',
      method: 'DELETE',
      path: `${VERSIONS}/submission`,
      scope,
      permission: 'app.publish',
      tag,
      summary: 'Take a submitted version back, to work on it again',
      params: orgParams('version'),
      query: bodies.RevisionQuery,
      response: Version,
      problems: AUTHORING,
      audit: { event: 'app.taken_back', written_by: 'handler' },
      handle: (both, actor, { params, query: { revision } }, { origin }) =>
        acts.takeBack(organisationDesk(needs, both, actor, origin), { version_id: params.version, revision }),
    }),
    route({
      operation: 'app_version_review',
      method: 'POST',
      path: `${VERSIONS}/review`,
      scope,
      permission: 'app.review',
      tag,
      summary: 'Approve a submitted version of somebody else, or return it with a comment',
      params: orgParams('version'),
      body: bodies.ReviewBody,
      response: Version,
      problems: [...DECIDING, problems.appOwnReview, problems.appReviewIncomplete, problems.appChecksFailed],
      audit: { event: 'app.review_decided', written_by: 'handler' },
      handle: (both, actor, { params, body: { revision, ...decided } }, { origin }) =>
        acts.review(organisationDesk(needs, both, actor, origin), { version_id: params.version, revision }, decided),
    }),
    route({
      operation: 'app_version_swear',
      method: 'PUT',
      path: `${VERSIONS}/oath`,
      scope,
      permission: 'app.publish',
      tag,
      summary: 'Give the Digital Oath for an approved version of one’s own; it cannot be taken back',
      params: orgParams('version'),
      body: bodies.OathBody,
      response: VersionDetail,
      problems: [...AUTHORING, problems.appOathDiffers],
      audit: { event: 'app.oath_accepted', written_by: 'handler' },
      handle: (both, actor, { params, body: { revision, statement } }, { origin }) =>
        acts.giveOath(
          organisationDesk(needs, both, actor, origin),
          { version_id: params.version, revision },
          statement,
        ),
    }),
    route({
      operation: 'app_version_publish',
      method: 'POST',
      path: `${VERSIONS}/publication`,
      scope,
      permission: 'app.publish',
      tag,
      summary: 'Publish a version that was approved and sworn to; the one before it is superseded',
      params: orgParams('version'),
      body: bodies.RevisionBody,
      response: Version,
      problems: [...AUTHORING, problems.appOathMissing, problems.appChecksFailed, problems.appVersionNumberTaken],
      audit: { event: 'app.published', written_by: 'handler' },
      handle: (both, actor, { params, body: { revision } }, { origin }) =>
        acts.publish(organisationDesk(needs, both, actor, origin), { version_id: params.version, revision }),
    }),
  ]
}

function endingRoutes(needs: AppNeeds): readonly Route[] {
  return [
    route({
      operation: 'app_version_suspend',
      method: 'POST',
      path: `${VERSIONS}/suspension`,
      scope,
      permission: 'app.review',
      tag,
      summary: 'Suspend a published app; its open runs are cancelled by the platform',
      params: orgParams('version'),
      body: bodies.ReasonBody,
      response: Version,
      problems: [problems.appVersionState],
      audit: { event: 'app.suspended', written_by: 'handler' },
      handle: (both, actor, { params, body }, { origin }) =>
        acts.suspend(organisationDesk(needs, both, actor, origin), params.version, body.reason),
    }),
    route({
      operation: 'app_version_resume',
      method: 'DELETE',
      path: `${VERSIONS}/suspension`,
      scope,
      permission: 'app.review',
      tag,
      summary: 'Let a suspended app run again',
      params: orgParams('version'),
      response: Version,
      problems: [problems.appVersionState],
      audit: { event: 'app.resumed', written_by: 'handler' },
      handle: (both, actor, { params }, { origin }) =>
        acts.resume(organisationDesk(needs, both, actor, origin), params.version),
    }),
    route({
      operation: 'app_version_withdraw',
      method: 'POST',
      path: `${VERSIONS}/withdrawal`,
      scope,
      permission: 'app.view',
      tag,
      summary: 'Withdraw an app: its author or a reviewer; open runs go on',
      params: orgParams('version'),
      body: bodies.ReasonBody,
      response: Version,
      problems: [problems.appVersionState, problems.appNotAuthor],
      audit: { event: 'app.withdrawn', written_by: 'handler' },
      async handle(both, actor, { params, body }, { origin }) {
        requireWorkbench(actor)
        const desk = organisationDesk(needs, both, actor, origin)
        return acts.withdraw(desk, params.version, body.reason, hasPermission(actor, 'app.review'))
      },
    }),
  ]
}
