// What is noted beside requests, never in their way: at most once a minute for each of many, with a bounded memory.

const EVERY_MS = 60_000
const CAPACITY = 10_000

/** Says of a name whether it is due: the first time, and then once a minute. The one noted longest ago is forgotten first. */
export function createSeldom(): (name: string) => boolean {
  const noted = new Map<string, number>()
  return (name) => {
    const now = performance.now()
    if (now - (noted.get(name) ?? -Infinity) < EVERY_MS) return false
    const [oldest] = noted.keys()
    noted.delete(name)
    if (noted.size >= CAPACITY && oldest !== undefined) noted.delete(oldest)
    noted.set(name, now)
    return true
  }
}
