// What the steps of one run may do to the world outside: call models as the run, call tools, read the files of its input.

import { findUsedFile } from '../../files/file.ts'
import { readText } from '../../files/text.ts'
import type { MemberFactsMemory } from '../../invocation/member-facts.ts'
import type { Performer } from '../../invocation/performer.ts'
import { callForRun, type CallingRun } from '../../invocation/run-call.ts'
import type { OrganisationDatabase } from '../../kernel/database.ts'
import { isId } from '../../kernel/id.ts'
import { Problem } from '../../kernel/problem.ts'
import type { FieldVault } from '../../keys/field-vault.ts'
import type { ModelCall, NodeMeans } from './nodes/node.ts'
import type { Sandbox } from './sandbox.ts'
import { StepFailure } from './step-failure.ts'
import type { ToolCaller, ToolCredentialRow } from '../tool-caller.ts'

export type MeansNeeds = {
  readonly performer: Performer
  readonly facts: MemberFactsMemory
  readonly vault: FieldVault
  readonly sandbox: Sandbox
  readonly tools: ToolCaller
}

/** The longest that one model call may take, whatever its step says. */
const CALL_MS = 3_600_000

/** The means of one run. A token quota that is met rejects with its own Problem: what becomes of the run is policy's. */
export function meansOfRun(needs: MeansNeeds, database: OrganisationDatabase, run: CallingRun): NodeMeans {
  const { performer, facts, vault, sandbox, tools } = needs
  return {
    sandbox,
    async callModel(call, _place, signal) {
      const end = await callForRun(performer, facts, run, callOf(call), signal).catch((error: unknown) => {
        if (error instanceof Problem && error.status < 500 && error.code !== 'quota_exceeded') {
          throw new StepFailure(error.code, error.detail ?? error.title)
        }
        throw error
      })
      signal.throwIfAborted()
      if (end.is_done) return { text: end.text, call_execution_id: end.execution_id }
      const detail = PROVIDER_SAYS[end.code] ?? 'The model provider failed.'
      throw new StepFailure(end.code, detail, { is_transient: end.is_transient, call_execution_id: end.execution_id })
    },
    callTool: (request, place, signal) => tools.call(request, place, (name) => findCredential(database, name), signal),
    async parseFile(file_id) {
      const file = isId(file_id)
        ? await database.transaction((tx) => findUsedFile(tx, run.execution_id, file_id))
        : null
      if (file === null) throw new StepFailure('file_missing', 'The run was not given this file.')
      if (file.state === 'expired') throw new StepFailure('file_expired', `The file ${file.name} is gone.`)
      const owner = { id: run.organisation_id, database }
      const { text, pages } = await readText(vault, owner, file).catch((error: unknown) => {
        throw error instanceof Problem && error.status < 500
          ? new StepFailure(error.code, `${file.name}: ${error.detail ?? error.title}`)
          : error
      })
      return pages === null ? { text } : { text, pages }
    },
  }
}

const PROVIDER_SAYS: Readonly<Record<string, string>> = {
  provider_rate_limited: 'The model provider is rate limiting.',
  provider_unreachable: 'The model provider cannot be reached.',
  provider_timeout: 'The model provider did not answer in time.',
  provider_cut: 'The model provider broke its answer off.',
  provider_error: 'The model provider refused the request or failed.',
  invalid_response: 'The model provider answered with something that is no answer.',
  answer_without_text: 'The model answered without text.',
  cancelled: 'The call was ended.',
}

function callOf({ model, messages, output_tokens, temperature, schema }: ModelCall) {
  const format =
    schema === null
      ? {}
      : Object.keys(schema).length === 0
        ? { response_format: { type: 'json_object' } }
        : { response_format: { type: 'json_schema', json_schema: { name: 'answer', schema } } }
  const body = { messages, ...(temperature === null ? {} : { temperature }), ...format }
  return { model, output_tokens, body, total_ms: CALL_MS }
}

async function findCredential(database: OrganisationDatabase, name: string): Promise<ToolCredentialRow | null> {
  const row = await database.transaction((tx) =>
    tx
      .selectFrom('apps.tool_credential')
      .select(['hosts', 'secret_path', 'secret_version'])
      .where('name', '=', name)
      .executeTakeFirst(),
  )
  return row ?? null
}
