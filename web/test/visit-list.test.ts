import { expect, test } from 'vitest'
import { parseVisits, type Visit, withVisit } from '../src/shell/visit-list.ts'

const visit = (path: string): Visit => ({ name: `Called ${path}`, path, page: 'people' })
const kept = (visits: readonly unknown[]): string => JSON.stringify({ account_id: 'ana', visits })

test('the newest visit stands first and each address once, at most eight of each organisation', () => {
  const paths = Array.from({ length: 10 }, (_, n) => `/o/one/people/${n}`)
  const elsewhere = visit('/o/two/people/1')
  const opened = [...paths, '/o/one/people/5']
  const visits = opened.reduce<readonly Visit[]>((before, path) => withVisit(before, visit(path)), [elsewhere])
  expect(visits.map(({ path }) => path)).toEqual([
    ...[5, 9, 8, 7, 6, 4, 3, 2].map((n) => `/o/one/people/${n}`),
    elsewhere.path,
  ])
})

test('what was kept for one account is nothing to another', () => {
  const text = kept([visit('/o/one/people/1')])
  expect(parseVisits(text, 'ana')).toEqual([visit('/o/one/people/1')])
  expect(parseVisits(text, 'bob')).toEqual([])
})

test.each([null, '', '{', '[]', 'null', '{"account_id":"ana"}', '{"account_id":"ana","visits":{}}'])(
  'whatever else stands there is no visit: %s',
  (text) => expect(parseVisits(text, 'ana')).toEqual([]),
)

test('an address outside of the portal, or of a page that it does not have, is no visit', () => {
  const strange = [visit('//evil.example/o/one/people'), visit('javascript:0'), visit('/o/one'), 7, null]
  expect(parseVisits(kept([...strange, { ...visit('/o/one/people/1'), page: 'elsewhere' }]), 'ana')).toEqual([])
})
