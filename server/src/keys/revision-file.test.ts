import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, open, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { emptyRevisions, findLatestRevision, findRevision, listRevisions, publishRevision } from './revision-file.ts'

let base: string
beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'reeve-revisions-'))
})
afterAll(() => rm(base, { recursive: true }))

test('of writers that publish one number at once, one does, and its bytes are whole', async () => {
  const directory = join(base, 'race', 'deep')
  const results = await Promise.all(
    Array.from({ length: 20 }, (_, writer) => publishRevision(directory, 1, Buffer.alloc(5000, writer))),
  )
  expect(results.filter(Boolean)).toHaveLength(1)
  expect(await findRevision(directory, 1)).toEqual(Buffer.alloc(5000, results.indexOf(true)))
  expect(await readdir(directory)).toEqual(['1.sealed'])
})

test('writers succeed although others clean the directory under their hands', async () => {
  const directory = join(base, 'cleaned')
  await publishRevision(directory, 1, Buffer.from('1'))
  const clean = async () => {
    for (let times = 0; times < 50; times += 1) await emptyRevisions(directory, [])
  }
  const cleaners = [clean(), clean(), clean()]
  for (let revision = 2; revision <= 20; revision += 1) {
    expect(await publishRevision(directory, revision, Buffer.from(`${revision}`))).toBe(true)
  }
  await Promise.all(cleaners)
  expect((await readdir(directory)).sort()).toEqual(
    Array.from({ length: 20 }, (_, index) => `${index + 1}.sealed`).sort(),
  )
  expect(await findLatestRevision(directory)).toEqual({ revision: 20, bytes: Buffer.from('20') })
})

test('an emptied number is never given again', async () => {
  const directory = join(base, 'emptied')
  await publishRevision(directory, 1, Buffer.from('1'))
  await publishRevision(directory, 2, Buffer.from('2'))
  await emptyRevisions(directory, [1, 2])
  expect(await findRevision(directory, 2)).toBeNull()
  expect(await listRevisions(directory)).toEqual([1, 2])
  expect(await publishRevision(directory, 1, Buffer.from('again'))).toBe(false)
})

test('a reader never sees a superseded revision half emptied', async () => {
  const directory = join(base, 'read')
  await publishRevision(directory, 1, Buffer.from('1'))
  const read = async () => {
    for (let last = 1; last < 40; ) {
      const latest = await findLatestRevision(directory)
      expect(latest?.bytes.toString()).toBe(`${latest?.revision}`)
      expect(latest?.revision).toBeGreaterThanOrEqual(last)
      last = latest?.revision ?? 0
    }
  }
  const write = async () => {
    for (let revision = 2; revision <= 40; revision += 1) {
      await publishRevision(directory, revision, Buffer.from(`${revision}`))
      await emptyRevisions(directory, [revision - 1])
    }
  }
  await Promise.all([read(), read(), write()])
})

test('a revision that is superseded and emptied while it is read leads to the next one', async () => {
  const directory = join(base, 'overtaken')
  const fifo = join(directory, '1.sealed') // holds the reader between listing and reading, until it is closed: empty
  await mkdir(directory)
  await promisify(execFile)('mkfifo', [fifo])
  const reading = findLatestRevision(directory)
  const held = await open(fifo, 'w')
  await publishRevision(directory, 2, Buffer.from('2'))
  await held.close()
  expect(await reading).toEqual({ revision: 2, bytes: Buffer.from('2') })
})

test('only revisions are listed, in the order of their numbers', async () => {
  const directory = join(base, 'names')
  for (const revision of [10, 9, 2]) await publishRevision(directory, revision, Buffer.from('x'))
  for (const name of ['01.sealed', '0.sealed', '11.sealed.bak', '12', 'x.tmp', '-1.sealed']) {
    await writeFile(join(directory, name), 'x')
  }
  expect(await listRevisions(directory)).toEqual([2, 9, 10])
  expect((await stat(join(directory, '9.sealed'))).mode & 0o777).toBe(0o600)
  expect(await findLatestRevision(join(base, 'nowhere'))).toBeNull()
})
