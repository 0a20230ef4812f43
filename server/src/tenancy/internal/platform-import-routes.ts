import { Type } from 'typebox'
import type { PlatformActor } from '../../access/actor.ts'
import { DownloadResponse, Upload } from '../../http/binary.ts'
import { payloadTooLarge } from '../../http/problems.ts'
import { Nothing, type Route, route } from '../../http/route.ts'
import { Id, PageQuery, pageSchema } from '../../http/schema.ts'
import { notFound } from '../../kernel/problem.ts'
import { createImport, getImport, listImportRows, listImports, onPlatform } from '../import/import.ts'
import { changeImportRow, discardImport, dropImportRow, startImport } from '../import/draft.ts'
import { type PlatformImportNeeds, platformPlace } from '../import/platform-import.ts'
import { takePlatformResult } from '../import/result.ts'
import { writeTemplate } from '../import/result-workbook.ts'
import { COLUMNS, MAX_FILE_BYTES } from '../import/workbook.ts'
import { listActiveOrganisations } from '../organisation.ts'
import { importEmpty, importStateRefused, importTooLarge, workbookRefused } from '../problems.ts'
import {
  FileQuery,
  Import,
  ImportRow,
  PlatformRowChange,
  readAll,
  RowNumber,
  RowsQuery,
  workbookDownload,
} from './import-schema.ts'

const tag = 'Platform imports'
const scope = 'platform_wide'
const permission = 'platform.user.manage'
const PATH = '/api/platform/imports'
const params = Type.Object({ import: Id }, { additionalProperties: false })
const rowParams = Type.Object({ import: Id, row: RowNumber }, { additionalProperties: false })

const userOf = (actor: PlatformActor): string | null => (actor.kind === 'user' ? actor.user_id : null)

/** Bringing people from a file into any organisation, for super-admins. */
export function platformImportRoutes(needs: PlatformImportNeeds): readonly Route[] {
  return [...readingRoutes(), ...draftRoutes(needs), ...runRoutes(needs)]
}

function readingRoutes(): readonly Route[] {
  return [
    route({
      operation: 'platform_import_template',
      method: 'GET',
      path: `${PATH}/template`,
      summary: 'The workbook to fill in: Users, and Workspaces with every active organisation',
      tag,
      scope,
      permission,
      response: DownloadResponse,
      produces: 'bytes',
      handle: async (control) =>
        workbookDownload(
          'users.xlsx',
          await writeTemplate(COLUMNS, await control.transaction(listActiveOrganisations)),
        ),
    }),
    route({
      operation: 'platform_import_list',
      method: 'GET',
      path: PATH,
      summary: 'List imports, newest first',
      tag,
      scope: 'platform',
      permission,
      query: PageQuery,
      response: pageSchema(Import),
      handle: (tx, _actor, { query }) => listImports(onPlatform(tx), query),
    }),
    route({
      operation: 'platform_import_view',
      method: 'GET',
      path: `${PATH}/:import`,
      summary: 'Show an import and how far it is',
      tag,
      scope: 'platform',
      permission,
      params,
      response: Import,
      handle: (tx, _actor, input) => getImport(onPlatform(tx), input.params.import),
    }),
    route({
      operation: 'platform_import_row_list',
      method: 'GET',
      path: `${PATH}/:import/rows`,
      summary: 'List the rows of an import with what is wrong with each cell; passwords are never shown',
      tag,
      scope: 'platform',
      permission,
      params,
      query: RowsQuery,
      response: pageSchema(ImportRow),
      handle: (tx, _actor, input) => listImportRows(onPlatform(tx), input.params.import, input.query),
    }),
  ]
}

function draftRoutes(needs: PlatformImportNeeds): readonly Route[] {
  return [
    route({
      operation: 'platform_import_create',
      method: 'POST',
      path: PATH,
      summary: 'Read an .xlsx of people and say what is wrong with each cell; nothing is imported yet',
      tag,
      scope,
      permission,
      query: FileQuery,
      body: Upload,
      consumes: { max_bytes: MAX_FILE_BYTES },
      response: Import,
      status: 201,
      problems: [workbookRefused, importTooLarge, payloadTooLarge],
      audit: { event: 'import.checked', written_by: 'handler' },
      handle: async (_control, actor, { query, body }, { origin }) =>
        createImport(platformPlace(needs, origin), await readAll(body), { ...query, created_by: userOf(actor) }),
    }),
    route({
      operation: 'platform_import_row_change',
      method: 'PATCH',
      path: `${PATH}/:import/rows/:row`,
      summary: 'Mend cells of a row, which is judged again',
      tag,
      scope,
      permission,
      params: rowParams,
      body: PlatformRowChange,
      response: ImportRow,
      problems: [notFound, importStateRefused],
      audit: { event: 'import.checked', written_by: 'handler' },
      handle: (_control, _actor, input, { origin }) =>
        changeImportRow(platformPlace(needs, origin), input.params.import, input.params.row, input.body),
    }),
    route({
      operation: 'platform_import_row_drop',
      method: 'DELETE',
      path: `${PATH}/:import/rows/:row`,
      summary: 'Leave a row out of the import',
      tag,
      scope,
      permission,
      params: rowParams,
      response: Nothing,
      status: 204,
      problems: [notFound, importStateRefused],
      audit: { event: 'import.checked', written_by: 'handler' },
      async handle(_control, _actor, input, { origin }) {
        await dropImportRow(platformPlace(needs, origin), input.params.import, input.params.row)
        return {}
      },
    }),
    route({
      operation: 'platform_import_discard',
      method: 'DELETE',
      path: `${PATH}/:import`,
      summary: 'Give up an import before its start',
      tag,
      scope,
      permission,
      params,
      response: Nothing,
      status: 204,
      problems: [notFound, importStateRefused],
      audit: { event: 'import.discarded', written_by: 'handler' },
      async handle(_control, _actor, input, { origin }) {
        await discardImport(platformPlace(needs, origin), input.params.import)
        return {}
      },
    }),
  ]
}

function runRoutes(needs: PlatformImportNeeds): readonly Route[] {
  return [
    route({
      operation: 'platform_import_start',
      method: 'POST',
      path: `${PATH}/:import/start`,
      summary: 'Import the rows without errors; the counts say how far it is',
      tag,
      scope,
      permission,
      step_up: true,
      params,
      response: Import,
      status: 202,
      problems: [notFound, importStateRefused, importEmpty],
      audit: { event: 'import.started', written_by: 'handler' },
      handle: (_control, _actor, input, { origin }) => startImport(platformPlace(needs, origin), input.params.import),
    }),
    route({
      operation: 'platform_import_take_result',
      method: 'POST',
      path: `${PATH}/:import/result`,
      summary: 'Take the result: Created, Added (existing), Errors; one-time passwords stand in the first one only',
      tag,
      scope,
      permission,
      step_up: true,
      params,
      response: DownloadResponse,
      produces: 'bytes',
      problems: [notFound, importStateRefused],
      audit: { event: 'import.result_taken', written_by: 'handler' },
      handle: async (control, _actor, input, { origin }) =>
        workbookDownload('result.xlsx', await takePlatformResult(control, needs.vault, origin, input.params.import)),
    }),
  ]
}
