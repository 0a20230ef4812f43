import type { NodeOf } from '../../../apps/node.ts'
import { StepFailure } from '../step-failure.ts'
import { fillTemplate } from '../../../apps/template.ts'
import type { NodeContext, NodeValue } from './node.ts'

/** Reads the text of a file of the run's input. Fails with `file_missing`, or with why it cannot be read. */
export async function runParse(node: NodeOf<'parse'>, context: NodeContext): Promise<NodeValue> {
  const file_id = fillTemplate(node.file, context.variables)
  if (typeof file_id !== 'string' || file_id === '') throw new StepFailure('file_missing', 'There is no file to read.')
  const { text, pages } = await context.means.parseFile(file_id, context.signal)
  return { value: pages === undefined ? { text } : { text, pages }, call_execution_id: null }
}
