// Reading and changing a part of a draft, which may hold anything as long as it is unfinished.

export type Json = Readonly<Record<string, unknown>>

export const isJson = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const jsonOf = (value: unknown): Json => (isJson(value) ? value : {})

export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

/** The member at `path`, such as `supervision/level2`. */
export const memberAt = (value: unknown, path: string): unknown =>
  path.split('/').reduce((at: unknown, name) => (isJson(at) ? at[name] : undefined), value)

/** The same with another member at `path`; without it where the value is undefined. */
export function withMember(value: unknown, path: string, member: unknown): Json {
  const [name = '', ...rest] = path.split('/')
  const whole = jsonOf(value)
  const next = rest.length === 0 ? member : withMember(whole[name], rest.join('/'), member)
  if (next !== undefined) return { ...whole, [name]: next }
  return Object.fromEntries(Object.entries(whole).filter(([each]) => each !== name))
}

/** The list with what stands at `at` replaced. */
export const withItem = <Item>(list: readonly Item[], at: number, item: Item): readonly Item[] =>
  list.map((each, index) => (index === at ? item : each))

/** The list with two neighbours exchanged. */
export function withMoved<Item>(list: readonly Item[], at: number, step: 1 | -1): readonly Item[] {
  const to = at + step
  if (to < 0 || to >= list.length) return list
  const rest = list.filter((_, index) => index !== at)
  return [...rest.slice(0, to), ...list.slice(at, at + 1), ...rest.slice(to)]
}
