// Trying out a version of an app before it is published: a run like any other, of which nothing becomes final.

import { Type } from 'typebox'
import { hasPermission, requirePermission } from '../../access/require.ts'
import { appChecksFailed, appVersionState } from '../../apps/problems.ts'
import { getVersionRow, inOrganisation } from '../../apps/version-row.ts'
import { ORGANISATION_PATH, type Route, route } from '../../http/route.ts'
import { orgParams } from '../../http/schema.ts'
import { getRun } from '../run-record.ts'
import { startRunOf } from '../run.ts'
import { askerOf } from './run-asker.ts'
import { Asked, inputOf, REFUSALS, type RunRouteNeeds } from './run-asked-schema.ts'
import { RunDetail } from './run-schema.ts'

/** The route, for experts and for those who review what experts wrote. */
export function testRunRoute({ desk }: RunRouteNeeds): Route {
  return route({
    operation: 'app_version_test_run',
    method: 'POST',
    path: `${ORGANISATION_PATH}/app-versions/:version/test-runs`,
    scope: 'organisation_wide',
    permission: 'run.execute',
    tag: 'apps',
    summary: 'Try out a version that is not published: it runs, its model calls are charged, and nothing becomes final',
    params: orgParams('version'),
    body: Type.Object(Asked, { additionalProperties: false }),
    response: RunDetail,
    status: 201,
    problems: [...REFUSALS, appVersionState, appChecksFailed],
    audit: { event: 'execution.created', written_by: 'handler' },
    async handle(both, actor, { params, body }, request) {
      if (!hasPermission(actor, 'app.review')) requirePermission(actor, 'app.publish')
      const { app_id } = await both.organisation.transaction((tx) => getVersionRow(inOrganisation(tx), params.version))
      const { project_id = null, use_case_id = null } = body
      const asker = await askerOf(both, actor, request, { project_id, use_case_id, thread_id: null })
      const asked = { ...inputOf(app_id, body), tested_version_id: params.version }
      const confirmation = { quote_id: null, max_price_micros: 0 }
      const id = request.act_id ?? undefined
      const { execution_id } = await startRunOf(desk, { ...asker, trigger_source: 'test' }, asked, confirmation, id)
      const seen = await both.organisation.autocommit((tx) => getRun(tx, actor, execution_id))
      return request.act_id === null ? seen : both.decide(async () => seen)
    },
  })
}
