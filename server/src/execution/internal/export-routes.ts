import { Readable } from 'node:stream'
import { Type } from 'typebox'
import { REPORT_FORMATS } from '../../files/report.ts'
import { DownloadResponse } from '../../http/binary.ts'
import { ORGANISATION_PATH, type Route, route } from '../../http/route.ts'
import { orgParams } from '../../http/schema.ts'
import type { PanelNeeds } from '../panel.ts'
import { runStateRefused } from '../problems.ts'
import { exportRun } from '../run-report.ts'

/** A run's result as a document. */
export function exportRoutes(needs: PanelNeeds): readonly Route[] {
  return [
    route({
      operation: 'run_export',
      method: 'GET',
      path: `${ORGANISATION_PATH}/runs/:run/export`,
      scope: 'organisation_wide',
      permission: 'run.view_own',
      step_up: true,
      tag: 'runs',
      summary: "Export a result as JSON, text, Word or PDF, with people's notes marked; the log notes it",
      params: orgParams('run'),
      query: Type.Object({ format: Type.Enum([...REPORT_FORMATS]) }, { additionalProperties: false }),
      response: DownloadResponse,
      produces: 'bytes',
      problems: [runStateRefused],
      async handle({ control, organisation }, actor, { params, query }, request) {
        const platform = await needs.tools.platformPolicy()
        const place = { organisation_id: request.organisation.id, database: organisation, platform }
        const reader = { actor, origin: request.origin }
        const { bytes, content_type, file_name } = await exportRun(
          needs,
          place,
          control,
          reader,
          params.run,
          query.format,
        )
        return { file_name, content_type, size_bytes: bytes.length, bytes: Readable.from([bytes]) }
      },
    }),
  ]
}
