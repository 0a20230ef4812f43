// The body of a call, judged and sent. What is judged must be what is sent, so the body is parsed once, everything two
// parsers could read differently at its top level is refused, and the governed fields are cut out of the original bytes
// and written once from the judged values; every other byte goes to the provider untouched.
//
// JSON.parse validates and gives the values; the scan, which runs before it, bounds the depth and finds where the members of
// the outermost object lie.

import { isUtf8 } from 'node:buffer'
import { readJson } from '../../kernel/json-text.ts'
import { defineProblem } from '../../kernel/problem.ts'
import { scanMembers } from './json-members.ts'

const requestBodyRefused = defineProblem('request_body_refused', 400, 'The request body was refused')

export type BodyRefusalReason =
  | 'invalid_utf8'
  | 'byte_order_mark'
  | 'malformed_json'
  | 'not_an_object'
  | 'too_deep'
  | 'repeated_key'
  | 'ambiguous_key'
  | 'wrong_type'
  | 'missing'

export type StreamOptions = Readonly<Record<string, unknown>> & { readonly include_usage?: boolean }

/** The fields Reeve judges. A field that is null or absent in the body is absent here; one left out is not sent. */
export type GovernedValues = {
  readonly model: string
  readonly max_tokens?: number
  readonly max_completion_tokens?: number
  readonly n?: number
  readonly stream?: boolean
  readonly stream_options?: StreamOptions
  readonly user?: string
}

/** Parts of the messages that are not text, so that the model's own bounds for them apply; `bytes` is what they carry inline. */
export type MediaCounts = {
  readonly images: number
  readonly audios: number
  readonly files: number
  readonly bytes: number
}

export type GovernedBody = {
  readonly values: GovernedValues
  /**
   * The most tokens the text of the call can be: a token is never less than a byte of text. Counts every byte of the
   * body but inline media, so names, tools, schemas and the JSON around them pay for what a chat template adds.
   */
  readonly text_tokens_bound: number
  readonly media: MediaCounts
  readonly message_count: number
  readonly has_tools: boolean
  readonly bytes: Buffer
  /** Pairs of offsets into `bytes`: the runs of members that are not governed. */
  readonly kept: readonly number[]
  /** Offset just behind the opening brace, and of the end of the last member. */
  readonly head_end: number
  readonly tail_start: number
}

export const MAX_BODY_DEPTH = 64

// What a chat template may add that no byte of the body stands for: begin and end markers, a date, a default system line.
const TEMPLATE_TOKENS = 64
const MAX_NAME_LENGTH = 256
const MAX_CHOICES = 128

const GOVERNED: ReadonlySet<string> = new Set([
  'model',
  'max_tokens',
  'max_completion_tokens',
  'n',
  'stream',
  'stream_options',
  'user',
])

const FOLDABLE = /[^a-z0-9_]/
const ESCAPE_U = Buffer.from('\\u')

const COMMA = 0x2c
const COLON = 0x3a
const BACKSLASH = 0x5c
const LOWER_U = 0x75

/**
 * Judges the bytes of a chat completion request. Guarantees that a body it accepts has one reading: valid UTF-8 without a
 * byte order mark, valid JSON (RFC 8259) no deeper than `max_depth`, an object without a repeated key, no key that a
 * case-insensitive parser could take for a governed one, governed fields of the right type and `messages` a list of objects.
 * Throws `request_body_refused` (400) with `params.reason` (a `BodyRefusalReason`) and `params.param` (the field or null).
 */
export function parseGovernedBody(bytes: Buffer, limits: { readonly max_depth: number }): GovernedBody {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) {
    refuse('byte_order_mark', null, 'The body begins with a byte order mark; send UTF-8 without one.')
  }
  if (!isUtf8(bytes)) refuse('invalid_utf8', null, 'The body is not valid UTF-8.')
  const members = scanMembers(bytes, limits.max_depth, isGoverned)
  if (members.is_too_deep) {
    refuse('too_deep', null, `The body is nested more than ${limits.max_depth} levels deep.`)
  }
  const parsed = parseJson(bytes)
  if (!isRecord(parsed)) refuse('not_an_object', null, 'The body must be a JSON object.')
  const isPlain = !members.has_escaped_key && Object.keys(parsed).length === members.count
  const body = isPlain ? parsed : readMembers(bytes, limits.max_depth)
  const values = parseValues(body)
  const messages = parseMessages(body)
  const media = countMedia(messages)
  return {
    values,
    text_tokens_bound: bytes.length - escapeSurplus(bytes) - media.bytes + TEMPLATE_TOKENS,
    media,
    message_count: messages.length,
    has_tools: hasEntries(body['tools']) || hasEntries(body['functions']),
    bytes,
    kept: members.kept,
    head_end: members.head_end,
    tail_start: members.tail_start,
  }
}

/**
 * The bytes to send: the original with its governed members cut out and `values` written once, in front. Every byte that
 * belongs to another member is the client's own.
 */
export function rewriteGovernedBody(body: GovernedBody, values: GovernedValues): Buffer {
  const { bytes, kept, head_end, tail_start } = body
  // Without its braces, for those are the client's.
  const written = JSON.stringify(values).slice(1, -1)
  let length = head_end + Buffer.byteLength(written) + (bytes.length - tail_start)
  for (let at = 0; at < kept.length; at += 2) length += 1 + (kept[at + 1] ?? 0) - (kept[at] ?? 0)
  const out = Buffer.allocUnsafe(length)
  let end = bytes.copy(out, 0, 0, head_end)
  end += out.write(written, end)
  for (let at = 0; at < kept.length; at += 2) {
    out[end] = COMMA
    end += 1 + bytes.copy(out, end + 1, kept[at], kept[at + 1])
  }
  bytes.copy(out, end, tail_start)
  return out
}

/**
 * Exactly a governed field. A key that only folds to one is refused: parsers that ignore case (Go's among them, with
 * Unicode folding) would take `Model` for `model` and obey it although it was never judged.
 */
function isGoverned(key: string): boolean {
  if (GOVERNED.has(key)) return true
  if (key.length > 32 || !FOLDABLE.test(key)) return false
  const folded = key.toUpperCase().toLowerCase()
  if (GOVERNED.has(folded)) {
    refuse('ambiguous_key', folded, `The key ${JSON.stringify(key)} can be mistaken for "${folded}".`)
  }
  return false
}

/**
 * The outermost object member by member, by another reader than JSON.parse. That one will not do when a key is written
 * with escapes, at any depth: V8 compares the raw characters of such a key with one it has seen before in its place, so
 * that after enough bodies with a key `\\u006` it reads `"\u006dodel"` as `\u006` and not as `model`, and an image whose
 * `type` is written so would not be counted (nodejs/node#63785). The bytes must be known to be JSON.
 */
function readMembers(bytes: Buffer, maxDepth: number): Readonly<Record<string, unknown>> {
  const members = new Map<string, unknown>()
  scanMembers(bytes, maxDepth, isGoverned, (key, keyEnd, valueEnd) => {
    if (members.has(key)) {
      const name = key.length > 64 ? `${key.slice(0, 64)}…` : key
      refuse('repeated_key', name, `The key ${JSON.stringify(name)} appears more than once.`)
    }
    const text = bytes.toString('utf8', bytes.indexOf(COLON, keyEnd) + 1, valueEnd)
    members.set(key, readJson(text))
  })
  return Object.fromEntries(members)
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch {
    return refuse('malformed_json', null, 'The body is not valid JSON.')
  }
}

function parseValues(body: Readonly<Record<string, unknown>>): GovernedValues {
  const model = parseName(body, 'model')
  if (model === undefined || model === '') return refuse('missing', 'model', 'You must provide a model.')
  const values: { -readonly [Field in keyof GovernedValues]: GovernedValues[Field] } = { model }
  const max_tokens = parseCount(body, 'max_tokens', Number.MAX_SAFE_INTEGER)
  if (max_tokens !== undefined) values.max_tokens = max_tokens
  const max_completion_tokens = parseCount(body, 'max_completion_tokens', Number.MAX_SAFE_INTEGER)
  if (max_completion_tokens !== undefined) values.max_completion_tokens = max_completion_tokens
  const n = parseCount(body, 'n', MAX_CHOICES)
  if (n !== undefined) values.n = n
  const stream = parseFlag(body['stream'], 'stream')
  if (stream !== undefined) values.stream = stream
  const stream_options = parseStreamOptions(body)
  if (stream_options !== undefined) values.stream_options = stream_options
  const user = parseName(body, 'user')
  if (user !== undefined) values.user = user
  return values
}

function parseName(body: Readonly<Record<string, unknown>>, field: 'model' | 'user'): string | undefined {
  const value = body[field]
  if (value === undefined || value === null) return undefined
  if (typeof value !== 'string') return refuse('wrong_type', field, `"${field}" must be a string.`)
  // PostgreSQL stores neither U+0000 nor half a surrogate pair, and these two fields reach it.
  if (value.length > MAX_NAME_LENGTH || value.includes('\u0000') || !value.isWellFormed()) {
    refuse(
      'wrong_type',
      field,
      `"${field}" must be at most ${MAX_NAME_LENGTH} characters of valid Unicode without U+0000.`,
    )
  }
  return value
}

function parseCount(
  body: Readonly<Record<string, unknown>>,
  field: 'max_tokens' | 'max_completion_tokens' | 'n',
  most: number,
): number | undefined {
  const value = body[field]
  if (value === undefined || value === null) return undefined
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 1 || value > most) {
    return refuse('wrong_type', field, `"${field}" must be an integer from 1 to ${most}.`)
  }
  return value
}

function parseFlag(value: unknown, field: string): boolean | undefined {
  if (value === undefined || value === null) return undefined
  if (typeof value !== 'boolean') return refuse('wrong_type', field, `"${field}" must be true or false.`)
  return value
}

function parseStreamOptions(body: Readonly<Record<string, unknown>>): StreamOptions | undefined {
  const value = body['stream_options']
  if (value === undefined || value === null) return undefined
  if (!isRecord(value)) return refuse('wrong_type', 'stream_options', '"stream_options" must be an object.')
  const { include_usage: given, ...rest } = value
  const include_usage = parseFlag(given, 'stream_options.include_usage')
  return include_usage === undefined ? rest : { ...value, include_usage }
}

function parseMessages(body: Readonly<Record<string, unknown>>): readonly Readonly<Record<string, unknown>>[] {
  const messages = body['messages']
  if (messages === undefined || messages === null) return refuse('missing', 'messages', 'You must provide messages.')
  if (!Array.isArray(messages) || messages.length === 0 || !messages.every(isRecord)) {
    return refuse('wrong_type', 'messages', '"messages" must be a list of at least one object.')
  }
  return messages
}

function countMedia(messages: readonly Readonly<Record<string, unknown>>[]): MediaCounts {
  let images = 0
  let audios = 0
  let files = 0
  let bytes = 0
  for (const message of messages) {
    const content = message['content']
    if (!Array.isArray(content)) continue
    for (const part of content) {
      if (!isRecord(part)) continue
      if (part['type'] === 'image_url') {
        images++
        bytes += inlineBytes(part['image_url'], 'url')
      } else if (part['type'] === 'input_audio') {
        audios++
        bytes += inlineBytes(part['input_audio'], 'data')
      } else if (part['type'] === 'file') {
        files++
        bytes += inlineBytes(part['file'], 'file_data')
      }
    }
  }
  return { images, audios, files, bytes }
}

/** Only what can be nothing but media is taken out of the text: a data URL, or characters of base64. */
function inlineBytes(holder: unknown, field: 'url' | 'data' | 'file_data'): number {
  if (!isRecord(holder)) return 0
  const value = holder[field]
  if (typeof value !== 'string') return 0
  if (field === 'data' || value.startsWith('data:')) return Buffer.byteLength(value)
  return 0
}

/**
 * How many bytes shorter the text is than the body because of \uXXXX escapes: six bytes for at most three of UTF-8. Only
 * they are worth counting (a writer that escapes everything but ASCII triples Chinese); the other escapes stay counted double.
 */
function escapeSurplus(bytes: Buffer): number {
  // The count starts at the first backslash of all, for the one before a "u" may itself be escaped.
  let at = bytes.indexOf(BACKSLASH)
  if (at === -1 || bytes.indexOf(ESCAPE_U, at) === -1) return 0
  let surplus = 0
  const length = bytes.length
  while (at < length) {
    if (bytes[at] !== BACKSLASH) at++
    else if (bytes[at + 1] === LOWER_U) {
      surplus += 3
      at += 6
    } else at += 2
  }
  return surplus
}

function hasEntries(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function refuse(reason: BodyRefusalReason, param: string | null, detail: string): never {
  throw requestBodyRefused({ reason, param }, { detail })
}
