// What is filled into the form of an app: as it is typed, and as the server takes it, files by their ids.

import { answerOf, api } from '../api/client.ts'
import type { AppField } from './contract.ts'

/** What a person has put into a field so far. */
export type Typed = string | number | boolean | null | readonly File[]
export type TypedInput = Readonly<Record<string, Typed>>
export type AppInput = { readonly [name: string]: unknown }

const isFiles = (type: AppField['type']): boolean => type === 'file' || type === 'files'

const emptyOf = (type: AppField['type']): Typed =>
  isFiles(type) ? [] : type === 'number' ? null : type === 'boolean' ? false : ''

/** The form before anything is typed. */
export const initialInput = (fields: readonly AppField[]): TypedInput =>
  Object.fromEntries(fields.map(({ name, type, initial }) => [name, initial ?? emptyOf(type)]))

/**
 * The form as an input that is kept fills it. Its files are shown by their names: `sent` knows under which id each is kept,
 * so none is sent again.
 */
export function typedOf(
  fields: readonly AppField[],
  given: Readonly<Record<string, unknown>>,
  sent: SentFiles,
): TypedInput {
  const filesOf = (value: unknown) => {
    const ids: readonly unknown[] = Array.isArray(value) ? value : [value]
    return [...sent].flatMap(([file, id]) => (ids.includes(id) ? [file] : []))
  }
  return Object.fromEntries(
    fields.map(({ name, type }): readonly [string, Typed] => {
      const value = given[name]
      if (isFiles(type)) return [name, filesOf(value)]
      const isPlain = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
      return [name, isPlain ? value : emptyOf(type)]
    }),
  )
}

export const isEmpty = (value: Typed | undefined): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)

/** The files of a value; none where it is something else. */
export const filesIn = (value: Typed | undefined): readonly File[] =>
  Array.isArray(value) ? value.filter((each): each is File => each instanceof File) : []

/** Files that were sent already: they are sent once, however often the form is. */
export type SentFiles = Map<File, string>

/** What the server takes: files by their ids, and nothing of what was left empty. */
export async function readInput(
  org: string,
  fields: readonly AppField[],
  values: TypedInput,
  sent: SentFiles,
): Promise<AppInput> {
  const input: Record<string, unknown> = {}
  for (const { name, type } of fields) {
    const value = values[name]
    if (isEmpty(value)) continue
    if (!isFiles(type)) {
      input[name] = value
      continue
    }
    const ids: string[] = []
    for (const file of filesIn(value)) {
      const id = sent.get(file) ?? (await uploadFile(org, file))
      sent.set(file, id)
      ids.push(id)
    }
    input[name] = type === 'file' ? ids[0] : ids
  }
  return input
}

/** Puts a file into the input vault and returns its id. */
async function uploadFile(org: string, file: File): Promise<string> {
  const { id } = await answerOf(
    api.POST('/api/orgs/{org}/files', {
      params: { path: { org }, query: { name: file.name } },
      headers: { 'content-type': 'application/octet-stream' },
      // The contract says "string" of bytes; what is sent are the bytes themselves.
      body: '',
      bodySerializer: () => file,
    }),
  )
  return id
}
