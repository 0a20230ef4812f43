// What a browser calls itself, in words that its owner knows. A hint for people, nothing more.

const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/Edg\//, 'Edge'],
  [/OPR\//, 'Opera'],
  [/Firefox\//, 'Firefox'],
  [/Chrom(?:e|ium)\//, 'Chrome'],
  [/Safari\//, 'Safari'],
]
const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/iPhone|iPad/, 'iOS'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'macOS'],
  [/Linux/, 'Linux'],
]

const firstIn = (table: readonly (readonly [RegExp, string])[], text: string): string | null =>
  table.find(([pattern]) => pattern.test(text))?.[1] ?? null

/** Such as "Firefox, Linux"; what it says of itself where neither is known; null when it says nothing. */
export function deviceOf(user_agent: string): string | null {
  const known = [firstIn(BROWSERS, user_agent), firstIn(SYSTEMS, user_agent)].filter((word) => word !== null)
  return known.length === 0 ? user_agent.trim() || null : known.join(', ')
}
