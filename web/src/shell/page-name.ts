// The name of the thing a page shows, for the breadcrumb and the title of the document.

import { useEffect, useSyncExternalStore } from 'react'

const state: { name: string | null; readonly listeners: Set<() => void> } = { name: null, listeners: new Set() }

function change(name: string | null): void {
  state.name = name
  for (const listener of state.listeners) listener()
}

function subscribe(listener: () => void): () => void {
  state.listeners.add(listener)
  return () => void state.listeners.delete(listener)
}

/** Says what this page shows: "Ana Lima" on the page of Ana Lima. Null while it is not known. */
export function usePageName(name: string | null): void {
  useEffect(() => {
    change(name)
    return () => change(null)
  }, [name])
}

/** What the page that is shown said of itself. */
export const useShownName = (): string | null => useSyncExternalStore(subscribe, () => state.name)
