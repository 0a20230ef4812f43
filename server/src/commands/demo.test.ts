import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { answered, createClient } from '../../test/client.ts'

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url))

/** A database of its own is made and people work before the line is printed. */
const SLOW_MS = 240_000

const like = (pattern: RegExp): unknown => expect.stringMatching(pattern)
const TEXT = like(/./)
const person = (domain: string) => ({ email: like(new RegExp(`@${domain}$`)), password: TEXT })
const among = (...each: readonly unknown[]): unknown => expect.arrayContaining([...each])
const organisation = (name: string, domain: string) => ({
  id: like(/^[0-9a-f-]{36}$/),
  name,
  api_key: TEXT,
  model: 'echo',
  owner: person(domain),
  members: among(
    { ...person(domain), role: 'admin', designations: [] },
    { ...person(domain), role: 'member', designations: ['compliance_officer'] },
  ),
})

test(
  'demo --json prints one line that a program can work with, serves until SIGTERM, and leaves nothing behind',
  async () => {
    const temporary = mkdtempSync(join(tmpdir(), 'reeve-of-demo-'))
    const child = spawn(process.execPath, [MAIN, 'demo', '--json', '--port', '0'], {
      env: { TMPDIR: temporary },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const exited = once(child, 'exit')
    onTestFinished(async () => {
      child.kill('SIGTERM')
      await exited
      rmSync(temporary, { recursive: true, force: true })
    })
    const lines: string[] = []
    const output = createInterface(child.stdout).on('line', (line) => lines.push(line))
    await once(output, 'line')
    const demo = answered(JSON.parse(lines[0] ?? ''))
    expect(demo.body).toMatchObject({
      url: like(/^http:\/\/127\.0\.0\.1:\d+$/),
      superadmin: { email: TEXT, password: TEXT },
      provider: { url: like(/^http:/) },
      organisations: [
        organisation('Aurora Legal', 'aurora-legal.example'),
        organisation('Borealis Bank', 'borealis-bank.example'),
        organisation('Cirrus Care', 'cirrus-care.example'),
      ],
    })
    expect(readdirSync(temporary)).toHaveLength(1)
    const [, paying] = demo.list('organisations')
    const reply = await createClient(demo.text('url')).call('POST', '/v1/chat/completions', {
      as: { key: paying?.text('api_key') ?? '' },
      body: { model: paying?.text('model'), messages: [{ role: 'user', content: 'Hello' }] },
    })
    expect(reply.list('choices')).toHaveLength(1)
    child.kill('SIGTERM')
    expect(await exited).toEqual([0, null])
    expect(lines).toHaveLength(1)
    expect(readdirSync(temporary)).toEqual([])
  },
  SLOW_MS,
)
