// The thing a page shows, for the breadcrumb, the title of the document and the palette: what it is called, and where.

import { useMatch } from '@tanstack/react-router'
import { useEffect, useSyncExternalStore } from 'react'
import type { Visit } from './visit-list.ts'

const state: { shown: Visit | null; readonly listeners: Set<() => void> } = { shown: null, listeners: new Set() }

function change(shown: Visit | null): void {
  state.shown = shown
  for (const listener of state.listeners) listener()
}

function subscribe(listener: () => void): () => void {
  state.listeners.add(listener)
  return () => void state.listeners.delete(listener)
}

/** Says what this page shows: "Ana Lima" on the page of Ana Lima. Null while it is not known. */
export function usePageName(name: string | null): void {
  const path = useMatch({ strict: false, select: ({ pathname }) => pathname })
  const page = useMatch({ strict: false, select: ({ staticData }) => staticData.page })
  useEffect(() => {
    change(name === null || page === undefined ? null : { name, path, page })
    return () => change(null)
  }, [name, path, page])
}

/** What the page that is shown said of itself. */
export const useShown = (): Visit | null => useSyncExternalStore(subscribe, () => state.shown)
