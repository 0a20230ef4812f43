// How long an import of 10,000 people takes, and how much memory: without passwords, with a password in every row, and by an
// organisation itself, which invites them. A measurement, printed; it fails only when rows do.

import { afterAll, beforeAll, expect, test } from 'vitest'
import writeXlsxFile from 'write-excel-file/node'
import { type Administration, startAdministration } from './administration.ts'
import type { As } from './client.ts'

let office: Administration
beforeAll(async () => {
  office = await startAdministration()
})
afterAll(() => office.stop())

const ROWS = 10_000

async function workbookOf(name: string, password: string): Promise<Buffer> {
  const header = ['org_id', 'email', 'display_name', 'role', 'password']
  const people = Array.from({ length: ROWS }, (_, at) => [
    office.organisation.id,
    `${name}-${at}@example.com`,
    `Person ${at}`,
    '',
    password,
  ])
  const cells = [header, ...people].map((row) => row.map((value) => ({ value, type: String })))
  return writeXlsxFile([{ sheet: 'Users', data: cells }]).toBuffer()
}

async function untilFinished(path: string, as: As): Promise<unknown> {
  while (true) {
    const found = await office.client.call('GET', path, { as })
    if (found.text('state') === 'finished') return found.object('counts').body
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}

test.each([
  ['without passwords', '/api/platform/imports', ''],
  ['with a password in every row', '/api/platform/imports', 'given by the file for once'],
  ['by the organisation itself', '', ''],
])('ten thousand people, %s', async (name, platform_path, password) => {
  const as = platform_path === '' ? office.organisation.owner.as : office.superadmin
  const path = platform_path === '' ? `${office.organisation.path}/imports` : platform_path
  const file = await workbookOf(name.replaceAll(' ', '-'), password)
  globalThis.gc?.()
  const before_bytes = process.memoryUsage.rss()
  const peak = { bytes: before_bytes }
  const watch = setInterval(() => (peak.bytes = Math.max(peak.bytes, process.memoryUsage.rss())), 20)
  const began = process.cpuUsage()
  const began_ms = performance.now()
  const made = await office.client.call('POST', `${path}?file_name=people.xlsx`, { as, body: file })
  const read_ms = performance.now() - began_ms
  const one = `${path}/${made.text('id')}`
  await office.client.call('POST', `${one}/start`, { as })
  const counts = await untilFinished(one, as)
  const all_ms = performance.now() - began_ms
  clearInterval(watch)
  const seconds = (ms: number) => (ms / 1000).toFixed(1)
  const megabytes = Math.round((peak.bytes - before_bytes) / 1024 / 1024)
  // Of this process, the databases' own not counted: what stays comparable when others use the machine.
  const { user, system } = process.cpuUsage(began)
  const cpu = seconds((user + system) / 1000)
  const figures = `${name}: ${ROWS} rows, read ${seconds(read_ms)} s, all ${seconds(all_ms)} s, CPU ${cpu} s, +${megabytes} MB`
  process.stdout.write(`${figures}\n`)
  expect(counts).toMatchObject({ created: ROWS, error: 0, failed: 0 })
})
