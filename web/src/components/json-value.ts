// Reads what came as JSON and has no type of its own: what is not there, or of another kind, is nothing.

type Json = Readonly<Record<string, unknown>>
const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)
export const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value)
export const at = (value: unknown, name: string): unknown => (isJson(value) ? value[name] : undefined)
export const textAt = (value: unknown, name: string): string | null => {
  const member = at(value, name)
  return typeof member === 'string' ? member : null
}
export const numberAt = (value: unknown, name: string): number | null => {
  const member = at(value, name)
  return typeof member === 'number' ? member : null
}
export const listAt = (value: unknown, name: string): readonly unknown[] => {
  const member = at(value, name)
  return Array.isArray(member) ? member : []
}
export const wordsAt = (value: unknown, name: string): readonly string[] =>
  listAt(value, name).filter((word): word is string => typeof word === 'string')
