/**
 * `npm run bench`: Reeve and its peers side by side, in one run, behind the same upstream and on the same two cores.
 *
 *   --quick            one short round of everything
 *   --only <name>      one scenario (again for more): open-streams, plain, stream, latency, streaming, governed,
 *                      history, refusal
 *   --gateways <list>  of direct, nginx, portkey, reeve, which are the default, and node, durable (`floor.ts`)
 *   --streams <n>      streams to hold open at once, 2,000 by default
 *   --json             the report as JSON on standard output
 *
 * Exits 1 when a goal that was measured is missed, 2 when the run could not be made.
 */
import { mkdirSync } from 'node:fs'
import { cpus, loadavg, totalmem } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import type { RefusalRow, Results } from './figures.ts'
import { type Gateway, parseAddressLine } from './gateway.ts'
import { judgeResults } from './goals.ts'
import { FLOORS, GATEWAYS, startGateways } from './lineup.ts'
import { findNginx, readNginxVersion } from './peers.ts'
import { measureSyncUs } from './measure.ts'
import { canRun, startProcess, stopAll } from './processes.ts'
import { startDeployment } from './reeve.ts'
import { measureRefusal } from './refusal.ts'
import { formatReport, type Report } from './report.ts'
import {
  measureGoverned,
  measureHistory,
  measureLatency,
  measureOpenStreams,
  measureStreaming,
  measureThroughput,
  type Run,
  type Settings,
  warmUp,
} from './scenarios.ts'

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)))
const PEERS_FOLDER = join(ROOT, '.bench')
const SCENARIOS = ['open-streams', 'plain', 'stream', 'latency', 'streaming', 'governed', 'history', 'refusal']

/** All of a run shares as many cores as the smallest machine it is meant for has. */
const CORES = 2

/** A run that is not over by then has something hanging. */
const DEADLINE_MS = 45 * 60_000

const FULL = { rounds: 3, warm_up_ms: 1000, window_ms: 3000, latency_window_ms: 8000, history: [10_000, 1_000_000] }
const QUICK = { rounds: 1, warm_up_ms: 500, window_ms: 2000, latency_window_ms: 3000, history: [10_000, 100_000] }

type Options = {
  readonly json: boolean
  readonly only: readonly string[]
  readonly gateways: readonly string[]
  readonly settings: Settings
}

function requireKnown(option: string, names: readonly string[], known: readonly string[]): readonly string[] {
  for (const name of names) {
    if (!known.includes(name)) throw new Error(`--${option} knows ${known.join(', ')}; not ${name}`)
  }
  return names
}

function parseOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      json: { type: 'boolean', default: false },
      quick: { type: 'boolean', default: false },
      only: { type: 'string', multiple: true, default: SCENARIOS },
      gateways: { type: 'string', default: GATEWAYS.join(',') },
      streams: { type: 'string', default: '2000' },
    },
  })
  const open_streams = Number(values.streams)
  if (!Number.isInteger(open_streams) || open_streams < 1 || open_streams > 8000) {
    throw new Error('--streams takes a number from 1 to 8000')
  }
  return {
    json: values.json,
    only: requireKnown('only', values.only, SCENARIOS),
    gateways: requireKnown('gateways', values.gateways.split(','), [...GATEWAYS, ...FLOORS]),
    settings: { ...(values.quick ? QUICK : FULL), open_streams },
  }
}

/** Foreign load above which a row deserves a warning. */
const DISTURBED_CORES = 0.2

const PORTKEY_NOTE =
  'Portkey 1.15.2 forwards without deciding anything. It waits 25 ms before the first chunk of a stream on purpose, and ' +
  'streams only with @hono/node-server 1.13.8 and hono 4.9.7 pinned, as here.'

function say(line: string): void {
  process.stderr.write(`${line}\n`)
}

/** Binds this process, and so all it starts, to two cores. Returns a sentence that says whether it did. */
function bindCores(): string {
  const cores = Array.from({ length: CORES }, (_, n) => n).join(',')
  const isBound = canRun('taskset', ['--all-tasks', '--cpu-list', '--pid', cores, String(process.pid)])
  return isBound ? `cores ${cores} of ${cpus().length} (taskset)` : `${cpus().length} cores, not bound (no taskset)`
}

async function startUpstream(): Promise<{ readonly url: string; readonly pid: number }> {
  const upstream = startProcess(process.execPath, [join(ROOT, 'bench/upstream.ts')], { speaks: true, follows: true })
  const [line = ''] = await upstream.firstLines(1, 10_000)
  return { url: parseAddressLine(line), pid: upstream.pid }
}

/** The exactness of refusals, in a deployment of its own with three nodes. */
async function runRefusal(upstream_url: string): Promise<RefusalRow> {
  say('a wallet for 5,000 calls, three nodes')
  const deployment = await startDeployment(ROOT, PEERS_FOLDER, upstream_url, { nodes: 3, organisations: 1 })
  const row = await measureRefusal(deployment)
  await deployment.stop()
  return row
}

async function measureAll(run: Run, only: readonly string[]): Promise<Omit<Results, 'refusal'>> {
  const wants = (name: string) => only.includes(name)
  const open_streams = wants('open-streams') ? await measureOpenStreams(run) : []
  await warmUp(run)
  return {
    open_streams,
    throughput: [
      ...(wants('plain') ? await measureThroughput(run, 'plain') : []),
      ...(wants('stream') ? await measureThroughput(run, 'stream') : []),
    ],
    latency: wants('latency') ? await measureLatency(run) : [],
    streaming: wants('streaming') ? await measureStreaming(run) : [],
    governed: wants('governed') ? await measureGoverned(run) : [],
    history: wants('history') ? await measureHistory(run) : [],
  }
}

/** What a reader of the table has to know. */
function writeNotes(gateways: readonly Gateway[], results: Results): string[] {
  const has = (name: string) => gateways.some((gateway) => gateway.name === name)
  const rows = [...results.throughput, ...results.governed]
  const disturbed = rows.filter(({ foreign_cores }) => (foreign_cores ?? 0) > DISTURBED_CORES).length
  const fact = (applies: boolean, sentence: string) => (applies ? [sentence] : [])
  return [
    'One upstream, one generator and all gateways share these cores; gateways take turns round by round.',
    ...fact(has('portkey'), PORTKEY_NOTE),
    ...fact(has('nginx'), 'nginx passes every call on, with two workers and without an access log.'),
    ...fact(findNginx() === undefined, 'nginx is not installed on this machine, so it is left out.'),
    ...gateways.flatMap(({ note }) => (note === undefined ? [] : [note])),
    ...fact(!has('direct'), 'Without the direct row nothing can be said about added time.'),
    ...fact(
      disturbed > 0,
      `In ${disturbed} of ${rows.length} closed-loop rows strangers used more than ${DISTURBED_CORES} cores: repeat on a quiet machine.`,
    ),
  ]
}

async function runBench(options: Options): Promise<Report> {
  const cores = bindCores()
  const load_before = loadavg()[0] ?? 0
  const upstream = await startUpstream()
  const place = { root: ROOT, folder: PEERS_FOLDER, upstream_url: upstream.url, cores: CORES, say }
  const gateways = await startGateways(options.gateways, place)
  const run: Run = { gateways, upstream_pid: upstream.pid, settings: options.settings, say }
  const measured = await measureAll(run, options.only)
  for (const gateway of gateways) await gateway.stop()
  const wantsRefusal = options.only.includes('refusal') && options.gateways.includes('reeve')
  const results = { ...measured, refusal: wantsRefusal ? [await runRefusal(upstream.url)] : [] }

  const nginx = findNginx()
  mkdirSync(PEERS_FOLDER, { recursive: true })
  const { rounds, window_ms } = options.settings
  return {
    surroundings: {
      date: new Date().toISOString().slice(0, 16).replace('T', ' '),
      machine: `${cpus()[0]?.model.trim() ?? 'unknown processor'}, ${Math.round(totalmem() / 2 ** 30)} GB`,
      cores,
      node: `Node ${process.versions.node}`,
      nginx: nginx === undefined ? 'no nginx' : readNginxVersion(nginx),
      load_before,
      load_after: loadavg()[0] ?? 0,
      sync_us: measureSyncUs(PEERS_FOLDER),
      settings: `${rounds === 1 ? 'one round' : `median of ${rounds} rounds`} of ${window_ms / 1000} s`,
    },
    notes: writeNotes(gateways, results),
    results,
    goals: judgeResults(results),
  }
}

async function main(): Promise<number> {
  const options = parseOptions(process.argv.slice(2))
  const report = await runBench(options)
  process.stdout.write(options.json ? `${JSON.stringify(report, null, 2)}\n` : `\n${formatReport(report)}`)
  return report.goals.some(({ verdict }) => verdict === 'FAILED') ? 1 : 0
}

async function end(code: number): Promise<never> {
  await stopAll()
  process.exit(code)
}

const deadline = setTimeout(() => {
  say(`not over after ${DEADLINE_MS / 60_000} minutes: ended`)
  void end(2)
}, DEADLINE_MS)
deadline.unref()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void end(2))

try {
  await end(await main())
} catch (error) {
  say(error instanceof Error ? error.message : String(error))
  await end(2)
}
