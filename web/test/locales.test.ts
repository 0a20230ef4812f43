import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const FOLDER = fileURLToPath(new URL('../src/locales', import.meta.url))
const namespaces = readdirSync(join(FOLDER, 'en')).sort()

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null

/** Every text of a language by its whole key. */
function textsOf(language: string, namespace: string): ReadonlyMap<string, string> {
  const texts = new Map<string, string>()
  const walk = (value: unknown, path: string): void => {
    if (typeof value === 'string') texts.set(path, value)
    else
      for (const [key, child] of Object.entries(isObject(value) ? value : {}))
        walk(child, path === '' ? key : `${path}.${key}`)
  }
  walk(JSON.parse(readFileSync(join(FOLDER, language, namespace), 'utf8')), '')
  return texts
}

const slotsOf = (text: string): readonly string[] =>
  [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name = '']) => name).sort()

test('both languages have the same namespaces', () => {
  expect(readdirSync(join(FOLDER, 'de')).sort()).toEqual(namespaces)
})

test.each(namespaces)(
  '%s has the same keys in both languages, no text is empty, and the slots are the same',
  (namespace) => {
    const en = textsOf('en', namespace)
    const de = textsOf('de', namespace)
    expect([...de.keys()].sort()).toEqual([...en.keys()].sort())
    for (const [key, text] of en) {
      expect(text.trim(), key).not.toBe('')
      expect(slotsOf(de.get(key) ?? ''), key).toEqual(slotsOf(text))
    }
  },
)
