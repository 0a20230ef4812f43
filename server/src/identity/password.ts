// Passwords as they are stored: argon2id (RFC 9106) with OWASP's parameters, about 7 ms and 19 MiB each.

import { createHash, randomBytes, randomInt, timingSafeEqual } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'
import { overloaded } from '../kernel/problem.ts'

const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const
/** How every hash made with today's parameters begins. */
const PREFIX = '$argon2id$v=19$m=19456,t=2,p=1$'

/** The hash of a random password that nobody has: accounts that do not exist cost what others cost. */
const NOBODY = `${PREFIX}GayIcmioZHfztsegulXgvg$Zqr6e28GFhim67EszhiGh5+nx+MO+jyq/WEyZCmu4iA`

/** As many as are hashed at the same time; whoever has a whole file to hash begins no more than that at once. */
export const HASHES_AT_ONCE = 2
const MAX_WAITING = 64

let running = 0
const waiting: (() => void)[] = []

/**
 * At most 2 hashes at once (CPU and memory), at most 64 waiting for their turn: beyond that refuses with `overloaded`.
 */
async function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
  if (running < HASHES_AT_ONCE) running += 1
  else {
    if (waiting.length >= MAX_WAITING) throw overloaded({}, { retry_after_s: 1 })
    // Whoever finishes hands its place over, so `running` stays as it is.
    await new Promise<void>((resolve) => waiting.push(resolve))
  }
  try {
    return await work()
  } finally {
    const next = waiting.shift()
    if (next === undefined) running -= 1
    else next()
  }
}

/** The form in which passwords are compared, so that every keyboard types the same one (NIST SP 800-63B-4, 3.1.1.2). */
const normalise = (password: string): string => password.normalize('NFKC')

/** Hashes a password for storage. Refuses with `overloaded` when too many wait. Never call it inside a transaction. */
export async function hashPassword(password: string): Promise<string> {
  return inTurn(() => hash(normalise(password), PARAMETERS))
}

/** How the hash of a random password begins. */
const RANDOM_PREFIX = '$sha256$'

const digestOf = (salt: Buffer, password: string): Buffer =>
  createHash('sha256').update(salt).update(normalise(password)).digest()

/**
 * Hashes a password that was made at random with at least 112 bits, for which a salted fast hash is enough (NIST SP
 * 800-63B-4, 3.1.2.2): an import makes thousands. Never for a password that a person chose.
 */
export function hashRandomPassword(password: string): string {
  const salt = randomBytes(16)
  return `${RANDOM_PREFIX}${salt.toString('base64')}$${digestOf(salt, password).toString('base64')}`
}

function isRandomPassword(password_hash: string, password: string): boolean {
  const [salt = '', digest = ''] = password_hash.slice(RANDOM_PREFIX.length).split('$')
  return timingSafeEqual(digestOf(Buffer.from(salt, 'base64'), password), Buffer.from(digest, 'base64'))
}

/**
 * Whether the password is the one that was hashed. Without a hash (no such account) the answer is no, after the same
 * work. Refuses with `overloaded` when too many wait. Never call it inside a transaction.
 */
export async function verifyPassword(password_hash: string | null, password: string): Promise<boolean> {
  const isRandom = password_hash?.startsWith(RANDOM_PREFIX) === true
  // The same work for every account, whatever its hash.
  const isRight = await inTurn(() => verify(isRandom ? NOBODY : (password_hash ?? NOBODY), normalise(password)))
  if (isRandom && password_hash !== null) return isRandomPassword(password_hash, password)
  return isRight && password_hash !== null
}

/** Whether a hash was made with other parameters than today's and should be replaced at the next sign-in. */
export function isOutdated(password_hash: string): boolean {
  return !password_hash.startsWith(PREFIX)
}

// No letter or digit that another can be mistaken for.
const READABLE = 'abcdefghjkmnpqrstuvwxyz23456789'

/** A password of 99 random bits for an account that somebody else made, in four groups of five characters; of five: 124. */
export function createOneTimePassword(groups: 4 | 5 = 4): string {
  const group = () => Array.from({ length: 5 }, () => READABLE.charAt(randomInt(READABLE.length))).join('')
  return Array.from({ length: groups }, group).join('-')
}
