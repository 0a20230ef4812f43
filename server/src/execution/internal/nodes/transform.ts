import type { NodeOf } from '../../../apps/node.ts'
import { violationsOf } from '../../../apps/json-schema.ts'
import { schemaFailure } from '../step-failure.ts'
import { fillTemplate } from '../../../apps/template.ts'
import type { NodeContext, NodeValue } from './node.ts'

/** Computes a JSONata expression. Fails as the sandbox does. */
export async function runTransform(node: NodeOf<'transform'>, context: NodeContext): Promise<NodeValue> {
  const { means, variables, timestamp } = context
  return { value: await means.sandbox.evaluate(node.expression, variables, timestamp), call_execution_id: null }
}

/** Lets a value through that keeps the schema. Fails with `validation_failed`, naming the places that break it. */
export async function runValidate(node: NodeOf<'validate'>, context: NodeContext): Promise<NodeValue> {
  const value = fillTemplate(node.value, context.variables)
  const violations = violationsOf(node.schema, value)
  if (violations.length > 0) throw schemaFailure('validation_failed', violations)
  return { value, call_execution_id: null }
}
