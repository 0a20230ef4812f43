// The bytes of files, in pieces: each is encrypted for its own place before it is written, so no file is ever whole in
// memory, and no connection is held while a slow client sends or reads.

import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import type { Actor } from '../access/actor.ts'
import { payloadTooLarge } from '../http/problems.ts'
import type { OrganisationTx } from '../kernel/database.ts'
import { newId } from '../kernel/id.ts'
import type { FieldOwner, FieldVault } from '../keys/field-vault.ts'
import { uploaderOf, KEPT_DAYS } from './file.ts'
import { createDetector } from './format.ts'
import { fileBrokenOff, fileEmpty, fileExpired } from './problems.ts'
import { sql } from 'kysely'

const PIECE_BYTES = 1024 * 1024

export type Arrival = {
  readonly actor: Actor
  readonly name: string
  readonly bytes: Readable
  readonly max_bytes: number
}

/** A file whose bytes have all arrived; `keep` makes it one of the vault in the deciding transaction. */
export type ArrivedFile = { readonly id: string; readonly keep: (tx: OrganisationTx) => Promise<void> }

const placeOf = (file_id: string, position: number) => ({
  table: 'files.chunk',
  column: 'bytes',
  pk: `${file_id}:${position}`,
})

/**
 * Takes in a file piece by piece. What is refused or breaks off leaves nothing: `payload_too_large`, `file_empty`,
 * `file_format_refused`, `file_broken_off`.
 */
export async function takeIn(vault: FieldVault, owner: FieldOwner, arrival: Arrival): Promise<ArrivedFile> {
  const id = newId()
  const { database } = owner
  await database.transaction((tx) =>
    tx
      .insertInto('files.file')
      .values({
        id,
        name: cleanName(arrival.name),
        ...uploaderOf(arrival.actor),
        expires_at: sql`now() + interval '1 day'`,
      })
      .execute(),
  )
  try {
    const found = await writePieces(vault, owner, id, arrival)
    const expires_at = sql<Date>`now() + make_interval(days => ${KEPT_DAYS})`
    const keep = async (tx: OrganisationTx) => {
      await tx
        .updateTable('files.file')
        .set({ state: 'stored', expires_at, ...found })
        .where('id', '=', id)
        .execute()
    }
    return { id, keep }
  } catch (error) {
    await discardArrival(owner, id)
    throw error
  }
}

/** Forgets a file that was not kept. */
export async function discardArrival({ database }: FieldOwner, file_id: string): Promise<void> {
  await database.transaction((tx) =>
    tx.deleteFrom('files.file').where('id', '=', file_id).where('state', '=', 'arriving').execute(),
  )
}

async function writePieces(vault: FieldVault, owner: FieldOwner, id: string, arrival: Arrival) {
  const hash = createHash('sha256')
  const detector = createDetector()
  let size_bytes = 0
  let position = 0
  for await (const piece of piecesOf(arrival.bytes)) {
    size_bytes += piece.length
    if (size_bytes > arrival.max_bytes) throw payloadTooLarge({ limit_bytes: arrival.max_bytes })
    hash.update(piece)
    detector.add(piece)
    const bytes = await vault.seal(owner, placeOf(id, position), piece)
    await owner.database.connection((client) =>
      client.query({
        name: 'write_file_piece',
        text: 'insert into files.chunk (file_id, position, bytes) values ($1, $2, $3)',
        values: [id, position, bytes],
      }),
    )
    position += 1
  }
  if (size_bytes === 0) throw fileEmpty()
  return { size_bytes, sha256: hash.digest(), format: await detector.decide(arrival.name) }
}

/** The stream in pieces of one size, the last one shorter. */
async function* piecesOf(bytes: Readable): AsyncGenerator<Buffer> {
  let parts: Buffer[] = []
  let gathered = 0
  try {
    const arriving: AsyncIterable<Uint8Array> = bytes
    for await (const part of arriving) {
      let rest: Buffer = Buffer.from(part)
      while (gathered + rest.length >= PIECE_BYTES) {
        const taken = PIECE_BYTES - gathered
        yield Buffer.concat([...parts, rest.subarray(0, taken)])
        rest = rest.subarray(taken)
        parts = []
        gathered = 0
      }
      if (rest.length > 0) parts.push(rest)
      gathered += rest.length
    }
  } catch (cause) {
    throw bytes.readableAborted || bytes.destroyed ? fileBrokenOff({}, { cause }) : cause
  }
  if (gathered > 0) yield Buffer.concat(parts)
}

/** A name to show: one line, without a path. */
function cleanName(name: string): string {
  const last =
    name
      .toWellFormed()
      .replaceAll(/[\p{Cc}\p{Cf}]/gu, '')
      .split(/[/\\]/)
      .at(-1) ?? ''
  return last.trim().slice(0, 255) || 'file'
}

/** A file as far as reading it needs. */
type Kept = { readonly id: string; readonly size_bytes: number | null }

/** The bytes of a file, piece by piece; each is asked for when the reader has taken the one before. */
export function readBytes(vault: FieldVault, owner: FieldOwner, file: Kept): Readable {
  return Readable.from(openPieces(vault, owner, file), { objectMode: false })
}

async function* openPieces(vault: FieldVault, owner: FieldOwner, { id, size_bytes }: Kept): AsyncGenerator<Buffer> {
  const count = Math.ceil((size_bytes ?? 0) / PIECE_BYTES)
  for (let position = 0; position < count; position += 1) {
    const sealed = await owner.database.connection(async (client) => {
      const { rows } = await client.query<{ bytes: Buffer }>({
        name: 'read_file_piece',
        text: 'select bytes from files.chunk where file_id = $1 and position = $2',
        values: [id, position],
      })
      return rows[0]?.bytes
    })
    // Deleted while it was read: half a file must never pass for a whole one.
    if (sealed === undefined) throw fileExpired({ file_id: id })
    yield await vault.open(owner, placeOf(id, position), sealed)
  }
}

/** All bytes of a file at once, for a reader in the platform; the size was bounded when it came. */
export async function readWhole(vault: FieldVault, owner: FieldOwner, file: Kept): Promise<Buffer> {
  const pieces: Buffer[] = []
  for await (const piece of openPieces(vault, owner, file)) pieces.push(piece)
  return Buffer.concat(pieces)
}
