// Which passwords people may choose: long, not among the common ones, no rules of composition (NIST SP 800-63B-4,
// 3.1.1.2).
//
// Lists of common passwords hold next to nothing of 15 characters and more, so comparing whole passwords with one would
// refuse nobody. What people do at that length is to stretch a common password: repeat it, add a row of keys, a year,
// the own name. So the password is taken apart first, and the list (49,000 entries of zxcvbn-ts) is asked about its
// parts.

import { passwordRefused } from './problems.ts'
import { guessWeight } from './internal/guess.ts'

/** In characters (code points) after NFKC. */
export const MIN_PASSWORD_LENGTH = 15
export const MAX_PASSWORD_LENGTH = 128

/** Three common words, two and a few characters of one's own, or six different characters. */
const MIN_GUESS_WEIGHT = 6

const PRODUCT_WORDS = ['reeve', 'superadmin']

/** Whose password it is: nobody's name or address makes a password stronger. */
export type PasswordOwner = { readonly email: string; readonly display_name: string }

let commonPasswords: Promise<ReadonlySet<string>> | null = null

/** Loaded when somebody first chooses a password: it takes 70 ms and 5 MB. */
async function loadCommonPasswords(): Promise<ReadonlySet<string>> {
  const { dictionary } = await import('@zxcvbn-ts/language-common')
  return new Set(dictionary['passwords-common'])
}

function wordsOf(owner: PasswordOwner): ReadonlySet<string> {
  const texts = [owner.email, owner.display_name].map((text) => text.normalize('NFKC').toLowerCase())
  const local_part = texts[0]?.split('@')[0] ?? ''
  const words = [...texts.flatMap((text) => text.split(/[^\p{L}\p{N}]+/u)), local_part, ...PRODUCT_WORDS]
  return new Set(words.filter((word) => word.length >= 3))
}

const SENTENCES = {
  too_short: `A password has at least ${MIN_PASSWORD_LENGTH} characters. Several words make a good one.`,
  too_long: `A password has at most ${MAX_PASSWORD_LENGTH} characters.`,
  guessable:
    'This password is easy to guess: it is made of common passwords, your name or address, rows of keys or ' +
    'repetitions. Use several words that do not belong together.',
  unchanged: 'The new password must differ from the current one.',
} as const

const refuse = (reason: keyof typeof SENTENCES, pointer: string) => {
  const message = SENTENCES[reason]
  const params = { reason, min_length: MIN_PASSWORD_LENGTH, max_length: MAX_PASSWORD_LENGTH }
  return passwordRefused(params, { detail: message, fields: [{ pointer, message }] })
}

/**
 * Refuses a password that is too short, too long or guessable (`password_refused`, naming `params.reason`). `pointer`
 * says where it stood in the request.
 */
export async function requirePasswordAllowed(
  password: string,
  owner: PasswordOwner,
  pointer = '/password',
): Promise<void> {
  const text = password.normalize('NFKC')
  const { length } = Array.from(text)
  if (length < MIN_PASSWORD_LENGTH) throw refuse('too_short', pointer)
  if (length > MAX_PASSWORD_LENGTH) throw refuse('too_long', pointer)
  commonPasswords ??= loadCommonPasswords()
  const common = await commonPasswords
  if (guessWeight(text, common, wordsOf(owner)) < MIN_GUESS_WEIGHT) throw refuse('guessable', pointer)
}

/** Refuses a new password that is the current one (`password_refused`, reason `unchanged`). */
export function requirePasswordChanged(current_password: string, new_password: string, pointer: string): void {
  if (current_password.normalize('NFKC') === new_password.normalize('NFKC')) throw refuse('unchanged', pointer)
}
