// Where an import was just started on this node, so that its job looks there first. A hint may be lost: the sweep of
// organisations finds what waits.

export type ImportHints = {
  readonly add: (organisation_id: string) => void
  /** The organisations named since it was last asked. */
  readonly take: () => readonly string[]
}

/** The hints of a node. */
export function createImportHints(): ImportHints {
  const named = new Set<string>()
  return {
    add: (organisation_id) => void named.add(organisation_id),
    take() {
      const taken = [...named]
      named.clear()
      return taken
    },
  }
}
