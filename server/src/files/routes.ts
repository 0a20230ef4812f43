import { Type } from 'typebox'
import { appendEntry } from '../audit/append.ts'
import { DownloadResponse, Upload } from '../http/binary.ts'
import { payloadTooLarge } from '../http/problems.ts'
import { ORGANISATION_PATH, type Route, route } from '../http/route.ts'
import { Id, nullable, orgParams, PageQuery, pageSchema, Timestamp } from '../http/schema.ts'
import type { ControlDatabase, OrganisationDatabase } from '../kernel/database.ts'
import { badCursor } from '../kernel/page.ts'
import type { FieldVault } from '../keys/field-vault.ts'
import { discardArrival, readBytes, takeIn } from './bytes.ts'
import { deleteFile, extendFile, getFile, getKeptFile, listFiles, MAX_KEPT_DAYS } from './file.ts'
import { isFileFormat, MEDIA_TYPES } from './format.ts'
import { fileBrokenOff, fileEmpty, fileExpired, fileFormatRefused, fileInUse } from './problems.ts'

const tag = 'files'

/** No tier allows more: the largest body that the server reads at all. */
const MAX_UPLOAD_BYTES = 1_000_000_000

export type FileNeeds = {
  readonly vault: FieldVault
  /** The largest upload of an organisation now: the smallest of its tier and its policies, in bytes. */
  readonly maxUploadBytes: (
    control: ControlDatabase,
    organisation: OrganisationDatabase,
    organisation_id: string,
  ) => Promise<number>
}

const File = Type.Object({
  id: Id,
  name: Type.String(),
  state: Type.String({ description: 'stored; expired: its bytes are gone, its record stays' }),
  format: nullable(Type.String()),
  size_bytes: nullable(Type.Integer({ minimum: 0 })),
  sha256: nullable(Type.String({ pattern: '^[0-9a-f]{64}$' })),
  member_id: nullable(Id),
  created_at: Timestamp,
  expires_at: nullable(Timestamp),
})

const FileName = Type.String({ minLength: 1, maxLength: 1000, description: 'As the file is called; only ever shown' })

/** The input vault. */
export function fileRoutes(needs: FileNeeds): readonly Route[] {
  return [uploadRoute(needs), downloadRoute(needs), ...recordRoutes()]
}

function uploadRoute({ vault, maxUploadBytes }: FileNeeds): Route {
  return route({
    operation: 'file_upload',
    method: 'POST',
    path: `${ORGANISATION_PATH}/files`,
    scope: 'organisation_wide',
    permission: 'run.execute',
    tag,
    summary: 'Put a file into the input vault: the body is its bytes',
    params: orgParams(),
    query: Type.Object({ name: FileName }, { additionalProperties: false }),
    body: Upload,
    consumes: { max_bytes: MAX_UPLOAD_BYTES },
    response: File,
    status: 201,
    problems: [payloadTooLarge, fileEmpty, fileFormatRefused, fileBrokenOff],
    audit: { event: 'file.uploaded', written_by: 'handler' },
    async handle({ control, organisation, decide }, actor, { params, query, body }, { origin }) {
      const owner = { id: params.org, database: organisation }
      const max_bytes = Math.min(MAX_UPLOAD_BYTES, await maxUploadBytes(control, organisation, params.org))
      const arrived = await takeIn(vault, owner, { actor, name: query.name, bytes: body, max_bytes })
      try {
        return await decide(async (tx, now) => {
          await arrived.keep(tx)
          const file = await getFile(tx, now, arrived.id)
          const { id, format, size_bytes, sha256 } = file
          const target = { type: 'file', id }
          await appendEntry(tx, origin, { event: 'file.uploaded', target, data: { format, size_bytes, sha256 } })
          return file
        })
      } catch (error) {
        await discardArrival(owner, arrived.id)
        throw error
      }
    },
  })
}

function downloadRoute({ vault }: FileNeeds): Route {
  return route({
    operation: 'file_download',
    method: 'GET',
    path: `${ORGANISATION_PATH}/files/:file/content`,
    scope: 'organisation_wide',
    permission: 'run.view_own',
    tag,
    summary: 'Download a file of the input vault; the log notes it',
    params: orgParams('file'),
    response: DownloadResponse,
    produces: 'bytes',
    problems: [fileExpired],
    async handle({ organisation, decide }, _actor, { params }, { origin }) {
      const file = await decide(async (tx, actor) => {
        const kept = await getKeptFile(tx, actor, params.file)
        await appendEntry(tx, origin, { event: 'file.downloaded', target: { type: 'file', id: kept.id } })
        return kept
      })
      const { name, format, size_bytes } = file
      const content_type = format !== null && isFileFormat(format) ? MEDIA_TYPES[format] : 'application/octet-stream'
      const bytes = readBytes(vault, { id: params.org, database: organisation }, file)
      return { file_name: name, content_type, size_bytes, bytes }
    },
  })
}

function recordRoutes(): readonly Route[] {
  const scope = 'organisation'
  return [
    route({
      operation: 'file_list',
      method: 'GET',
      path: `${ORGANISATION_PATH}/files`,
      scope,
      permission: 'run.view_own',
      tag,
      summary: 'List own files of the input vault, newest first; with audit.view_content those of everybody',
      params: orgParams(),
      query: PageQuery,
      response: pageSchema(File),
      problems: [badCursor],
      handle: (tx, actor, { query }) => listFiles(tx, actor, query),
    }),
    route({
      operation: 'file_get',
      method: 'GET',
      path: `${ORGANISATION_PATH}/files/:file`,
      scope,
      permission: 'run.view_own',
      tag,
      summary: 'Get the record of a file',
      params: orgParams('file'),
      response: File,
      handle: (tx, actor, { params }) => getFile(tx, actor, params.file),
    }),
    route({
      operation: 'file_extend',
      method: 'POST',
      path: `${ORGANISATION_PATH}/files/:file/extension`,
      scope,
      permission: 'run.execute',
      tag,
      summary: 'Keep a file longer',
      params: orgParams('file'),
      body: Type.Object(
        { days: Type.Integer({ minimum: 1, maximum: MAX_KEPT_DAYS }) },
        { additionalProperties: false },
      ),
      response: File,
      problems: [fileExpired],
      audit: {
        event: 'file.extended',
        target: ({ id }) => ({ type: 'file', id }),
        data: ({ before, expires_at }) => ({ before, after: { expires_at } }),
      },
      handle: (tx, actor, { params, body }) => extendFile(tx, actor, params.file, body.days),
    }),
    route({
      operation: 'file_delete',
      method: 'DELETE',
      path: `${ORGANISATION_PATH}/files/:file`,
      scope,
      permission: 'run.execute',
      tag,
      summary: 'Delete the bytes of a file before their time; its record stays',
      params: orgParams('file'),
      response: Type.Object({}),
      status: 204,
      problems: [fileExpired, fileInUse],
      audit: { event: 'file.deleted', target: (_output, { params }) => ({ type: 'file', id: params.file }) },
      handle: (tx, actor, { params }) => deleteFile(tx, actor, params.file),
    }),
  ]
}
