import { Readable } from 'node:stream'
import { Type } from 'typebox'
import type { Download } from '../../http/binary.ts'
import { Id, nullable, PageQuery, Timestamp } from '../../http/schema.ts'
import { IMPORT_STATES, ROW_STATES } from '../import/import.ts'
import { ROW_ERRORS, type RowErrorCode } from '../import/row.ts'

const Count = Type.Integer({ minimum: 0 })

export const Import = Type.Object({
  id: Id,
  file_name: Type.String(),
  state: Type.Enum(IMPORT_STATES),
  created_at: Timestamp,
  started_at: nullable(Timestamp),
  finished_at: nullable(Timestamp),
  result_taken_at: nullable(Type.String({ format: 'date-time', description: 'Since then it holds no passwords' })),
  counts: Type.Object({
    valid: Count,
    error: Count,
    claimed: Count,
    created: Count,
    added: Count,
    failed: Count,
    dropped: Count,
  }),
})

const CODES = Object.keys(ROW_ERRORS).filter((code): code is RowErrorCode => code in ROW_ERRORS)

export const ImportRow = Type.Object({
  row_number: Type.Integer({ description: 'As the sheet counts' }),
  org_id: Type.String(),
  email: Type.String(),
  display_name: Type.String(),
  role: Type.String(),
  has_password: Type.Boolean(),
  state: Type.Enum(ROW_STATES),
  errors: Type.Array(
    Type.Object({
      cell: Type.Enum(['org_id', 'email', 'display_name', 'role', 'password']),
      code: Type.Enum(CODES),
      message: Type.String(),
    }),
  ),
})

const Cell = Type.String({ maxLength: 1000, pattern: '^[^\\u0000]*$' })

const CELLS = {
  org_id: Type.Optional(Cell),
  email: Type.Optional(Cell),
  display_name: Type.Optional(Cell),
  role: Type.Optional(Cell),
}

/** The cells of a row that are mended; those left out stay. */
export const OwnRowChange = Type.Object(CELLS, { additionalProperties: false, minProperties: 1 })
export const PlatformRowChange = Type.Object(
  { ...CELLS, password: Type.Optional(Type.String({ maxLength: 1000, description: 'Empty: one is made' })) },
  { additionalProperties: false, minProperties: 1 },
)

export const RowsQuery = Type.Object(
  { ...PageQuery.properties, state: Type.Optional(Type.Enum(ROW_STATES)) },
  { additionalProperties: false },
)
export const FileQuery = Type.Object(
  { file_name: Type.String({ minLength: 1, maxLength: 200, pattern: '^\\P{Cc}+$' }) },
  { additionalProperties: false },
)
export const RowNumber = Type.Integer({ minimum: 1, maximum: 10_000_000 })

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** A workbook as a download. */
export function workbookDownload(file_name: string, bytes: Buffer): Download {
  return { file_name, content_type: XLSX, size_bytes: bytes.length, bytes: Readable.from([bytes]) }
}

/** The whole of an upload; the server counts its bytes. */
export async function readAll(upload: Readable): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of upload) {
    const bytes: unknown = chunk
    if (!Buffer.isBuffer(bytes)) throw new Error('An upload gave something else than bytes')
    chunks.push(bytes)
  }
  return Buffer.concat(chunks)
}
