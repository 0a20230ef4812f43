// What an app is about: a closed list, since policies demand levels by category, and some categories demand them by nature.

export type Consequence = 'legal' | 'financial' | 'regulatory' | 'professional'

type CategoryRow = {
  readonly label: string
  /** What a wrong output in this category touches; such an app must demand acknowledgement (requirements 1.5). */
  readonly consequence: Consequence | null
}

const TABLE = {
  legal: { label: 'Legal', consequence: 'legal' },
  finance: { label: 'Finance', consequence: 'financial' },
  tax: { label: 'Tax', consequence: 'financial' },
  procurement: { label: 'Procurement', consequence: 'financial' },
  compliance: { label: 'Compliance', consequence: 'regulatory' },
  regulatory: { label: 'Regulatory', consequence: 'regulatory' },
  privacy: { label: 'Privacy', consequence: 'regulatory' },
  risk: { label: 'Risk', consequence: 'regulatory' },
  human_resources: { label: 'Human resources', consequence: 'professional' },
  health: { label: 'Health', consequence: 'professional' },
  engineering: { label: 'Engineering', consequence: null },
  it_operations: { label: 'IT operations', consequence: null },
  security: { label: 'Security', consequence: null },
  product: { label: 'Product', consequence: null },
  customer_support: { label: 'Customer support', consequence: null },
  sales: { label: 'Sales', consequence: null },
  marketing: { label: 'Marketing', consequence: null },
  communication: { label: 'Communication', consequence: null },
  translation: { label: 'Translation', consequence: null },
  research: { label: 'Research', consequence: null },
  productivity: { label: 'Productivity', consequence: null },
  other: { label: 'Other', consequence: null },
} as const satisfies Record<string, CategoryRow>

export type Category = keyof typeof TABLE

export const CATEGORIES: Readonly<Record<Category, CategoryRow>> = Object.freeze(TABLE)

const isCategory = (word: string): word is Category => Object.hasOwn(TABLE, word)

/** Every category, in the order of the table. */
export const CATEGORY_NAMES: readonly Category[] = Object.freeze(Object.keys(TABLE).filter(isCategory))
