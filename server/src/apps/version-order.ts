// Versions of apps are ordered; a published one never changes.

/** The order of Semantic Versioning 2.0.0, section 11. Negative when `a` comes first. */
export function compareVersions(a: string, b: string): number {
  const [core_a = '', ...pre_a] = a.split('-')
  const [core_b = '', ...pre_b] = b.split('-')
  const core = compareParts(core_a.split('.'), core_b.split('.'))
  if (core !== 0) return core
  const early_a = pre_a.join('-')
  const early_b = pre_b.join('-')
  if (early_a === '' || early_b === '') return Number(early_a === '') - Number(early_b === '')
  return compareParts(early_a.split('.'), early_b.split('.'))
}

function compareParts(a: readonly string[], b: readonly string[]): number {
  for (const [index, part] of a.entries()) {
    const other = b[index]
    if (other === undefined) return 1
    const order = comparePart(part, other)
    if (order !== 0) return order
  }
  return a.length < b.length ? -1 : 0
}

/** Numbers by value and before words; words by their code units. */
function comparePart(a: string, b: string): number {
  const [number_a, number_b] = [a, b].map((part) => /^\d+$/.test(part))
  if (number_a && number_b) return Math.sign(Number(a) - Number(b))
  if (number_a !== number_b) return number_a ? -1 : 1
  return a === b ? 0 : a < b ? -1 : 1
}
