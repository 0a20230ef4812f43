// Where what people say about a run is sealed.

/** The human layer over a run's output. */
export const layerPlace = (execution_id: string) => ({
  table: 'execution.run',
  column: 'human_layer',
  pk: execution_id,
})

/** The comment of a decision. */
export const decisionPlace = (decision_id: string) => ({
  table: 'supervision.decision',
  column: 'comment',
  pk: decision_id,
})
