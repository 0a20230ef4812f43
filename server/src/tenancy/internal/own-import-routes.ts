import type { Readable } from 'node:stream'
import { Type } from 'typebox'
import { type Actor, memberIdOf } from '../../access/actor.ts'
import { bypassesPermissions } from '../../access/require.ts'
import { DownloadResponse, Upload } from '../../http/binary.ts'
import { payloadTooLarge } from '../../http/problems.ts'
import {
  type BothDatabases,
  Nothing,
  ORGANISATION_PATH,
  type OrganisationRequest,
  type Route,
  route,
} from '../../http/route.ts'
import { Id, orgParams, PageQuery, pageSchema } from '../../http/schema.ts'
import { notFound } from '../../kernel/problem.ts'
import {
  createImport,
  getImport,
  type ImportPlace,
  inOrganisation,
  listImportRows,
  listImports,
} from '../import/import.ts'
import { changeImportRow, discardImport, dropImportRow, startImport } from '../import/draft.ts'
import type { ImportHints } from '../import/hints.ts'
import { ownPlace } from '../import/own-import.ts'
import { getOwnResult } from '../import/result.ts'
import { writeTemplate } from '../import/result-workbook.ts'
import { COLUMNS, MAX_FILE_BYTES } from '../import/workbook.ts'
import { importEmpty, importStateRefused, importTooLarge, workbookRefused } from '../problems.ts'
import {
  FileQuery,
  Import,
  ImportRow,
  OwnRowChange,
  readAll,
  RowNumber,
  RowsQuery,
  workbookDownload,
} from './import-schema.ts'

const tag = 'Imports'
const scope = 'organisation_wide'
// Rows may bring admins, so it needs the right to change roles and a person who is signed in.
const permission = 'role.change'
const PATH = `${ORGANISATION_PATH}/imports`
const params = orgParams('import')
const rowParams = Type.Object({ org: Id, import: Id, row: RowNumber }, { additionalProperties: false })

const isOwner = (actor: Actor): boolean =>
  bypassesPermissions(actor) || (actor.kind === 'user' && actor.membership?.base_role === 'owner')

function placeOf(both: BothDatabases, actor: Actor, { origin, organisation }: OrganisationRequest): ImportPlace {
  const { control, decide } = both
  const place = {
    control,
    organisation: both.organisation,
    organisation_id: organisation.id,
    mayMakeOwners: isOwner(actor),
  }
  return ownPlace(place, origin, (work) => decide((tx) => work(tx)))
}

/** Bringing people from a file into one's own organisation: every address is invited. */
export function ownImportRoutes(hints: ImportHints): readonly Route[] {
  return [...readingRoutes(), ...draftRoutes(), startRoute(hints), resultRoute()]
}

function readingRoutes(): readonly Route[] {
  return [
    route({
      operation: 'import_template',
      method: 'GET',
      path: `${PATH}/template`,
      summary: 'The workbook to fill in: Users, and Workspaces with this organisation',
      tag,
      scope,
      permission,
      params: orgParams(),
      response: DownloadResponse,
      produces: 'bytes',
      async handle(_both, _actor, _input, { organisation }) {
        const columns = COLUMNS.filter((name) => name !== 'password')
        return workbookDownload('users.xlsx', await writeTemplate(columns, [organisation]))
      },
    }),
    route({
      operation: 'import_list',
      method: 'GET',
      path: PATH,
      summary: 'List imports, newest first',
      tag,
      scope: 'organisation',
      permission,
      params: orgParams(),
      query: PageQuery,
      response: pageSchema(Import),
      handle: (tx, _actor, { query }) => listImports(inOrganisation(tx), query),
    }),
    route({
      operation: 'import_view',
      method: 'GET',
      path: `${PATH}/:import`,
      summary: 'Show an import and how far it is',
      tag,
      scope: 'organisation',
      permission,
      params,
      response: Import,
      handle: (tx, _actor, input) => getImport(inOrganisation(tx), input.params.import),
    }),
    route({
      operation: 'import_row_list',
      method: 'GET',
      path: `${PATH}/:import/rows`,
      summary: 'List the rows of an import with what is wrong with each cell',
      tag,
      scope: 'organisation',
      permission,
      params,
      query: RowsQuery,
      response: pageSchema(ImportRow),
      handle: (tx, _actor, input) => listImportRows(inOrganisation(tx), input.params.import, input.query),
    }),
  ]
}

function draftRoutes(): readonly Route[] {
  const create = async (place: ImportPlace, actor: Actor, file_name: string, body: Readable) =>
    createImport(place, await readAll(body), { file_name, created_by: memberIdOf(actor) })
  return [
    route({
      operation: 'import_create',
      method: 'POST',
      path: PATH,
      summary: 'Read an .xlsx of people and say what is wrong with each cell; nobody is invited yet',
      tag,
      scope,
      permission,
      params: orgParams(),
      query: FileQuery,
      body: Upload,
      consumes: { max_bytes: MAX_FILE_BYTES },
      response: Import,
      status: 201,
      problems: [workbookRefused, importTooLarge, payloadTooLarge],
      audit: { event: 'import.checked', written_by: 'handler' },
      handle: (both, actor, { query, body }, request) =>
        create(placeOf(both, actor, request), actor, query.file_name, body),
    }),
    route({
      operation: 'import_row_change',
      method: 'PATCH',
      path: `${PATH}/:import/rows/:row`,
      summary: 'Mend cells of a row, which is judged again',
      tag,
      scope,
      permission,
      params: rowParams,
      body: OwnRowChange,
      response: ImportRow,
      problems: [notFound, importStateRefused],
      audit: { event: 'import.checked', written_by: 'handler' },
      handle: (both, actor, input, request) =>
        changeImportRow(placeOf(both, actor, request), input.params.import, input.params.row, input.body),
    }),
    route({
      operation: 'import_row_drop',
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
      async handle(both, actor, input, request) {
        await dropImportRow(placeOf(both, actor, request), input.params.import, input.params.row)
        return {}
      },
    }),
    route({
      operation: 'import_discard',
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
      async handle(both, actor, input, request) {
        await discardImport(placeOf(both, actor, request), input.params.import)
        return {}
      },
    }),
  ]
}

function startRoute(hints: ImportHints): Route {
  return route({
    operation: 'import_start',
    method: 'POST',
    path: `${PATH}/:import/start`,
    summary: 'Invite the people of the rows without errors; the counts say how far it is',
    tag,
    scope,
    permission,
    step_up: true,
    params,
    response: Import,
    status: 202,
    problems: [notFound, importStateRefused, importEmpty],
    audit: { event: 'import.started', written_by: 'handler' },
    async handle(both, actor, input, request) {
      const started = await startImport(placeOf(both, actor, request), input.params.import)
      hints.add(request.organisation.id)
      return started
    },
  })
}

function resultRoute(): Route {
  return route({
    operation: 'import_result',
    method: 'GET',
    path: `${PATH}/:import/result`,
    summary: 'The result as a workbook: Invited and Errors',
    tag,
    scope,
    permission,
    step_up: true,
    params,
    response: DownloadResponse,
    produces: 'bytes',
    problems: [importStateRefused],
    handle: async (both, _actor, input) =>
      workbookDownload('result.xlsx', await getOwnResult(both.organisation, input.params.import)),
  })
}
