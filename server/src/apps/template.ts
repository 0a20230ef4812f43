// Templates: `{{input.contract}}` in the strings of a contract. A name leads through objects and lists by their own members
// only; nothing is computed here, that is what `transform` is for.

/** What templates and expressions may name: `input`, `system`, the nodes before, and the items of loops around. */
export type Variables = Readonly<Record<string, unknown>>

/** A name as it stands in a template: `parse_contract.pages.0` is `['parse_contract', 'pages', '0']`. */
export type VariablePath = readonly string[]

const PLACEHOLDER = /\{\{([^{}]*)\}\}/g
const WHOLE = /^\{\{([^{}]*)\}\}$/
const PATH = /^[a-z][a-z0-9_]*(\.[A-Za-z0-9_-]+)*$/

/** The variables that a template string names; a placeholder that is no name is given back as null. */
export function placeholdersIn(text: string): readonly (VariablePath | null)[] {
  return [...text.matchAll(PLACEHOLDER)].map(([, inner = '']) => parsePath(inner))
}

function parsePath(text: string): VariablePath | null {
  const trimmed = text.trim()
  return PATH.test(trimmed) ? trimmed.split('.') : null
}

/** The value a path leads to, or undefined where it leads nowhere. Own members only, so that no prototype is reached. */
export function lookUp(variables: Variables, path: VariablePath): unknown {
  let value: unknown = variables
  for (const member of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, member)) return undefined
    value = Reflect.get(value, member)
  }
  return value
}

/**
 * Fills the templates in a value: a string that is one placeholder becomes the value itself, null where there is none; inside
 * longer text values are written as text, objects and lists as JSON, what is missing as nothing. Everything else stays.
 */
export function fillTemplate(value: unknown, variables: Variables): unknown {
  if (typeof value === 'string') {
    const whole = WHOLE.exec(value)
    const path = whole === null ? null : parsePath(whole[1] ?? '')
    return path === null ? fillText(value, variables) : (lookUp(variables, path) ?? null)
  }
  if (Array.isArray(value)) return value.map((each) => fillTemplate(each, variables))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, fillTemplate(each, variables)]))
}

/** Fills a template into text, whatever its placeholders stand for. */
export function fillText(text: string, variables: Variables): string {
  return text.replace(PLACEHOLDER, (_match, inner: string) => written(variables, inner))
}

/**
 * Fills the text of a prompt. A value that stands between `<name>` and `</name>` is data for the model: it cannot end its own
 * quotation, whatever a document says (OWASP LLM01).
 */
export function fillPrompt(text: string, variables: Variables): string {
  return text.replace(PLACEHOLDER, (_match, inner: string, offset: number) => {
    const [, tag] = /<([a-z][a-z_]*)>\s*$/.exec(text.slice(Math.max(0, offset - 100), offset)) ?? []
    const value = written(variables, inner)
    return tag === undefined ? value : value.replaceAll(new RegExp(`<(\\s*/?\\s*${tag})`, 'giu'), '&lt;$1')
  })
}

/** Fills the address of a tool: a value is escaped, so that it stays one part of the path or query it stands in. */
export function fillUrl(url: string, variables: Variables): string {
  return url.replace(PLACEHOLDER, (_match, inner: string) => encodeURIComponent(written(variables, inner)))
}

function written(variables: Variables, inner: string): string {
  const path = parsePath(inner)
  const value = path === null ? undefined : lookUp(variables, path)
  if (value === undefined || value === null) return ''
  return typeof value === 'string' ? value : JSON.stringify(value)
}
