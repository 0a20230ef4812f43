/**
 * Reeve as an operator's demo runs it: a throw-away deployment whose organisations were made through the public API, in
 * front of the run's own upstream. Every call is governed: admitted, held, settled, logged, with synchronous commit.
 */
import { join } from 'node:path'
import { type Static, Type } from 'typebox'
import { Value } from 'typebox/value'
import { type Gateway, parseAddress } from './gateway.ts'
import { findProcesses } from './measure.ts'
import { startProcess } from './processes.ts'

/** The part of the demo's line that a benchmark needs; the line may hold more. */
const DemoLine = Type.Object({
  url: Type.String(),
  organisations: Type.Array(
    Type.Object({ api_key: Type.String(), model: Type.String(), database_url: Type.Optional(Type.String()) }),
  ),
})
type DemoLine = Static<typeof DemoLine>

/** Creating organisations takes most of it. */
const START_TIMEOUT_MS = 120_000

/** A drain may take 30 s; the data is removed after it. */
const STOP_TIMEOUT_MS = 45_000

export async function startReeve(root: string, upstream_url: string, organisations: number): Promise<Gateway> {
  const main = join(root, 'server/src/main.ts')
  const options = `--json --port 0 --provider-url ${upstream_url} --organisations ${organisations}`.split(' ')
  const reeve = startProcess(process.execPath, [main, 'demo', ...options], { cwd: root, speaks: true })
  const demo: DemoLine = Value.Parse(DemoLine, JSON.parse(await reeve.firstLine(START_TIMEOUT_MS)))
  return {
    name: 'reeve',
    address: parseAddress(demo.url),
    entrances: demo.organisations.map(({ api_key, ...rest }) => ({
      path: '/v1/chat/completions',
      headers: { authorization: `Bearer ${api_key}` },
      ...rest,
    })),
    listProcesses: () => findProcesses(reeve.pid),
    stop: () => reeve.stop(STOP_TIMEOUT_MS),
  }
}
