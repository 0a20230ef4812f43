// A test call: does a provider's address answer, does it take the key, does a model talk? Asked for by whoever manages the
// provider, it goes past admission: nobody is charged, no limit counts it (decision 0023). One small call in bounded time.

import { Agent, request } from 'undici'
import { createEgressConnector, type EgressPolicy, parseEgressUrl } from '../kernel/egress.ts'
import { readJson } from '../kernel/json-text.ts'
import type { Secret } from '../keys/secret.ts'
import type { SecretStore } from '../secrets/secret-store.ts'
import type { ModelsTx } from './provider.ts'

/** Why a test call failed, in the words that a screen explains. */
export const TEST_CALL_ERRORS = [
  'key_unavailable',
  'egress_refused',
  'unreachable',
  'timeout',
  'redirect',
  'key_refused',
  'not_found',
  'rate_limited',
  'provider_failed',
  'refused',
  'bad_answer',
] as const
export type TestCallError = (typeof TEST_CALL_ERRORS)[number]

export type TestCall = {
  readonly ok: boolean
  /** From the first byte sent to the last one read, connecting included. */
  readonly latency_ms: number
  /** Of the provider's answer; null when there was none. */
  readonly status: number | null
  readonly error: TestCallError | null
  /** What the provider said of its refusal, without the key. */
  readonly message: string | null
  /** What the provider says it serves, where it was asked for that; at most 200 names. */
  readonly models: readonly string[]
}

/** What a test call needs of a provider's row. */
export type TestTarget = {
  readonly id: string
  readonly name: string
  readonly base_url: string
  readonly secret_path: string | null
  readonly secret_version: number | null
}

const TIMEOUT_MS = 20_000
const CONNECT_TIMEOUT_MS = 5000
const MAX_ANSWER_BYTES = 1024 * 1024
const MAX_MODELS = 200
const MAX_NAME = 200
const MAX_MESSAGE = 300
/** Enough for a word; reasoning models may need all of it to think. */
const ANSWER_TOKENS = 16

/** The provider as a test call needs it, or null. */
export async function findTestTarget(tx: ModelsTx, provider_id: string): Promise<TestTarget | null> {
  const row = await tx
    .selectFrom('models.provider')
    .select(['id', 'name', 'base_url', 'secret_path', 'secret_version'])
    .where('id', '=', provider_id)
    .executeTakeFirst()
  return row ?? null
}

export type TestCallNeeds = {
  readonly secrets: Pick<SecretStore, 'get'>
  readonly egress: EgressPolicy
  readonly timeout_ms?: number
}

/**
 * Asks the provider for its models, or has one of them say a word. Never throws for what the provider or the network does:
 * that is the result. The address is judged where the connection is made, and redirects are not followed.
 */
export async function callForTest(needs: TestCallNeeds, target: TestTarget, model: string | null): Promise<TestCall> {
  const started_ms = performance.now()
  const end = (part: Omit<TestCall, 'ok' | 'latency_ms'>): TestCall => ({
    ...part,
    ok: part.error === null,
    latency_ms: Math.round(performance.now() - started_ms),
  })
  const key = await findKey(needs, target)
  if (key === 'unavailable') return end({ ...NOTHING, error: 'key_unavailable' })
  try {
    const answer = await send(needs, target, key, model)
    const error = errorOfStatus(answer.status)
    if (error !== null) {
      return end({ ...NOTHING, status: answer.status, error, message: messageOf(answer.text, key) })
    }
    const models = readAnswer(answer.text, model)
    if (models === null) return end({ ...NOTHING, status: answer.status, error: 'bad_answer' })
    return end({ ...NOTHING, status: answer.status, models })
  } catch (error) {
    return end({ ...NOTHING, error: errorOfFailure(error) })
  }
}

const NOTHING = { status: null, error: null, message: null, models: [] } as const

async function findKey({ secrets }: TestCallNeeds, { secret_path, secret_version }: TestTarget) {
  if (secret_path === null || secret_version === null) return null
  const found = await secrets.get(secret_path, secret_version).catch(() => null)
  return found === null ? 'unavailable' : found.value
}

async function send(
  { egress, timeout_ms = TIMEOUT_MS }: TestCallNeeds,
  target: TestTarget,
  key: Secret | null,
  model: string | null,
): Promise<{ readonly status: number; readonly text: string }> {
  const base = parseEgressUrl(target.base_url, egress).href.replace(/\/+$/, '')
  const dispatcher = new Agent({
    connect: createEgressConnector({ ...egress, connect_timeout_ms: CONNECT_TIMEOUT_MS }),
    connections: 1,
  })
  try {
    const answer = await request(`${base}${model === null ? '/models' : '/chat/completions'}`, {
      dispatcher,
      method: model === null ? 'GET' : 'POST',
      signal: AbortSignal.timeout(timeout_ms),
      headers: {
        'user-agent': 'reeve',
        'accept-encoding': 'identity',
        ...(model !== null && { 'content-type': 'application/json' }),
        ...(key !== null && { authorization: `Bearer ${key.reveal()}` }),
      },
      ...(model !== null && { body: questionTo(model) }),
    })
    // Giving a long answer up is no failure of its own.
    answer.body.on('error', () => undefined)
    return { status: answer.statusCode, text: await readBounded(answer.body) }
  } finally {
    await dispatcher.destroy()
  }
}

const questionTo = (model: string): string =>
  JSON.stringify({
    model,
    messages: [{ role: 'user', content: 'Answer with the word OK.' }],
    max_tokens: ANSWER_TOKENS,
  })

class AnswerTooLargeError extends Error {
  override readonly name = 'AnswerTooLargeError'
}

async function readBounded(body: AsyncIterable<unknown>): Promise<string> {
  const chunks: Buffer[] = []
  let size_bytes = 0
  for await (const chunk of body) {
    if (!Buffer.isBuffer(chunk)) continue
    size_bytes += chunk.length
    if (size_bytes > MAX_ANSWER_BYTES) throw new AnswerTooLargeError()
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function errorOfStatus(status: number): TestCallError | null {
  if (status >= 200 && status < 300) return null
  if (status >= 300 && status < 400) return 'redirect'
  if (status === 401 || status === 403) return 'key_refused'
  if (status === 404) return 'not_found'
  if (status === 429) return 'rate_limited'
  return status >= 500 ? 'provider_failed' : 'refused'
}

function errorOfFailure(error: unknown): TestCallError {
  for (let each: unknown = error; each instanceof Error; each = each.cause) {
    const code = 'code' in each ? each.code : null
    if (code === 'EGRESS_REFUSED' || code === 'egress_refused') return 'egress_refused'
    if (each instanceof AnswerTooLargeError) return 'bad_answer'
    if (each.name === 'TimeoutError' || (typeof code === 'string' && /^UND_ERR_\w+_TIMEOUT$/.test(code))) {
      return 'timeout'
    }
  }
  return 'unreachable'
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null
const parse = (text: string): unknown => {
  try {
    return readJson(text)
  } catch {
    return null
  }
}

/** The names in a list of models, or none for an answer of a model; null for what is neither. */
function readAnswer(text: string, model: string | null): readonly string[] | null {
  const answer = parse(text)
  if (!isRecord(answer)) return null
  if (model !== null) return Array.isArray(answer['choices']) && answer['choices'].length > 0 ? [] : null
  if (!Array.isArray(answer['data'])) return null
  return answer['data']
    .flatMap((each: unknown) =>
      isRecord(each) && typeof each['id'] === 'string' ? [each['id'].slice(0, MAX_NAME)] : [],
    )
    .slice(0, MAX_MODELS)
}

/** The provider's own words, where its refusal has some. Should it repeat the key, that is left out. */
function messageOf(text: string, key: Secret | null): string | null {
  const answer = parse(text)
  const error = isRecord(answer) ? answer['error'] : null
  const message = isRecord(error) ? error['message'] : error
  if (typeof message !== 'string' || message.trim() === '') return null
  const secret = key?.reveal() ?? ''
  const plain = secret === '' ? message : message.replaceAll(secret, '…')
  return plain
    .replaceAll(/\p{Cc}+/gu, ' ')
    .trim()
    .slice(0, MAX_MESSAGE)
}
