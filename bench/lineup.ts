/**
 * The gateways of a run: each started with its defaults, and none taken that does not work.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type Gateway, parseAddress, parseAddressLine } from './gateway.ts'
import { findNginx, openDirect, startNginx, startPortkey } from './peers.ts'
import { onceAtEnd, startProcess } from './processes.ts'
import { CONTROL_DATABASE, startDatabase, startDeployment } from './reeve.ts'

export const GATEWAYS = ['direct', 'nginx', 'portkey', 'reeve']

/** What bounds them from below; measured when asked for (`floor.ts`). */
export const FLOORS = ['node', 'durable']

/** Over which calls are spread where they are spread. */
const ORGANISATIONS = 50

/** More than a run can spend. */
const AMPLE_CREDIT_MICROS = 100_000_000_000_000

export type Place = {
  readonly root: string
  /** Where peers are installed and data lie. */
  readonly folder: string
  readonly upstream_url: string
  readonly cores: number
  readonly say: (line: string) => void
}

/** Refuses a gateway that does not answer a plain and a streamed call with what the upstream said. */
async function requireWorking(gateway: Gateway): Promise<void> {
  const [entrance] = gateway.entrances
  if (entrance === undefined) throw new Error(`${gateway.name} has no way in`)
  const url = `http://${gateway.address.host}:${gateway.address.port}${entrance.path}`
  for (const stream of [false, true]) {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { ...entrance.headers, 'content-type': 'application/json' },
      body: JSON.stringify({
        model: entrance.model,
        messages: [{ role: 'user', content: 'stamp:3:1' }],
        max_tokens: 64,
        stream,
      }),
    })
    const text = await answer.text()
    const isRight = stream ? text.includes('[DONE]') && text.includes('"@') : text.includes('"The quarterly figures')
    if (answer.status !== 200 || !isRight) {
      throw new Error(`${gateway.name} answered ${answer.status} to a ${stream ? 'streamed' : 'plain'} call: ${text}`)
    }
  }
}

async function requireWorkingSoon(gateway: Gateway): Promise<void> {
  const deadline = performance.now() + 15_000
  for (;;) {
    try {
      await requireWorking(gateway)
      return
    } catch (error) {
      if (performance.now() > deadline) throw error
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
  }
}

/** One node whose organisations can all pay for whatever a run sends. */
async function startReeve(place: Place): Promise<Gateway> {
  const wish = { nodes: 1, organisations: ORGANISATIONS }
  const deployment = await startDeployment(place.root, place.folder, place.upstream_url, wish)
  for (const id of deployment.organisation_ids) await deployment.addCredit(id, AMPLE_CREDIT_MICROS)
  const [node] = deployment.nodes
  if (node === undefined) throw new Error('the deployment has no node')
  return { ...node, note: `Reeve: PostgreSQL with ${deployment.durability}.`, stop: deployment.stop }
}

/** A proxy on Node that decides nothing; a durable one also writes a line to a database before and behind every call. */
async function startFloor(name: string, place: Place): Promise<Gateway> {
  const isDurable = name === 'durable'
  mkdirSync(place.folder, { recursive: true })
  const folder = mkdtempSync(join(place.folder, 'floor-'))
  const removeFolder = onceAtEnd(async () => rmSync(folder, { recursive: true, force: true }))
  const database = isDurable ? await startDatabase(join(folder, 'postgres'), 1) : null
  const args = [place.upstream_url, ...(database === null ? [] : [database.url(CONTROL_DATABASE)])]
  const floor = startProcess(process.execPath, [...process.execArgv, join(place.root, 'bench/floor.ts'), ...args], {
    speaks: true,
    follows: true,
  })
  const [line = ''] = await floor.firstLines(1, 10_000)
  return {
    name,
    address: parseAddress(parseAddressLine(line)),
    entrances: [{ path: '/v1/chat/completions', headers: {}, model: 'bench' }],
    listProcesses: () => ({ gateway: [floor.pid], database: database?.listPids() ?? [] }),
    note: isDurable
      ? 'durable: a proxy on Node that writes two lines to PostgreSQL for a call, one before it goes on.'
      : 'node: a proxy on Node that decides nothing.',
    stop: async () => {
      await floor.stop()
      await database?.stop()
      await removeFolder()
    },
  }
}

async function startGateway(name: string, place: Place): Promise<Gateway | undefined> {
  const nginx = findNginx()
  if (name === 'direct') return openDirect(place.upstream_url)
  if (name === 'portkey') return startPortkey(place.upstream_url, place.folder)
  if (name === 'reeve') return startReeve(place)
  if (FLOORS.includes(name)) return startFloor(name, place)
  return nginx === undefined ? undefined : startNginx(nginx, place.upstream_url, place.cores, place.folder)
}

/** Starts those that can be had here. Refuses, by name, one that does not start or does not work. */
export async function startGateways(names: readonly string[], place: Place): Promise<Gateway[]> {
  const gateways: Gateway[] = []
  for (const name of names) {
    place.say(`starting: ${name}`)
    try {
      const gateway = await startGateway(name, place)
      if (gateway === undefined) continue
      await requireWorkingSoon(gateway)
      gateways.push(gateway)
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      throw new Error(`${name} could not be started: ${reason}`, { cause: error })
    }
  }
  return gateways
}
