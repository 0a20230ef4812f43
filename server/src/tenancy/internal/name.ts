import { nameInvalid } from '../../identity/problems.ts'

/**
 * A name without space around it, in Unicode's composed form. Refuses empty ones, long ones and control characters
 * (`name_invalid`).
 */
export function parseName(name: string, pointer = '/name'): string {
  const trimmed = name.normalize('NFC').trim()
  if (/^\P{Cc}{1,200}$/u.test(trimmed)) return trimmed
  throw nameInvalid({}, { fields: [{ pointer, message: nameInvalid.title }] })
}
