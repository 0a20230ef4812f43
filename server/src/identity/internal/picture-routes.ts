import { Readable } from 'node:stream'
import { Type } from 'typebox'
import { appendPlatformEntry } from '../../audit/append.ts'
import { DownloadResponse, Upload } from '../../http/binary.ts'
import { payloadTooLarge } from '../../http/problems.ts'
import { type Route, route } from '../../http/route.ts'
import { PictureName } from '../../kernel/platform-setting.ts'
import { getPicture, keepPicture, MAX_PICTURE_BYTES } from '../picture.ts'
import { inspectPicture, PICTURE_USES } from '../picture-format.ts'
import { pictureBroken, pictureFormatRefused, pictureTooWide } from '../problems.ts'

const tag = 'Deployment'

const Picture = Type.Object({
  sha256: Type.String({ description: 'Its name: for the settings, and in its address' }),
  media_type: Type.String(),
  width: Type.Integer(),
  height: Type.Integer(),
})

/** The pictures of the deployment: uploaded by super-admins, shown to everybody. */
export function pictureRoutes(): readonly Route[] {
  return [
    route({
      operation: 'picture_upload',
      method: 'POST',
      path: '/api/platform/pictures',
      summary: 'Upload a logo or an icon; it is shown when a setting names it',
      tag,
      scope: 'platform_wide',
      permission: 'platform.settings.manage',
      query: Type.Object({ use: Type.Enum(PICTURE_USES) }, { additionalProperties: false }),
      body: Upload,
      consumes: { max_bytes: MAX_PICTURE_BYTES },
      response: Picture,
      status: 201,
      problems: [payloadTooLarge, pictureFormatRefused, pictureBroken, pictureTooWide],
      audit: { event: 'picture.uploaded', written_by: 'handler' },
      async handle(control, _actor, { query, body }, { origin }) {
        // Before the transaction: how long it takes is up to the client.
        const bytes = await readWhole(body)
        const facts = await inspectPicture(bytes, query.use)
        return control.transaction(async (tx) => {
          const sha256 = await keepPicture(tx, bytes, facts)
          const data = { use: query.use, sha256, ...facts, size_bytes: bytes.length }
          await appendPlatformEntry(tx, origin, { event: 'picture.uploaded', data })
          return { sha256, ...facts }
        })
      },
    }),
    route({
      operation: 'picture_view',
      method: 'GET',
      path: '/api/pictures/:picture',
      summary: 'A logo or the icon of the deployment',
      tag,
      scope: 'open',
      params: Type.Object({ picture: PictureName }, { additionalProperties: false }),
      response: DownloadResponse,
      produces: 'bytes',
      async handle(control, { params }) {
        const { media_type, bytes } = await control.transaction((tx) => getPicture(tx, params.picture))
        return {
          file_name: params.picture,
          content_type: media_type,
          size_bytes: bytes.length,
          bytes: Readable.from([bytes]),
          is_immutable: true,
        }
      },
    }),
  ]
}

async function readWhole(upload: Readable): Promise<Buffer> {
  const parts: Buffer[] = []
  let size_bytes = 0
  const arriving: AsyncIterable<Uint8Array> = upload
  for await (const part of arriving) {
    size_bytes += part.length
    if (size_bytes > MAX_PICTURE_BYTES) throw payloadTooLarge({ limit_bytes: MAX_PICTURE_BYTES })
    parts.push(Buffer.from(part))
  }
  return Buffer.concat(parts)
}
