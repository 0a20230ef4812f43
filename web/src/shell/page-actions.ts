// What a page can do joins the palette while the page is there.

import { type ReactNode, useEffect, useSyncExternalStore } from 'react'

export type PageAction = {
  readonly id: string
  /** A verb and its object; an ellipsis when more is asked for. */
  readonly label: string
  readonly keywords?: readonly string[]
  readonly icon?: ReactNode
  readonly run: () => void
}

const state: { actions: readonly PageAction[]; readonly listeners: Set<() => void> } = {
  actions: [],
  listeners: new Set(),
}

function change(actions: readonly PageAction[]): void {
  state.actions = actions
  for (const listener of state.listeners) listener()
}

/** Adds acts to the palette while the calling component is mounted. Pass a stable (memoised) list. */
export function usePageActions(actions: readonly PageAction[]): void {
  useEffect(() => {
    change([...state.actions, ...actions])
    return () => change(state.actions.filter((each) => !actions.includes(each)))
  }, [actions])
}

function subscribe(listener: () => void): () => void {
  state.listeners.add(listener)
  return () => void state.listeners.delete(listener)
}

export const useAllPageActions = (): readonly PageAction[] => useSyncExternalStore(subscribe, () => state.actions)
