// What a picture is, by its content alone: kind and size are read from the file itself, without decoding it. A browser reserves
// memory for every pixel before it has read any, so a picture is bounded by its dimensions as well as by its bytes.

import { fileTypeFromBuffer } from 'file-type'
import { pictureBroken, pictureFormatRefused, pictureTooWide } from './problems.ts'

export const PICTURE_USES = ['logo', 'logo_inverse', 'favicon'] as const
export type PictureUse = (typeof PICTURE_USES)[number]

export type MediaType = 'image/png' | 'image/jpeg' | 'image/x-icon'

type Size = { readonly width: number; readonly height: number }
export type PictureFacts = Size & { readonly media_type: MediaType }

const MAX_SIDE_PX = 4096

/** What each place takes (requirements 3.9). */
const TAKEN: Readonly<Record<PictureUse, readonly MediaType[]>> = {
  logo: ['image/png', 'image/jpeg'],
  logo_inverse: ['image/png', 'image/jpeg'],
  favicon: ['image/png', 'image/jpeg', 'image/x-icon'],
}

const NAMES: Readonly<Record<MediaType, string>> = { 'image/png': 'PNG', 'image/jpeg': 'JPEG', 'image/x-icon': 'ICO' }

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const JPEG = Buffer.from([0xff, 0xd8, 0xff])
const JPEG_END = Buffer.from([0xff, 0xd9])
const ICO = Buffer.from([0, 0, 1, 0])

const beginsWith = (bytes: Buffer, sign: Buffer): boolean => bytes.subarray(0, sign.length).equals(sign)

/** Whether a picture of this kind may stand in that place. */
export const isTaken = (use: PictureUse, media_type: string): boolean => TAKEN[use].some((each) => each === media_type)

/**
 * Kind and size of a picture for a place. Refuses with `picture_format_refused` (another kind, whatever its name says),
 * `picture_broken` (not whole) and `picture_too_wide` (more than 4,096 pixels a side).
 */
export async function inspectPicture(bytes: Buffer, use: PictureUse): Promise<PictureFacts> {
  const media_type = kindOf(bytes)
  if (media_type === null || !isTaken(use, media_type)) throw await formatRefusal(bytes, use)
  const size = sizeOf(bytes, media_type)
  if (size === null || size.width < 1 || size.height < 1) throw pictureBroken()
  const { width, height } = size
  if (width > MAX_SIDE_PX || height > MAX_SIDE_PX) {
    const detail = `It has ${width} × ${height} pixels; at most ${MAX_SIDE_PX} × ${MAX_SIDE_PX} are taken.`
    throw pictureTooWide({ width, height, max_side: MAX_SIDE_PX }, { detail })
  }
  return { media_type, width, height }
}

async function formatRefusal(bytes: Buffer, use: PictureUse) {
  const found = (await fileTypeFromBuffer(bytes).catch(() => undefined))?.ext ?? null
  const accepted = TAKEN[use].map((type) => NAMES[type])
  const detail = `By its content this is ${found === null ? 'no known kind of picture' : `a file of the kind ${found}`}; taken are ${accepted.join(', ')}.`
  return pictureFormatRefused({ found, accepted: accepted.join(', ') }, { detail })
}

function kindOf(bytes: Buffer): MediaType | null {
  if (beginsWith(bytes, PNG)) return 'image/png'
  if (beginsWith(bytes, JPEG)) return 'image/jpeg'
  return beginsWith(bytes, ICO) ? 'image/x-icon' : null
}

/** The size of a picture that is there from its beginning to its end; null for any other. */
function sizeOf(bytes: Buffer, media_type: MediaType): Size | null {
  try {
    if (media_type === 'image/png') return sizeOfPng(bytes)
    return media_type === 'image/jpeg' ? sizeOfJpeg(bytes) : sizeOfIco(bytes)
  } catch (error) {
    // A length inside of the file leads out of it.
    if (error instanceof RangeError) return null
    throw error
  }
}

/** PNG (W3C, 5.3): chunks of length, name, content and checksum; the first is the header, the last is IEND. */
function sizeOfPng(bytes: Buffer): Size | null {
  let at = PNG.length
  let hasPixels = false
  while (at < bytes.length) {
    const length = bytes.readUInt32BE(at)
    const name = bytes.toString('latin1', at + 4, at + 8)
    if (at === PNG.length && (name !== 'IHDR' || length !== 13)) return null
    hasPixels ||= name === 'IDAT'
    at += length + 12
    if (at > bytes.length) return null
    if (name === 'IEND') return hasPixels ? { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) } : null
  }
  return null
}

/** Markers that begin a frame (ITU T.81, table B.1): 0xC0 to 0xCF, but for tables and the reserved one. */
const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc

const START_OF_SCAN = 0xda

/** JPEG: segments up to the first scan, one of which holds the size; the file ends with its mark. */
function sizeOfJpeg(bytes: Buffer): Size | null {
  let at = 2
  let size: Size | null = null
  while (at < bytes.length) {
    if (bytes.readUInt8(at) !== 0xff) return null
    const marker = bytes.readUInt8(at + 1)
    // Filling before a marker.
    if (marker === 0xff) {
      at += 1
      continue
    }
    if (isFrame(marker)) size = { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) }
    if (marker === START_OF_SCAN) return bytes.lastIndexOf(JPEG_END) > at ? size : null
    at += 2 + bytes.readUInt16BE(at + 2)
  }
  return null
}

const MAX_ICONS = 32
const BITMAP_HEADER_BYTES = 40

/** ICO: a list of pictures, each a PNG or a bitmap without its file header. The size is that of the largest. */
function sizeOfIco(bytes: Buffer): Size | null {
  const count = bytes.readUInt16LE(4)
  if (count < 1 || count > MAX_ICONS) return null
  let largest: Size = { width: 0, height: 0 }
  for (let index = 0; index < count; index++) {
    const entry = 6 + index * 16
    const length = bytes.readUInt32LE(entry + 8)
    const offset = bytes.readUInt32LE(entry + 12)
    if (length === 0 || offset + length > bytes.length) return null
    const size = sizeOfIcon(bytes.subarray(offset, offset + length))
    if (size === null || size.width < 1 || size.height < 1) return null
    largest = { width: Math.max(largest.width, size.width), height: Math.max(largest.height, size.height) }
  }
  return largest
}

function sizeOfIcon(icon: Buffer): Size | null {
  if (beginsWith(icon, PNG)) return sizeOfPng(icon)
  if (icon.readUInt32LE(0) !== BITMAP_HEADER_BYTES) return null
  // A bitmap holds its mask below its colours: twice the height.
  return { width: icon.readInt32LE(4), height: icon.readInt32LE(8) / 2 }
}
