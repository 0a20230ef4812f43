/**
 * Exactness where it costs money: more calls than a wallet can pay for, sent to several nodes at once. The wallet holds what
 * exactly so many calls cost; the provider claims absurd usage, so every call costs all it held and nothing flows back.
 */
import { asAdmin } from '../server/src/kernel/placement.ts'
import type { RefusalRow } from './figures.ts'
import { createCostlyTarget } from './gateway.ts'
import { runBurst } from './load.ts'
import type { Deployment } from './reeve.ts'

const FUNDED_CALLS = 5000
const ATTEMPTS = 28_800
const CALLERS_PER_NODE = 24

/** Enough for a first call, which shows what one holds, and less than all of them cost. */
const FIRST_CREDIT_MICROS = 100_000

type Wallet = { readonly balance_micros: number; readonly held_micros: number }

async function readNumbers(database_url: string, question: string): Promise<readonly number[]> {
  const { rows } = await asAdmin(database_url, (client) =>
    client.query<(string | number)[]>({ text: question, rowMode: 'array' }),
  )
  return (rows[0] ?? []).map(Number)
}

async function readWallet(database_url: string): Promise<Wallet> {
  const [balance_micros = NaN, held_micros = NaN] = await readNumbers(
    database_url,
    'select balance_micros, held_micros from ledger.gate',
  )
  return { balance_micros, held_micros }
}

/** Waits until nothing is held any more: a call is answered before it is settled. */
async function readSettledWallet(database_url: string): Promise<Wallet> {
  const deadline_ms = performance.now() + 20_000
  for (;;) {
    const wallet = await readWallet(database_url)
    if (wallet.held_micros === 0 || performance.now() > deadline_ms) return wallet
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

/** Funds exactly `FUNDED_CALLS` calls and lets all nodes refuse the rest. */
export async function measureRefusal(deployment: Deployment): Promise<RefusalRow> {
  const [organisation_id = ''] = deployment.organisation_ids
  const [first] = deployment.nodes
  if (first === undefined) throw new Error('a deployment needs a node')
  const database_url = deployment.databaseUrlOf(organisation_id)

  await deployment.addCredit(organisation_id, FIRST_CREDIT_MICROS)
  await runBurst([createCostlyTarget(first)], { attempts: 1, callers_per_target: 1, deadline_ms: 10_000 })
  const { balance_micros: left_micros } = await readSettledWallet(database_url)
  const call_micros = FIRST_CREDIT_MICROS - left_micros
  await deployment.addCredit(organisation_id, FUNDED_CALLS * call_micros - left_micros)

  const { answers, seconds } = await runBurst(deployment.nodes.map(createCostlyTarget), {
    attempts: ATTEMPTS,
    callers_per_target: CALLERS_PER_NODE,
    deadline_ms: 180_000,
  })
  const { balance_micros, held_micros } = await readSettledWallet(database_url)
  const [charged_calls] = await readNumbers(
    database_url,
    'select count(*) - 1 from execution.execution where charge_micros > 0',
  )
  const granted = answers.get(200) ?? 0
  const refused = answers.get(402) ?? 0
  return {
    gateway: first.name,
    nodes: deployment.nodes.length,
    attempts: ATTEMPTS,
    funded_calls: FUNDED_CALLS,
    granted,
    refused,
    other_answers: [...answers.values()].reduce((sum, count) => sum + count, 0) - granted - refused,
    charged_calls: charged_calls ?? NaN,
    balance_micros,
    held_micros,
    calls_per_s: ATTEMPTS / seconds,
  }
}
