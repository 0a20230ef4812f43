// The record of steps: one lane per organisation and node, so that what many runs do at once is written in few statements,
// by `execution.record_steps`.

import { hash } from 'node:crypto'
import type { AppNode } from '../../apps/node.ts'
import type { OrganisationDatabase } from '../../kernel/database.ts'
import { readJson } from '../../kernel/json-text.ts'
import { createLane, type Lane } from '../../kernel/lane.ts'
import { Problem } from '../../kernel/problem.ts'
import type { FieldVault } from '../../keys/field-vault.ts'
import type { RecordedStep, Recorder, TaskDraft } from './walk.ts'

/** The attempt has been overtaken, or its run has ended: nothing it does counts any more. */
export class Overtaken extends Error {
  constructor() {
    super('The run has been taken over, or has ended')
    this.name = 'Overtaken'
  }
}

type StepRow = {
  readonly execution_id: string
  readonly path: string
  readonly attempt: number
  readonly node_id: string
  readonly node_type: string
  readonly state: 'running' | 'waiting' | 'succeeded' | 'failed' | 'cancelled'
  readonly retries: number
  /** How long ago it began. */
  readonly elapsed_ms: number
  readonly output: string | null
  readonly output_hash: string | null
  readonly error_code: string | null
  readonly error_detail: string | null
  readonly call_execution_id: string | null
}

/** Whether the attempt still counted. */
export type StepLane = Lane<StepRow, { readonly is_live: boolean }>

const RECORD = 'select codes from execution.record_steps($1::json, $2::uuid[])'

const keyOf = ({ execution_id, path }: { readonly execution_id: string; readonly path: string }): string =>
  `${execution_id} ${path}`

/** Opens the lane of this node to the steps of an organisation. */
export function createStepLane(database: OrganisationDatabase): StepLane {
  return createLane<StepRow, { readonly is_live: boolean }>({
    max_batch: 128,
    min_gap_ms: 25,
    busy_from: 2,
    max_waiting: 20_000,
    max_wait_ms: 30_000,
    class_of: () => 0,
    is_unknown_outcome: (error) => error instanceof Problem && error.status === 503,
    async run(batch) {
      // Of one step that began and ended meanwhile, only the end is written.
      const last = new Map(batch.map((row) => [keyOf(row), row]))
      const runs = [...new Set(batch.map(({ execution_id }) => execution_id))]
      const recorded = await database.connection(async (client) => {
        const values = [JSON.stringify([...last.values()]), runs]
        const { rows } = await client.query<{ codes: string }>({ name: 'execution.record_steps', text: RECORD, values })
        return rows[0]
      })
      if (recorded?.codes.length !== last.size) throw new Error('Other steps were recorded than were sent')
      const live = new Set([...last.keys()].filter((_key, index) => recorded.codes.charAt(index) === 'r'))
      return batch.map((row) => ({ is_live: live.has(keyOf(row)) }))
    },
  })
}

type Begun = { readonly node: AppNode; readonly at_ms: number; readonly note: NodeJS.Timeout }

/** A step that has ended by then is told once, by its end. */
const NOTED_AFTER_MS = 100

export type RecordOf = {
  readonly organisation_id: string
  readonly database: OrganisationDatabase
  readonly vault: FieldVault
  readonly lane: StepLane
  readonly execution_id: string
  readonly attempt: number
  /** Tasks whose answers were waited for when the steps were read. */
  readonly openTask: (node: AppNode, task: TaskDraft) => Promise<void>
  /** Told of every change, so that whoever watches the run looks. */
  readonly onChange: () => void
}

/** Where the output of a step is sealed. */
export const stepPlace = (execution_id: string, path: string) => ({
  table: 'execution.step',
  column: 'output',
  pk: `${execution_id}:${path}`,
})

/** The steps of a run as they are recorded, opened. */
export async function readSteps(
  of: Pick<RecordOf, 'organisation_id' | 'database' | 'vault' | 'execution_id'>,
): Promise<Map<string, RecordedStep>> {
  const { database, vault, execution_id } = of
  const rows = await database.transaction((tx) =>
    tx
      .selectFrom('execution.step')
      .select(['path', 'state', 'output', 'error_code', 'error_detail'])
      .where('execution_id', '=', execution_id)
      .execute(),
  )
  const owner = { id: of.organisation_id, database }
  const steps = new Map<string, RecordedStep>()
  for (const { path, state, output, error_code, error_detail } of rows) {
    if (state === 'succeeded') {
      const text = output === null ? 'null' : await vault.open(owner, stepPlace(execution_id, path), output)
      const value: unknown = readJson(text.toString())
      steps.set(path, { state: 'done', value })
    } else if (state === 'failed') {
      steps.set(path, { state: 'failed', code: error_code ?? 'failed', detail: error_detail ?? '' })
    } else if (state === 'waiting' || state === 'running') {
      steps.set(path, { state })
    }
  }
  return steps
}

/** The recorder of one attempt at a run, over the steps as they were read. */
export function createRecorder(of: RecordOf, steps: Map<string, RecordedStep>): Recorder {
  const { lane, vault, execution_id, attempt, database, onChange } = of
  const owner = { id: of.organisation_id, database }
  const began = new Map<string, Begun>()
  const rowOf = (path: string, node: AppNode, more: Partial<StepRow> & Pick<StepRow, 'state'>): StepRow => ({
    execution_id,
    path,
    attempt,
    node_id: node.id,
    node_type: node.type,
    retries: 0,
    elapsed_ms: Math.round(performance.now() - (began.get(path)?.at_ms ?? performance.now())),
    output: null,
    output_hash: null,
    error_code: null,
    error_detail: null,
    call_execution_id: null,
    ...more,
  })
  const write = async (row: StepRow): Promise<void> => {
    clearTimeout(began.get(row.path)?.note)
    const { is_live } = await lane.ask(row)
    if (!is_live) throw new Overtaken()
    onChange()
  }
  return {
    find: (path) => steps.get(path) ?? null,
    begin(path, node) {
      const note = setTimeout(() => {
        write(rowOf(path, node, { state: 'running' })).catch(() => undefined)
      }, NOTED_AFTER_MS)
      began.set(path, { node, at_ms: performance.now(), note })
      steps.set(path, { state: 'running' })
    },
    async done(path, node, { value, call_execution_id, retries }) {
      const plain = Buffer.from(JSON.stringify(value ?? null))
      const sealed = await vault.seal(owner, stepPlace(execution_id, path), plain)
      await write(
        rowOf(path, node, {
          state: 'succeeded',
          retries,
          call_execution_id,
          output: `\\x${sealed.toString('hex')}`,
          output_hash: `\\x${hash('sha256', plain)}`,
        }),
      )
      steps.set(path, { state: 'done', value })
      return value
    },
    async failed(path, node, failure, retries) {
      const { code, message, call_execution_id } = failure
      const error = { error_code: code, error_detail: message.slice(0, 4000) }
      await write(rowOf(path, node, { state: 'failed', retries, call_execution_id, ...error }))
      steps.set(path, { state: 'failed', code, detail: message })
    },
    cancelled(path) {
      const node = began.get(path)?.node
      if (node !== undefined) write(rowOf(path, node, { state: 'cancelled' })).catch(() => undefined)
    },
    async openTask(node, task) {
      // The step first: an answer ends a step that waits, and a task without one could be answered in vain.
      if (steps.get(task.path)?.state !== 'waiting') await write(rowOf(task.path, node, { state: 'waiting' }))
      steps.set(task.path, { state: 'waiting' })
      await of.openTask(node, task)
    },
  }
}
