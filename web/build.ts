// Builds the portal into `web/dist`, unless what lies there was made of the same sources. Every text is stored brotli- and
// gzip-compressed beside itself, and the budgets of the first load are weighed here.

import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

const WEB = fileURLToPath(new URL('.', import.meta.url))
const DIST = join(WEB, 'dist')
const STAMP = '.stamp'
const WEIGHT = '.weight.json'
const SOURCES = ['src', 'public', 'index.html', 'vite.config.ts', 'build.ts', '../package-lock.json']
const COMPRESSED = /[.](?:js|css|html|svg|json)$/

const KB = 1024
const BUDGET_BYTES = { first_js: 230 * KB, css: 15 * KB, route: 60 * KB }

type Chunk = {
  readonly file: string
  readonly isEntry?: boolean
  readonly imports?: readonly string[]
  readonly css?: readonly string[]
}

const isChunk = (value: unknown): value is Chunk =>
  typeof value === 'object' && value !== null && typeof Reflect.get(value, 'file') === 'string'

function listFiles(path: string): readonly string[] {
  if (!existsSync(path)) return []
  const entries = readdirSync(path, { withFileTypes: true, recursive: true })
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
}

/** What the sources are, in one word. */
function hashSources(): string {
  const hash = createHash('sha256')
  const files = SOURCES.flatMap((source) => {
    const path = join(WEB, source)
    return /[.]\w+$/.test(source) ? [path] : listFiles(path)
  })
  for (const file of files.sort()) hash.update(relative(WEB, file)).update('\0').update(readFileSync(file)).update('\0')
  return hash.digest('hex')
}

/** Whether what lies in `web/dist` was made of these sources. */
function isBuilt(hash: string): boolean {
  const stamp = join(DIST, STAMP)
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === hash
}

function readManifest(directory: string): ReadonlyMap<string, Chunk> {
  const parsed: unknown = JSON.parse(readFileSync(join(directory, 'manifest.json'), 'utf8'))
  const entries = typeof parsed === 'object' && parsed !== null ? Object.entries(parsed) : []
  return new Map(entries.flatMap(([key, value]) => (isChunk(value) ? [[key, value] as const] : [])))
}

/** The chunks that come with `key`, itself included. */
function closureOf(chunks: ReadonlyMap<string, Chunk>, key: string, seen = new Set<string>()): ReadonlySet<string> {
  if (seen.has(key)) return seen
  seen.add(key)
  for (const next of chunks.get(key)?.imports ?? []) closureOf(chunks, next, seen)
  return seen
}

/** One line per figure, and those that are over budget. */
function weigh(directory: string): { readonly lines: readonly string[]; readonly over: readonly string[] } {
  const chunks = readManifest(directory)
  const sizeOf = (file: string) => gzipSync(readFileSync(join(directory, file)), { level: 9 }).length
  const entry = [...chunks].find(([, chunk]) => chunk.isEntry === true)?.[0] ?? ''
  const first = closureOf(chunks, entry)
  const scripts = (keys: Iterable<string>) =>
    [...keys].flatMap((key) => chunks.get(key)?.file ?? []).filter((file) => file.endsWith('.js'))
  const sum = (files: readonly string[]) => files.reduce((total, file) => total + sizeOf(file), 0)
  const css = new Set([...chunks.values()].flatMap((chunk) => chunk.css ?? []))
  const own = [...chunks].filter(([key, chunk]) => !first.has(key) && chunk.file.endsWith('.js'))
  const figures: readonly (readonly [string, number, number])[] = [
    ['first load, script', sum(scripts(first)), BUDGET_BYTES.first_js],
    ['style sheets', sum([...css]), BUDGET_BYTES.css],
    ...own.map(([, chunk]) => [`chunk ${chunk.file}`, sizeOf(chunk.file), BUDGET_BYTES.route] as const),
  ]
  const tell = ([what, size, budget]: (typeof figures)[number]) =>
    `${what}: ${(size / KB).toFixed(1)} KB gz of ${budget / KB}`
  return {
    lines: figures.map(tell),
    over: figures.filter(([, size, budget]) => size > budget).map(tell),
  }
}

function compress(directory: string): void {
  for (const file of listFiles(directory).filter((each) => COMPRESSED.test(each))) {
    const text = readFileSync(file)
    const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: text.length }
    writeFileSync(`${file}.br`, brotliCompressSync(text, { params }))
    writeFileSync(`${file}.gz`, gzipSync(text, { level: 9 }))
  }
}

/** Makes the portal in a folder of its own and moves it into place when it is whole. */
async function build(hash: string): Promise<void> {
  const { build: bundle } = await import('vite')
  const draft = join(WEB, `dist.${process.pid}`)
  try {
    await bundle({
      configFile: join(WEB, 'vite.config.ts'),
      logLevel: 'warn',
      build: { outDir: draft, emptyOutDir: true },
    })
    const { lines, over } = weigh(draft)
    const isVerbose = process.argv.includes('--verbose')
    for (const line of isVerbose ? lines : lines.slice(0, 2)) process.stderr.write(`reeve: portal, ${line}\n`)
    // A portal that is too heavy still works: `web/test/budget.test.ts` refuses it, not the start of Reeve.
    writeFileSync(join(draft, WEIGHT), JSON.stringify({ lines, over }, null, 2))
    rmSync(join(draft, 'manifest.json'))
    compress(draft)
    writeFileSync(join(draft, STAMP), hash)
    // Whoever was quicker has made the same: a portal that is being served is not taken away for its like.
    if (isBuilt(hash)) return
    mkdirSync(DIST, { recursive: true })
    const old = `${draft}.old`
    renameSync(DIST, old)
    renameSync(draft, DIST)
    rmSync(old, { recursive: true, force: true })
  } finally {
    rmSync(draft, { recursive: true, force: true })
  }
}

// A test runner or a developer's shell may say otherwise, and the libraries would carry their warnings along.
process.env['NODE_ENV'] = 'production'
const wanted = hashSources()
if (!isBuilt(wanted)) {
  process.stderr.write('reeve: building the portal\n')
  await build(wanted)
}
