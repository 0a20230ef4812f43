import { Type } from 'typebox'
import { ORGANISATION_PATH, type Route, route } from '../http/route.ts'
import { nullable, orgParams } from '../http/schema.ts'
import { exportRoutes } from './internal/export-routes.ts'
import { healthRoutes } from './internal/health-routes.ts'
import { type InsightNeeds, platformInsightRoutes } from './internal/platform-routes.ts'
import { viewRoutes } from './internal/view-routes.ts'
import { FOUND_KINDS, search } from './search.ts'

const Text = Type.String({ minLength: 1, maxLength: 200, pattern: '^[^\\u0000]*$' })

/** Finding things across the modules, keeping views of them, how apps do, and how the deployment stands. */
export function insightRoutes(needs: InsightNeeds): readonly Route[] {
  return [
    ...viewRoutes(),
    ...exportRoutes(),
    ...healthRoutes(),
    ...platformInsightRoutes(needs),
    route({
      operation: 'search',
      method: 'GET',
      path: `${ORGANISATION_PATH}/search`,
      scope: 'organisation_wide',
      permission: 'org.view',
      tag: 'Search',
      summary: 'Find people, teams, workspaces, projects, apps, executions, runs and API keys that one may see',
      params: orgParams(),
      query: Type.Object({ q: Text }, { additionalProperties: false }),
      response: Type.Object({
        items: Type.Array(
          Type.Object({
            kind: Type.Enum(FOUND_KINDS),
            id: Type.String(),
            name: Type.String(),
            detail: nullable(Type.String()),
          }),
        ),
      }),
      handle: async ({ control, organisation }, actor, { query }) => ({
        items: await search(control, organisation, actor, query.q),
      }),
    }),
  ]
}
