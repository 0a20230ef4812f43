// Whether `openapi.json` is valid: by the schemas that OpenAPI 3.1 publishes, those of its Schema Objects included, and by
// the rules of its text that no schema can say. https://spec.openapis.org/oas/v3.1.1.html

import { validate } from '@hyperjump/json-schema/openapi-3-1'

type Json = string | number | boolean | null | Json[] | { [name: string]: Json }

const OPENAPI_3_1 = 'https://spec.openapis.org/oas/3.1/schema-base'
const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace']

/** One line per mistake of an OpenAPI 3.1 document, given as its text; none means that it is valid. */
export async function listContractMistakes(text: string): Promise<readonly string[]> {
  const document: unknown = JSON.parse(text)
  if (!isJson(document)) return ['is not JSON']
  const result = await validate(OPENAPI_3_1, document, 'BASIC')
  const errors = result.valid ? [] : (result.errors ?? [])
  const invalid = errors.map(
    ({ instanceLocation, absoluteKeywordLocation }) =>
      `${decodeURIComponent(instanceLocation)} breaks ${absoluteKeywordLocation}`,
  )
  return [...invalid, ...listBrokenReferences(document), ...listOperationMistakes(document)]
}

const isJson = (value: unknown): value is Json =>
  value === null || ['string', 'number', 'boolean'].includes(typeof value) || childrenOf(value)?.every(isJson) === true

const childrenOf = (value: unknown): readonly unknown[] | null =>
  typeof value === 'object' && value !== null ? Object.values(value) : null

const membersOf = (value: Json | undefined): { readonly [name: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {}

function listBrokenReferences(document: Json): readonly string[] {
  const references = new Set<string>()
  const walk = (value: Json): void => {
    const reference = membersOf(value)['$ref']
    if (typeof reference === 'string') references.add(reference)
    if (typeof value === 'object' && value !== null) Object.values(value).forEach(walk)
  }
  walk(document)
  return [...references].filter((each) => !leadsSomewhere(document, each)).map((each) => `${each} leads nowhere`)
}

function leadsSomewhere(document: Json, reference: string): boolean {
  if (!reference.startsWith('#/')) return false
  const names = decodeURIComponent(reference.slice(2)).split('/')
  const keys = names.map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'))
  return keys.reduce<Json | undefined>((value, key) => membersOf(value)[key], document) !== undefined
}

function listOperationMistakes(document: Json): readonly string[] {
  const seen = new Set<string>()
  return Object.entries(membersOf(membersOf(document)['paths'])).flatMap(([path, item]) =>
    METHODS.filter((method) => method in membersOf(item)).flatMap((method) => {
      const operation = membersOf(membersOf(item)[method])
      const id = operation['operationId']
      const mistakes = [
        ...(typeof id === 'string' ? [] : ['has no operationId']),
        ...(typeof id === 'string' && seen.has(id) ? [`has the operationId ${id} of another`] : []),
        ...listParameterMistakes(path, operation['parameters']),
      ]
      if (typeof id === 'string') seen.add(id)
      return mistakes.map((mistake) => `${method} ${path} ${mistake}`)
    }),
  )
}

/** What the path's template names and the operation's path parameters are the same. */
function listParameterMistakes(path: string, parameters: Json | undefined): readonly string[] {
  const all = Array.isArray(parameters) ? parameters.map(membersOf) : []
  const declared = all.filter((each) => each['in'] === 'path').map(({ name }) => (typeof name === 'string' ? name : ''))
  const used = [...path.matchAll(/\{([^}]+)\}/g)].map(([, name = '']) => name)
  return [
    ...used.filter((name) => !declared.includes(name)).map((name) => `does not declare {${name}}`),
    ...declared.filter((name) => !used.includes(name)).map((name) => `declares {${name}} for nothing`),
  ]
}
