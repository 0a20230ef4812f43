// Every node of a pipeline with its place.

import type { AppNode } from '../node.ts'

export type PlacedNode = { readonly node: AppNode; readonly pointer: string; readonly depth: number }

/** The lists of nodes inside a node, with their pointers below it. */
function listsIn(node: AppNode): readonly (readonly [pointer: string, nodes: readonly AppNode[]])[] {
  switch (node.type) {
    case 'parallel':
      return node.branches.map((branch, index) => [`/branches/${index}`, branch])
    case 'condition':
      return node.else === undefined
        ? [['/then', node.then]]
        : [
            ['/then', node.then],
            ['/else', node.else],
          ]
    case 'for_each':
      return [['/nodes', node.nodes]]
    default:
      return []
  }
}

/** All nodes, outer ones before those inside them. `depth` is 1 at the top. */
export function walkNodes(nodes: readonly AppNode[], at: string, depth = 1): readonly PlacedNode[] {
  return nodes.flatMap((node, index) => {
    const pointer = `${at}/${index}`
    const inside = listsIn(node).flatMap(([list, inner]) => walkNodes(inner, pointer + list, depth + 1))
    return [{ node, pointer, depth }, ...inside]
  })
}
