// `reeve demo`: a throw-away deployment with a fake provider and three organisations whose people have worked, all of it made
// through the public API. With --json it prints one line when it is ready and serves until SIGTERM; without, it tells one governed call.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { createClient, type ReeveClient } from '../../test/client.ts'
import { type FakeProvider, startFakeProvider } from '../../test/fake-provider.ts'
import { readConfig } from '../config.ts'
import { ensureSetupToken } from '../identity/setup.ts'
import { createLog } from '../kernel/log.ts'
import { startNode } from '../serve.ts'
import { createDemoRuns } from './demo-runs.ts'
import { createDemo, type Demo } from './demo-world.ts'
import { tellOneCall } from './demo-story.ts'
import { untilAsked } from './serve.ts'

const OPTIONS = {
  json: { type: 'boolean', default: false },
  port: { type: 'string', default: '0' },
  organisations: { type: 'string', default: '3' },
  'provider-url': { type: 'string' },
  'database-url': { type: 'string' },
} as const

type Options = {
  readonly json: boolean
  readonly port: string
  readonly organisations: string
  readonly 'provider-url'?: string
  readonly 'database-url'?: string
}

/** Runs the demo; its data lie in a temporary directory that is removed at the end. */
export async function runDemo(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({ args: [...args], options: OPTIONS })
  if (!/^[1-9]\d{0,2}$/.test(values.organisations)) throw new Error('Say with --organisations a number from 1 to 999.')
  const directory = mkdtempSync(join(tmpdir(), 'reeve-demo-'))
  const external = values['provider-url']
  const provider: FakeProvider | null = external === undefined ? await startFakeProvider() : null
  try {
    await runAt(directory, provider?.url ?? external ?? '', values)
  } finally {
    await provider?.close()
    rmSync(directory, { recursive: true, force: true })
  }
}

/** A provider that somebody else brought answers as it likes: there the demo begins without runs. */
const external = (values: Options): boolean => values['provider-url'] !== undefined

/** The demo after a day's work in every organisation that has people. */
async function withRuns(client: ReeveClient, demo: Demo): Promise<Demo> {
  const working = demo.organisations.map(async (organisation) =>
    organisation.members.length === 0
      ? organisation
      : { ...organisation, ...(await createDemoRuns(client, organisation)) },
  )
  return { ...demo, organisations: await Promise.all(working) }
}

async function runAt(directory: string, provider_url: string, values: Options): Promise<void> {
  const config = readConfig({
    REEVE_DATA: directory,
    PORT: values.port,
    REEVE_ALLOW_PRIVATE_PROVIDERS: 'true',
    REEVE_SPARES: '3',
    ...(values['database-url'] === undefined ? {} : { DATABASE_URL: values['database-url'] }),
  })
  const asked = untilAsked()
  const node = await startNode(config, createLog(process.stderr.isTTY ? 'warn' : 'error'))
  try {
    const setup_token = (await ensureSetupToken(node.deployment.control)) ?? ''
    const client = createClient(node.url)
    const creating = createDemo(client, { setup_token, provider_url, organisations: Number(values.organisations) })
    const lived = external(values) ? creating : creating.then((demo) => withRuns(client, demo))
    const demo = await Promise.race([lived, asked])
    if (demo === undefined) return void lived.catch(() => undefined)
    if (values.json) {
      process.stdout.write(`${JSON.stringify(demo)}\n`)
      await asked
    } else {
      await tellOneCall(client, demo, (line) => process.stdout.write(`${line}\n`))
    }
  } finally {
    await node.stop()
  }
}
