// A node of a world in a process of its own: told what to do by its parent, it does so over several connections at once
// and answers what it was told.

import { randomInt } from 'node:crypto'
import { Value } from 'typebox/value'
import { newId } from '../src/kernel/id.ts'
import { Load, type Tally } from './heart-processes.ts'
import { type Heart, type Member, openHeart, type Row, settlement, type World } from './heart-world.ts'

const add = (counts: Record<string, number>, key: string): void => {
  counts[key] = (counts[key] ?? 0) + 1
}

function pick<T>(items: readonly T[]): T {
  const item = items[randomInt(items.length)]
  if (item === undefined) throw new Error('Nothing to pick from')
  return item
}

const someKey = (): Readonly<Record<string, unknown>> =>
  randomInt(10) > 0
    ? {}
    : {
        idempotency_hash: `\\x${randomInt(2 ** 16)
          .toString(16)
          .padStart(4, '0')}`,
        fingerprint: '\\x01',
      }

const someEnd = (call: Row): Row =>
  settlement(call.execution_id, {
    state: pick(['finalised', 'finalised', 'failed']),
    cost_micros: randomInt(130),
    input_tokens: randomInt(12),
    cached_input_tokens: 0,
    output_tokens: 0,
  })

async function runLane(world: World, load: Load, tally: Tally): Promise<void> {
  const heart: Heart = await openHeart(world)
  const members: readonly Member[] = world.members.slice(0, load.members)
  let open: readonly Row[] = []
  for (let turn = 0; turn < load.turns; turn++) {
    const admit = Array.from({ length: load.batch }, () => heart.request(pick(members), load.settles ? someKey() : {}))
    const ended = load.settles ? open.filter(() => randomInt(20) > 0) : []
    const settle = ended.map(someEnd)
    const again = settle.filter(() => randomInt(10) === 0)
    const answer = await heart.step({ settle: [...settle, ...again], admit, at: load.at })
    for (const letter of answer.settle_codes) add(tally.letters, `settle ${letter}`)
    for (const letter of answer.admit_codes) add(tally.letters, letter)
    for (const { scope, window } of Object.values(answer.details ?? {})) {
      if (typeof scope === 'string' && typeof window === 'string') add(tally.named, `${scope} ${window}`)
    }
    if (answer.admit_codes.includes('t')) await heart.readFacts()
    open = admit.filter((_, index) => answer.admit_codes[index] === 'a')
  }
  await heart.close()
}

async function run(load: Load): Promise<Tally> {
  const world: World = { ...load.world, node_id: newId() }
  const heart = await openHeart(world)
  await heart.client.query(`insert into kernel.node_lease values ($1, 'infinity')`, [world.node_id])
  await heart.close()
  const tally: Tally = { letters: {}, named: {} }
  await Promise.all(Array.from({ length: load.lanes }, () => runLane(world, load, tally)))
  return tally
}

process.on('message', (message) => {
  run(Value.Parse(Load, message)).then(
    (tally) => process.send?.(tally),
    (error: unknown) => process.send?.({ error: error instanceof Error ? error.message : 'unknown' }),
  )
})
