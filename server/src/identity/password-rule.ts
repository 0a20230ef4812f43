// Which passwords people may choose: long, not among the common ones, no rules of composition (NIST SP 800-63B-4,
// 3.1.1.2).
//
// Lists of common passwords hold next to nothing of 15 characters and more, so comparing whole passwords with one would
// refuse nobody. What people do at that length is to stretch a common password: repeat it, add a row of keys, a year,
// the own name. So the password is taken apart first, and the list (49,000 entries of zxcvbn-ts) is asked about its
// parts.

import { passwordRefused } from './problems.ts'
import { guessWeight } from './internal/guess.ts'

/** In characters (code points) after NFKC, of a password that is all that is asked for. */
export const MIN_PASSWORD_LENGTH = 15
/** Of a password beside which a second factor is asked for. */
export const MIN_LENGTH_WITH_FACTOR = 8
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

/** What is demanded of a password. An organisation's rule only ever adds to the platform's, so it may be none: length 0. */
export type PasswordRule = {
  readonly min_length: number
  readonly needs_letters: boolean
  readonly needs_digits: boolean
  readonly needs_symbols: boolean
}

export const PLATFORM_PASSWORD_RULE: PasswordRule = Object.freeze({
  min_length: MIN_PASSWORD_LENGTH,
  needs_letters: false,
  needs_digits: false,
  needs_symbols: false,
})

/** The rule that demands whatever the platform or one of these demands of somebody with or without a second factor. */
export function strictestRule(rules: readonly PasswordRule[], has_factor: boolean): PasswordRule {
  const least = has_factor ? MIN_LENGTH_WITH_FACTOR : MIN_PASSWORD_LENGTH
  return {
    min_length: Math.max(least, ...rules.map((rule) => rule.min_length)),
    needs_letters: rules.some((rule) => rule.needs_letters),
    needs_digits: rules.some((rule) => rule.needs_digits),
    needs_symbols: rules.some((rule) => rule.needs_symbols),
  }
}

const SENTENCES = {
  too_short: 'A password has at least {min_length} characters. Several words make a good one.',
  letter_missing: 'An organisation of yours demands a letter in each password.',
  digit_missing: 'An organisation of yours demands a digit in each password.',
  symbol_missing: 'An organisation of yours demands a character in each password that is neither letter nor digit.',
  too_long: `A password has at most ${MAX_PASSWORD_LENGTH} characters.`,
  guessable:
    'This password is easy to guess: it is made of common passwords, your name or address, rows of keys or ' +
    'repetitions. Use several words that do not belong together.',
  unchanged: 'The new password must differ from the current one.',
} as const

const refuse = (reason: keyof typeof SENTENCES, pointer: string, { min_length } = PLATFORM_PASSWORD_RULE) => {
  const message = SENTENCES[reason].replace('{min_length}', String(min_length))
  const params = { reason, min_length, max_length: MAX_PASSWORD_LENGTH }
  return passwordRefused(params, { detail: message, fields: [{ pointer, message }] })
}

/** What a password in its compared form lacks of what a rule demands, or null. */
function lackOf(text: string, rule: PasswordRule): keyof typeof SENTENCES | null {
  if (Array.from(text).length < rule.min_length) return 'too_short'
  if (rule.needs_letters && !/\p{L}/u.test(text)) return 'letter_missing'
  if (rule.needs_digits && !/\p{N}/u.test(text)) return 'digit_missing'
  return rule.needs_symbols && !/[^\p{L}\p{N}\s]/u.test(text) ? 'symbol_missing' : null
}

/** Whether a password that was chosen earlier is what a rule demands by now. */
export function meetsRule(password: string, rule: PasswordRule): boolean {
  return lackOf(password.normalize('NFKC'), rule) === null
}

/**
 * Refuses a password that is too short, too long, guessable, or not what a stricter rule demands (`password_refused`, naming
 * `params.reason`). `pointer` says where it stood in the request.
 */
export async function requirePasswordAllowed(
  password: string,
  owner: PasswordOwner,
  pointer = '/password',
  rule: PasswordRule = PLATFORM_PASSWORD_RULE,
): Promise<void> {
  const text = password.normalize('NFKC')
  const lack = lackOf(text, rule)
  if (lack !== null) throw refuse(lack, pointer, rule)
  if (Array.from(text).length > MAX_PASSWORD_LENGTH) throw refuse('too_long', pointer)
  commonPasswords ??= loadCommonPasswords()
  const common = await commonPasswords
  if (guessWeight(text, common, wordsOf(owner)) < MIN_GUESS_WEIGHT) throw refuse('guessable', pointer)
}

/** Refuses a new password that is the current one (`password_refused`, reason `unchanged`). */
export function requirePasswordChanged(current_password: string, new_password: string, pointer: string): void {
  if (current_password.normalize('NFKC') === new_password.normalize('NFKC')) throw refuse('unchanged', pointer)
}
