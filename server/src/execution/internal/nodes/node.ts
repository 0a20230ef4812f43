// What the runner of a node is given, whatever its type. Runners compute or ask; what they did is recorded by whoever runs
// them (`walk.ts`), and where their means lead is the engine's business, so that a runner needs no database.

import type { Sandbox } from '../sandbox.ts'
import type { Variables } from '../../../apps/template.ts'

/** Where a step stands; the same for every attempt at it, so that what it sends out can be told from something new. */
export type StepPlace = { readonly execution_id: string; readonly path: string }

export type ModelMessage = { readonly role: 'system' | 'user'; readonly content: string }

export type ModelCall = {
  /** Null for the default model of the organisation. */
  readonly model: string | null
  readonly messages: readonly ModelMessage[]
  /** Null for what the model gives by default. */
  readonly output_tokens: number | null
  readonly temperature: number | null
  /** The JSON Schema that the answer shall keep; `{}` for any JSON; null for plain text. */
  readonly schema: Readonly<Record<string, unknown>> | null
}

export type ModelAnswer = { readonly text: string; readonly call_execution_id: string }

export type ToolCredential = { readonly name: string; readonly header: string; readonly prefix: string }

export type ToolRequest = {
  readonly method: string
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  /** JSON text, or null for none. */
  readonly body: string | null
  readonly credential: ToolCredential | null
}

export type ToolAnswer = { readonly status: number; readonly text: string }

export type ParsedFile = { readonly text: string; readonly pages?: readonly string[] }

/** What runners may do to the world outside. Each refuses with a StepFailure. */
export type NodeMeans = {
  readonly sandbox: Pick<Sandbox, 'evaluate'>
  readonly callModel: (call: ModelCall, place: StepPlace, signal: AbortSignal) => Promise<ModelAnswer>
  readonly callTool: (request: ToolRequest, place: StepPlace, signal: AbortSignal) => Promise<ToolAnswer>
  /** Refuses a file that is not of this run's own input. */
  readonly parseFile: (file_id: string, signal: AbortSignal) => Promise<ParsedFile>
}

export type NodeContext = {
  readonly place: StepPlace
  readonly variables: Variables
  readonly signal: AbortSignal
  readonly means: NodeMeans
  /** The instant the run was created, ISO 8601: what a step that is computed again takes for now. */
  readonly timestamp: string
}

/** What a node leaves behind, and the child execution it made, if any. */
export type NodeValue = { readonly value: unknown; readonly call_execution_id: string | null }
