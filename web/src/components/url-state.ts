// Filters, tabs and open panels live in the address: they survive a reload, a link and the way back.

import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback } from 'react'

export type UrlState<Name extends string> = {
  readonly values: Readonly<Partial<Record<Name, string>>>
  /** Typing replaces the entry of the history (`isTyping`), a choice makes a new one. An empty value is left out. */
  readonly set: (patch: Partial<Record<Name, string | undefined>>, isTyping?: boolean) => void
  readonly clear: () => void
  readonly isSet: boolean
}

/** The named parts of the address's query. */
export function useUrlState<Name extends string>(names: readonly Name[]): UrlState<Name> {
  const search: Readonly<Record<string, string | undefined>> = useSearch({ strict: false })
  const navigate = useNavigate()
  const values: Partial<Record<Name, string>> = {}
  for (const name of names) {
    const value = search[name]
    if (value !== undefined && value !== '') values[name] = value
  }
  const set = useCallback(
    (patch: Partial<Record<Name, string | undefined>>, isTyping = false) => {
      void navigate({
        to: '.',
        search: (before: Readonly<Record<string, string | undefined>>) => withoutEmpty({ ...before, ...patch }),
        replace: isTyping,
        resetScroll: false,
      })
    },
    [navigate],
  )
  const clear = () => {
    const patch: Partial<Record<Name, string | undefined>> = {}
    for (const name of names) patch[name] = undefined
    set(patch)
  }
  return { values, set, clear, isSet: Object.keys(values).length > 0 }
}

const withoutEmpty = (search: Readonly<Record<string, string | undefined>>): Record<string, string> =>
  Object.fromEntries(Object.entries(search).flatMap(([name, value]) => (value ? [[name, value]] : [])))

/** The word if it is one of those, else undefined: what stands in an address may be anything. */
export const oneOf = <Word extends string>(word: string | undefined, words: readonly Word[]): Word | undefined =>
  words.find((each) => each === word)
