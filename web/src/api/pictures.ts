import { answerOf, api } from './client.ts'

export type PictureUse = 'logo' | 'logo_inverse' | 'favicon'

/** Of every picture, as the server has it. */
export const MAX_PICTURE_BYTES = 2 * 1024 * 1024

/** Uploads a picture and returns its name; it is shown when a setting names it. */
export async function uploadPicture(use: PictureUse, file: File): Promise<string> {
  const { sha256 } = await answerOf(
    api.POST('/api/platform/pictures', {
      params: { query: { use } },
      headers: { 'content-type': 'application/octet-stream' },
      // The contract says "string" of bytes; what is sent are the bytes themselves.
      body: '',
      bodySerializer: () => file,
    }),
  )
  return sha256
}
