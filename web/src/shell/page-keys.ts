// Single keys of one screen, such as j and k in the inbox. They rest and are switched off with all the others.

import { useLayoutEffect } from 'react'

export type PageKeys = Readonly<Record<string, () => void>>

const state: { keys: PageKeys } = { keys: {} }

/** Listens for these keys while the calling component is mounted. What can be seen can be pressed: they change with it. */
export function usePageKeys(keys: PageKeys): void {
  useLayoutEffect(() => {
    state.keys = keys
    return () => {
      state.keys = {}
    }
  }, [keys])
}

/** Does what the screen has for a key; false when it has nothing. */
export function pressPageKey(key: string): boolean {
  const act = Object.hasOwn(state.keys, key) ? state.keys[key] : undefined
  act?.()
  return act !== undefined
}
