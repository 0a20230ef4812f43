// A model is asked. Its answer is data: it is parsed and checked, and decides nothing.

import type { NodeOf } from '../../../apps/node.ts'
import { violationsOf } from '../../../apps/json-schema.ts'
import { readJson } from '../../../kernel/json-text.ts'
import { schemaFailure, StepFailure } from '../step-failure.ts'
import { fillPrompt } from '../../../apps/template.ts'
import type { ModelMessage, NodeContext, NodeValue } from './node.ts'

type Prompt = NodeOf<'prompt'>

/** Runs a prompt node. Fails with what became of the provider, or with `answer_not_json` or `answer_invalid`. */
export async function runPrompt(node: Prompt, context: NodeContext): Promise<NodeValue> {
  const { variables, means, place, signal } = context
  const answer = await means.callModel(
    {
      model: node.model === undefined || node.model === 'default' ? null : node.model,
      messages: messagesOf(node, fillPrompt(node.prompt, variables), variables),
      output_tokens: node.max_output_tokens ?? null,
      temperature: node.temperature ?? null,
      schema: node.output === 'json' ? (node.schema ?? {}) : null,
    },
    place,
    signal,
  )
  const { call_execution_id, text } = answer
  if (node.output === 'text') return { value: text, call_execution_id }
  const value = parseAnswer(text, call_execution_id)
  if (node.schema === undefined) return { value, call_execution_id }
  const violations = violationsOf(node.schema, value)
  if (violations.length === 0) return { value, call_execution_id }
  const { message } = schemaFailure('answer_invalid', violations)
  throw new StepFailure('answer_invalid', message, { is_transient: true, violations, call_execution_id })
}

function messagesOf(node: Prompt, prompt: string, variables: NodeContext['variables']): readonly ModelMessage[] {
  const schema = node.output === 'json' ? schemaSentence(node.schema) : null
  const system = [node.system === undefined ? null : fillPrompt(node.system, variables), schema]
  const said = system.filter((part) => part !== null).join('\n\n')
  const user = { role: 'user', content: prompt } as const
  return said === '' ? [user] : [{ role: 'system', content: said }, user]
}

/** Said in words as well, for providers that do not enforce a response format. */
const schemaSentence = (schema: object | undefined): string =>
  schema === undefined
    ? 'Answer with one JSON value and nothing else.'
    : `Answer with one JSON value and nothing else. It must keep this JSON Schema:\n${JSON.stringify(schema)}`

const FENCE = /^\s*```(?:json)?\s*\n([\s\S]*?)\n?```\s*$/

/** Models like to fence what they were asked to write bare. */
function parseAnswer(text: string, call_execution_id: string): unknown {
  try {
    return readJson(FENCE.exec(text)?.[1] ?? text)
  } catch {
    const detail = 'The model was asked for JSON and answered something else.'
    throw new StepFailure('answer_not_json', detail, { is_transient: true, call_execution_id })
  }
}
