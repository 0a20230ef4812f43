import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { curlOf, curlsOf } from '../src/api/curl.ts'

const ORIGIN = 'https://reeve.example'

/** The words that a shell makes of a command, without running it. */
function wordsOf(command: string): readonly string[] {
  const script = command.replace(/^curl /, `printf '%s\\0' `)
  const env = { REEVE_KEY: 'a key', REEVE_SESSION: 'a session' }
  return execFileSync('sh', ['-c', script], { env, encoding: 'utf8' }).split('\0').slice(0, -1)
}

test.each([
  'plain',
  `it's "quoted"`,
  '$(touch never) `id` $HOME \\',
  "'; rm -rf /; '",
  'two\nlines\r\n\tand a tab',
  '😀 ؽ %41 * ? [a] {b,c} ! ~ # &',
  '@file',
])('a shell hands over what was typed, whatever it is: %j', (text) => {
  const body = { name: text, nested: [{ [text]: text }] }
  const words = wordsOf(curlOf({ method: 'POST', path: '/api/orgs/one/teams', body }, ORIGIN))
  expect(words.slice(0, 3)).toEqual(['-X', 'POST', `${ORIGIN}/api/orgs/one/teams`])
  expect(words.at(-2)).toBe('-d')
  expect(JSON.parse(words.at(-1) ?? '')).toEqual(body)
})

test('a quote in an address ends nothing', () => {
  const path = `/api/orgs/one/tool-credentials/${encodeURIComponent(`a'b; c`)}`
  expect(wordsOf(curlOf({ path, query: { search: `d'e f&g`, none: undefined } }, ORIGIN))[0]).toBe(
    `${ORIGIN}${path}?search=d%27e+f%26g`,
  )
})

test('an organisation is opened with a key, the platform and the own account with a session', () => {
  const credential = (path: string) => wordsOf(curlOf({ path }, ORIGIN)).slice(1)
  expect(credential('/api/orgs/one/teams')).toEqual(['-H', 'Authorization: Bearer a key'])
  for (const path of ['/api/me', '/api/me/sessions', '/api/platform/users', '/api/organisations']) {
    expect(credential(path)).toEqual(['--cookie', '__Host-reeve_session=a session'])
  }
})

test('the bytes of a file are named, not held', () => {
  const command = curlOf({ method: 'POST', path: '/api/orgs/one/files', hasFile: true }, ORIGIN)
  expect(wordsOf(command).slice(-2)).toEqual(['--data-binary', '@<file>'])
})

test('what was done together is one command after the other, and nothing is none', () => {
  expect(curlsOf([], ORIGIN)).toBeNull()
  const twins = ['a', 'b'].map((id) => ({ method: 'DELETE', path: `/api/orgs/one/teams/${id}` }))
  expect(curlsOf(twins, ORIGIN)?.split('\n\n')).toEqual(twins.map((twin) => curlOf(twin, ORIGIN)))
})
