// Check 3, the result: that the output can be checked, shown and exported.

import type { ProblemField } from '../../kernel/problem.ts'
import type { AppResult } from '../contract.ts'
import { findSchemaFaults } from '../json-schema.ts'
import { templateFaults } from './check-pipeline.ts'
import { followPath, type Scope } from './variable-scope.ts'

/** What is wrong with the result; `after` is what may be named after the last node, null where the pipeline is unknown. */
export function resultFaults(result: AppResult, after: Scope | null): readonly ProblemField[] {
  const faults = findSchemaFaults(result.schema, '/result/schema')
  if (faults.length > 0) return faults
  if (!('type' in result.schema)) return [{ pointer: '/result/schema/type', message: 'is missing: say what comes out' }]
  const templates = after === null ? [] : templateFaults(result.output, '/result/output', after, new Set())
  return [...templates, ...layoutFaults(result)]
}

function layoutFaults({ schema, layout = [] }: AppResult): readonly ProblemField[] {
  const output: Scope = new Map([['output', schema]])
  return layout.flatMap(({ pointer, format, columns }, index) => {
    const at = `/result/layout/${index}`
    const found = followPath(output, ['output', ...stepsOf(pointer)], false)
    if ('missing' in found)
      return [{ pointer: `${at}/pointer`, message: 'leads to nothing in the schema of the output' }]
    if (format !== 'table')
      return columns === undefined ? [] : [{ pointer: `${at}/columns`, message: 'goes with a table' }]
    return columnFaults(found.schema, columns ?? [], at)
  })
}

function columnFaults(
  table: Scope extends ReadonlyMap<string, infer Schema> ? Schema : never,
  columns: readonly { readonly pointer: string }[],
  at: string,
): readonly ProblemField[] {
  if (table === null) return []
  if (table['type'] !== 'array') return [{ pointer: `${at}/format`, message: 'a table shows a list' }]
  const rows: Scope = new Map([['rows', table]])
  return columns.flatMap(({ pointer }, index) =>
    'missing' in followPath(rows, ['rows', '0', ...stepsOf(pointer)], false)
      ? [{ pointer: `${at}/columns/${index}/pointer`, message: 'leads to nothing in the rows' }]
      : [],
  )
}

const stepsOf = (pointer: string): readonly string[] =>
  pointer === ''
    ? []
    : pointer
        .slice(1)
        .split('/')
        .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
