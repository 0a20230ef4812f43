// A tool over HTTP. Its host is written in the contract, so no input chooses where a request goes: what is filled in is
// escaped for its place, and the engine judges the address once more before it connects.

import type { NodeOf } from '../../../apps/node.ts'
import { readJson } from '../../../kernel/json-text.ts'
import { StepFailure } from '../step-failure.ts'
import { fillTemplate, fillText, fillUrl, type Variables } from '../../../apps/template.ts'
import type { NodeContext, NodeValue, ToolCredential } from './node.ts'

type HttpTool = NodeOf<'http_tool'>

/** Calls a tool. Fails with `tool_url_invalid`, `tool_failed` (5xx and 429 may be tried again), `tool_answer_not_json`. */
export async function runHttpTool(node: HttpTool, context: NodeContext): Promise<NodeValue> {
  const { variables, means, place, signal } = context
  const { status, text } = await means.callTool(
    {
      method: node.method,
      url: urlOf(node.url, variables),
      headers: headersOf(node, variables),
      body: node.body === undefined ? null : JSON.stringify(fillTemplate(node.body, variables)),
      credential: credentialOf(node),
    },
    place,
    signal,
  )
  if (status < 200 || status > 299) {
    const is_transient = status >= 500 || status === 429 || status === 408
    throw new StepFailure('tool_failed', `The tool answered with status ${status}.`, { is_transient })
  }
  return { value: { status, body: node.expect === 'text' ? text : parseBody(text) }, call_execution_id: null }
}

/** Everything behind the host may be filled in, each value escaped, so that it stays one piece of the address. */
function urlOf(template: string, variables: Variables): URL {
  const filled = fillUrl(template, variables)
  if (!URL.canParse(filled)) throw new StepFailure('tool_url_invalid', 'The address of the tool is no URL.')
  const url = new URL(filled)
  const written = template.split('{{')[0] ?? ''
  if (!URL.canParse(written) || new URL(written).host !== url.host) {
    throw new StepFailure('tool_url_invalid', 'The host of the tool must be written out.')
  }
  return url
}

function headersOf(node: HttpTool, variables: Variables): Readonly<Record<string, string>> {
  const filled = Object.entries(node.headers ?? {}).map(([name, value]): [string, string] => [
    name,
    fillText(value, variables).replace(/[^\t\u0020-\u007e\u0080-\u00ff]/g, ' '),
  ])
  return Object.fromEntries(filled)
}

function credentialOf({ credential }: HttpTool): ToolCredential | null {
  if (credential === undefined) return null
  return { name: credential.name, header: credential.header ?? 'authorization', prefix: credential.prefix ?? 'Bearer ' }
}

function parseBody(text: string): unknown {
  if (text.trim() === '') return null
  try {
    return readJson(text)
  } catch {
    throw new StepFailure('tool_answer_not_json', 'The tool was expected to answer with JSON and did not.')
  }
}
