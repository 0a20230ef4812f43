// Nodes of a world in processes of their own (heart-process.ts), seen from their parent.

import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { Type } from 'typebox'
import { Value } from 'typebox/value'

const Text = Type.String()
const Integer = Type.Integer()

export const Load = Type.Object({
  world: Type.Object({
    url: Text,
    node_id: Text,
    teams: Type.Array(Text),
    projects: Type.Array(Text),
    use_cases: Type.Array(Text),
    members: Type.Array(
      Type.Object({
        id: Text,
        key_id: Text,
        secret_hash: Text,
        team_id: Text,
        project_id: Text,
        use_case_id: Text,
      }),
    ),
    access_version: Integer,
  }),
  /** Connections, turns of each, requests in a turn. */
  lanes: Integer,
  turns: Integer,
  batch: Integer,
  /** Members who ask; the first so many. */
  members: Integer,
  /** Settles what it was granted, some of it twice, some never; otherwise every hold stays. */
  settles: Type.Boolean(),
  at: Type.Union([Text, Type.Null()]),
})
export type Load = Type.Static<typeof Load>

/** How often each letter was answered, and each scope and window was named. */
export const Tally = Type.Object({
  letters: Type.Record(Text, Integer),
  named: Type.Record(Text, Integer),
})
export type Tally = Type.Static<typeof Tally>

export type HeartProcesses = {
  /** Has every process do the load, and adds up what they were told; throws when any of them met an error. */
  readonly run: (load: Load) => Promise<Tally>
  readonly stop: () => Promise<void>
}

const file = fileURLToPath(new URL('./heart-process.ts', import.meta.url))

async function ask(child: ChildProcess, load: Load): Promise<Tally> {
  const answer = once(child, 'message')
  child.send(load)
  const message: unknown = (await answer).at(0)
  if (typeof message === 'object' && message !== null && 'error' in message) throw new Error(String(message.error))
  return Value.Parse(Tally, message)
}

const sum = (parts: readonly Readonly<Record<string, number>>[]): Record<string, number> => {
  const total: Record<string, number> = {}
  for (const part of parts) for (const [key, count] of Object.entries(part)) total[key] = (total[key] ?? 0) + count
  return total
}

/** Starts so many processes. */
export function startHeartProcesses(count: number): HeartProcesses {
  const children = Array.from({ length: count }, () => fork(file, { execArgv: [] }))
  return {
    async run(load) {
      const tallies = await Promise.all(children.map((child) => ask(child, load)))
      return { letters: sum(tallies.map(({ letters }) => letters)), named: sum(tallies.map(({ named }) => named)) }
    },
    async stop() {
      await Promise.all(
        children.map(async (child) => {
          const exit = once(child, 'exit')
          child.disconnect()
          await exit
        }),
      )
    },
  }
}
