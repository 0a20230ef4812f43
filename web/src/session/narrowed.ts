type Fact = { readonly permission: string; readonly held: boolean }

/** What is held by both: of what one holds oneself the other's fact, with its reason; of the rest one's own. */
export const narrowed = <Each extends Fact>(own: readonly Each[], theirs: readonly Each[]): Each[] =>
  own.map((fact) => (fact.held ? (theirs.find(({ permission }) => permission === fact.permission) ?? fact) : fact))
