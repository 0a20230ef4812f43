// SCIM resources as JSON documents: names of attributes are compared without case, values are read within bounds.

export type Json = Record<string, unknown>

export const isJson = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const UNSAFE = new Set(['__proto__', 'constructor', 'prototype'])

/** Whether a word may be the name of an attribute. */
export const isName = (word: string): boolean => /^[A-Za-z$][\w$-]{0,63}$/.test(word) && !UNSAFE.has(word)

/** The member of an object by its name in any case, as the object spells it. */
export function keyIn(object: Json, name: string): string | null {
  const wanted = name.toLowerCase()
  return Object.keys(object).find((key) => key.toLowerCase() === wanted) ?? null
}

/** The value of a member by its name in any case. */
export function valueIn(object: Json, name: string): unknown {
  const key = keyIn(object, name)
  return key === null ? undefined : object[key]
}

/** Entra sends booleans as texts; null for what is neither. */
export function readBoolean(value: unknown): boolean | null {
  if (typeof value === 'boolean') return value
  if (typeof value !== 'string') return null
  const word = value.trim().toLowerCase()
  return word === 'true' ? true : word === 'false' ? false : null
}

/** A text of at most so many characters, without control characters; null for what is none. */
export function readText(value: unknown, longest: number): string | null {
  if (typeof value !== 'string') return null
  const text = value.trim()
  return text.length > 0 && text.length <= longest && !/\p{Cc}/u.test(text) ? text : null
}
