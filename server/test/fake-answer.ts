// What the fake provider says: answers of the size and shape a real one gives, usage that a test can compute itself.

/** A chat completion request as the fake provider reads it; a body that is none has an empty model. */
export type ChatCall = {
  readonly model: string
  readonly stream: boolean
  readonly include_usage: boolean
  readonly last_user_text: string
  readonly prompt_bytes: number
  readonly output_limit: number
  readonly choices: number
  /** What the answer must keep: a JSON Schema, `{}` for any object, null for plain text. */
  readonly schema: Readonly<Record<string, unknown>> | null
}

export type FakeUsage = {
  readonly prompt_tokens: number
  readonly completion_tokens: number
  readonly total_tokens: number
  readonly prompt_tokens_details: { readonly cached_tokens: number; readonly audio_tokens: number }
  readonly completion_tokens_details: { readonly reasoning_tokens: number; readonly audio_tokens: number }
}

export type StreamPlan = {
  /** Each makes its bytes when it is sent, so that a stamp tells the time of sending. */
  readonly chunks: readonly (() => Buffer)[]
  readonly gap_ms: number
  readonly end: Buffer
}

const FINGERPRINT = 'fp_44709d6fcb'
const ANSWER_TAIL =
  ' The quarterly figures are complete and were compared with those of the year before; nothing in them stands out. '
const CHARACTERS_PER_TOKEN = 4

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Reads what the fake provider needs of a body and forgives the rest. */
export function parseCall(bytes: Buffer): ChatCall {
  const body = parseBody(bytes)
  const messages = Array.isArray(body['messages']) ? body['messages'].filter(isRecord) : []
  const user = messages.findLast((message) => message['role'] === 'user')
  const limit = body['max_completion_tokens'] ?? body['max_tokens']
  const streamOptions = body['stream_options']
  return {
    model: typeof body['model'] === 'string' ? body['model'] : '',
    stream: body['stream'] === true,
    include_usage: isRecord(streamOptions) && streamOptions['include_usage'] === true,
    last_user_text: textOf(user?.['content']),
    prompt_bytes: messages.reduce((sum, message) => sum + Buffer.byteLength(textOf(message['content'])), 0),
    output_limit: typeof limit === 'number' ? limit : Number.POSITIVE_INFINITY,
    choices: typeof body['n'] === 'number' ? body['n'] : 1,
    schema: schemaIn(body['response_format']),
  }
}

function schemaIn(format: unknown): ChatCall['schema'] {
  if (!isRecord(format)) return null
  if (format['type'] === 'json_object') return {}
  const named = format['json_schema']
  return format['type'] === 'json_schema' && isRecord(named) && isRecord(named['schema']) ? named['schema'] : null
}

function parseBody(bytes: Buffer): Readonly<Record<string, unknown>> {
  try {
    const parsed: unknown = JSON.parse(bytes.toString('utf8'))
    return isRecord(parsed) ? parsed : {}
  } catch {
    return {}
  }
}

function textOf(content: unknown): string {
  if (typeof content === 'string') return content
  if (!Array.isArray(content)) return ''
  return content.map((part) => (isRecord(part) && typeof part['text'] === 'string' ? part['text'] : '')).join(' ')
}

/**
 * The usage that a call is answered with: four bytes of text are a token, a call costs three more, and `max_tokens` is
 * obeyed. `tokens:n`, `wrong-usage:n` say the completion tokens themselves.
 */
export function usageOf(call: ChatCall, name = 'echo', parameters: readonly string[] = []): FakeUsage {
  const text = answerText(call, name, parameters)
  const prompt_tokens = Math.ceil(call.prompt_bytes / CHARACTERS_PER_TOKEN) + 3
  const wrong = name === 'wrong-usage' ? Number(parameters[0] ?? 1_000_000_000) : null
  const completion_tokens = wrong ?? call.choices * Math.ceil(text.length / CHARACTERS_PER_TOKEN)
  return {
    prompt_tokens,
    completion_tokens,
    total_tokens: prompt_tokens + completion_tokens,
    prompt_tokens_details: { cached_tokens: 0, audio_tokens: 0 },
    completion_tokens_details: { reasoning_tokens: 0, audio_tokens: 0 },
  }
}

function answerText(call: ChatCall, name: string, parameters: readonly string[]): string {
  // A schema is answered with a value that keeps it; `break-schema` with one that cannot.
  if (call.schema !== null && name !== 'tokens') {
    return JSON.stringify(name === 'break-schema' ? { broken: true } : schemaValueOf(call.schema, call.last_user_text))
  }
  const text =
    name === 'tokens'
      ? 'word'.repeat(Number(parameters[0] ?? 100))
      : `${call.last_user_text}${ANSWER_TAIL.repeat(4)}`.trimEnd()
  return text.slice(0, call.output_limit * CHARACTERS_PER_TOKEN)
}

const answerId = (): string => 'chatcmpl-B9MBs8CjcvOU2jLn4n570S5qMJKcT'
const nowSeconds = (): number => Math.floor(Date.now() / 1000)

/** The body of a plain answer. */
export function answerBytes(call: ChatCall, name: string, parameters: readonly string[]): Buffer {
  const content = answerText(call, name, parameters)
  const finish_reason = finishOf(call, name, content)
  const message = { role: 'assistant', content, refusal: null, annotations: [] }
  const usage = reportedUsage(call, name, parameters)
  return Buffer.from(
    JSON.stringify({
      id: answerId(),
      object: 'chat.completion',
      created: nowSeconds(),
      model: call.model,
      choices: Array.from({ length: call.choices }, (_, index) => ({ index, message, logprobs: null, finish_reason })),
      ...(usage === null ? null : { usage }),
      service_tier: 'default',
      system_fingerprint: FINGERPRINT,
    }),
  )
}

function finishOf(call: ChatCall, name: string, text: string): string {
  if (name === 'content-filter') return 'content_filter'
  return text.length >= call.output_limit * CHARACTERS_PER_TOKEN ? 'length' : 'stop'
}

function reportedUsage(call: ChatCall, name: string, parameters: readonly string[]): unknown {
  if (name === 'no-usage') return null
  if (name === 'bad-usage') return { prompt_tokens: -1, completion_tokens: '12', total_tokens: 1.5 }
  return usageOf(call, name, parameters)
}

/** One event of a stream with this delta; without a delta, the chunk that carries only usage. */
export function eventOf(delta: Readonly<Record<string, unknown>> | null, extra: object = {}, model = 'fake'): Buffer {
  const { finish_reason = null, ...rest }: { finish_reason?: string | null } = extra
  const choices = delta === null ? [] : [{ index: 0, delta, logprobs: null, finish_reason }]
  const chunk = {
    id: answerId(),
    object: 'chat.completion.chunk',
    created: nowSeconds(),
    model,
    service_tier: 'default',
    system_fingerprint: FINGERPRINT,
    choices,
    ...rest,
  }
  return Buffer.from(`data: ${JSON.stringify(chunk)}\n\n`)
}

const DONE = Buffer.from('data: [DONE]\n\n')

/** The chunks of a streamed answer, and what ends it. */
export function planAnswer(call: ChatCall, name: string, parameters: readonly string[]): StreamPlan {
  const isTimed = name === 'chunks' || name === 'stamp'
  const text = answerText(call, isTimed ? 'tokens' : name, isTimed ? [parameters[0] ?? '50'] : parameters)
  const pieces = isTimed ? (text.match(/.{1,4}/g) ?? []) : (text.match(/.{1,32}/gs) ?? [])
  const nullUsage = call.include_usage ? { usage: null } : {}
  const contents = pieces.map(
    (piece) => () =>
      eventOf({ content: name === 'stamp' ? `@${process.hrtime.bigint()}` : piece }, nullUsage, call.model),
  )
  const role = eventOf({ role: 'assistant', content: '', refusal: null }, nullUsage, call.model)
  const chunks = isTimed ? contents : [() => role, ...contents]
  return {
    chunks: breakStream(name, parameters, chunks),
    gap_ms: isTimed ? Number(parameters[1] ?? 20) : 0,
    end: endOfStream(call, name, parameters, text),
  }
}

function breakStream(
  name: string,
  parameters: readonly string[],
  chunks: readonly (() => Buffer)[],
): readonly (() => Buffer)[] {
  const first = chunks.slice(0, 2)
  if (name === 'malformed-sse') return [...first, () => Buffer.from('data: {"choices":[{"delta"\n\n')]
  if (name === 'error-event') {
    const error = { message: 'The server had an error while processing your request.', type: 'server_error' }
    return [...first, () => Buffer.from(`data: ${JSON.stringify({ error })}\n\n`)]
  }
  if (name === 'huge-event') return [() => eventOf({ content: 'x'.repeat(Number(parameters[0] ?? 4) * 1_000_000) })]
  if (name === 'hang-mid-stream') return first
  return chunks
}

function endOfStream(call: ChatCall, name: string, parameters: readonly string[], text: string): Buffer {
  const finish = { finish_reason: finishOf(call, name, text) }
  const usage = reportedUsage(call, name, parameters)
  const isApart = call.include_usage && usage !== null && name !== 'usage-with-finish'
  const nullUsage = call.include_usage ? { usage: null } : {}
  const finishing = eventOf({}, { ...finish, ...(name === 'usage-with-finish' ? { usage } : nullUsage) }, call.model)
  const counted = isApart ? eventOf(null, { usage }, call.model) : Buffer.alloc(0)
  if (name === 'no-finish') return Buffer.alloc(0)
  if (name === 'no-done') return Buffer.concat([finishing, counted])
  if (name === 'duplicate-done') return Buffer.concat([finishing, counted, DONE, DONE])
  return Buffer.concat([finishing, counted, DONE])
}

type Schema = Readonly<Record<string, unknown>>

const schemasIn = (value: unknown): readonly Schema[] => (Array.isArray(value) ? value.filter(isRecord) : [])

/** A value that keeps a schema, as far as the contracts of apps go: the smallest that has everything in it. */
function schemaValueOf(schema: Schema, text: string, root: Schema = schema, depth = 0): unknown {
  if ('const' in schema) return schema['const']
  const { enum: words, default: standard, $ref: reference } = schema
  if (Array.isArray(words)) return words[0]
  if (standard !== undefined) return standard
  if (typeof reference === 'string' && depth < 20) return schemaValueOf(resolve(root, reference), text, root, depth + 1)
  const [alternative] = [...schemasIn(schema['oneOf']), ...schemasIn(schema['anyOf']), ...schemasIn(schema['allOf'])]
  const types: readonly unknown[] = Array.isArray(schema['type']) ? schema['type'] : [schema['type']]
  const [type] = types
  if (type === undefined && alternative !== undefined) return schemaValueOf(alternative, text, root, depth + 1)
  switch (type) {
    case 'string':
      return stringOf(schema, text)
    case 'integer':
    case 'number':
      return (
        Number(schema['minimum'] ?? schema['exclusiveMinimum'] ?? 0) +
        (schema['exclusiveMinimum'] === undefined ? 0 : 1)
      )
    case 'boolean':
      return true
    case 'null':
      return null
    case 'array': {
      const items = isRecord(schema['items']) ? schema['items'] : {}
      const count = Math.max(1, Number(schema['minItems'] ?? 1))
      return Array.from({ length: count }, (_, index) => schemaValueOf(items, `${text} ${index}`, root, depth + 1))
    }
    default: {
      const properties = isRecord(schema['properties']) ? schema['properties'] : {}
      const members = Object.entries(properties).map(([name, each]) => [
        name,
        isRecord(each) ? schemaValueOf(each, text, root, depth + 1) : null,
      ])
      return Object.fromEntries(members)
    }
  }
}

function resolve(root: Schema, reference: string): Schema {
  let value: unknown = root
  for (const part of reference.replace(/^#\/?/, '').split('/').filter(Boolean)) {
    value = isRecord(value) ? value[part.replaceAll('~1', '/').replaceAll('~0', '~')] : undefined
  }
  return isRecord(value) ? value : {}
}

const FORMATS: Readonly<Record<string, string>> = {
  date: '2026-01-31',
  'date-time': '2026-01-31T12:00:00Z',
  time: '12:00:00Z',
  email: 'person@example.com',
  uri: 'https://example.com/',
  uuid: '01900000-0000-7000-8000-000000000000',
}

function stringOf(schema: Schema, text: string): string {
  const { format, pattern } = schema
  if (typeof format === 'string') return FORMATS[format] ?? 'text'
  if (typeof pattern === 'string') return sampleOf(pattern)
  const least = Number(schema['minLength'] ?? 0)
  const most = Number(schema['maxLength'] ?? 200)
  const plain = `${text.replaceAll(/\s+/g, ' ').trim()} `.slice(0, 60).padEnd(least, 'x')
  return plain.slice(0, most)
}

/** A text for the few patterns that contracts use. */
const sampleOf = (pattern: string): string =>
  ['EUR', 'en', 'a', 'A1', '1', '2026', '2026-01', '2026-01-31', '1.0.0', 'abc-1', 'ABC-123', '12:00', '00:15'].find(
    (each) => new RegExp(pattern, 'u').test(each),
  ) ?? 'text'
