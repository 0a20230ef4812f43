// A bounded memory of what was read; several callers of one name share one reading. A reading that failed is forgotten.

export type Remembered<Value> = { readonly reading: Promise<Value>; value: Value | null }

export type Memory<Value> = Map<string, Remembered<Value>>

const CAPACITY = 10_000

/** What is remembered under a name, or read now. */
export function remember<Value>(memory: Memory<Value>, name: string, read: () => Promise<Value>): Promise<Value> {
  const known = memory.get(name)
  if (known !== undefined) return known.reading
  const [oldest] = memory.keys()
  if (memory.size >= CAPACITY && oldest !== undefined) memory.delete(oldest)
  const fresh: Remembered<Value> = { reading: read(), value: null }
  memory.set(name, fresh)
  fresh.reading.then(
    (value) => {
      fresh.value = value
    },
    () => {
      if (memory.get(name) === fresh) memory.delete(name)
    },
  )
  return fresh.reading
}
