// Short words about what was done. What shows them is fetched with the first of them, not with every page.

import { useSyncExternalStore } from 'react'
import type { ToastOptions } from './toaster.tsx'

const SHOWN_MS = 5_000
/** Time to change one's mind. */
const UNDO_MS = 10_000

export type Undo = { readonly label: string; readonly run: () => void }

const wish: { isWanted: boolean; readonly listeners: Set<() => void> } = { isWanted: false, listeners: new Set() }

async function show(toast: ToastOptions): Promise<void> {
  wish.isWanted = true
  for (const listener of wish.listeners) listener()
  const { addToast } = await import('./toaster.tsx')
  addToast(toast)
}

function subscribe(listener: () => void): () => void {
  wish.listeners.add(listener)
  return () => void wish.listeners.delete(listener)
}

/** Whether there is anything to show yet. */
export const useIsToastWanted = (): boolean => useSyncExternalStore(subscribe, () => wish.isWanted)

const twin: { commandOf: () => string | null } = { commandOf: () => null }

/** Sets what gives the command that does the same as the act of which a message tells; null where there is none. */
export function offerCommands(commandOf: () => string | null): void {
  twin.commandOf = commandOf
}

/** Says that something was done, and offers the command for it. With `undo`, the server can take it back. */
export function toastDone(title: string, undo?: Undo): void {
  void show({
    title,
    type: 'done',
    timeout: undo === undefined ? SHOWN_MS : UNDO_MS,
    data: { command: twin.commandOf() },
    ...(undo && { actionProps: { children: undo.label, onClick: undo.run } }),
  })
}

/** Says that something happened on this page alone. */
export function toastNoted(title: string): void {
  void show({ title, type: 'done', timeout: SHOWN_MS })
}

/** Says that something could not be done; stays until it is read. */
export function toastProblem(title: string, description?: string): void {
  void show({ title, description, type: 'problem', timeout: 0, priority: 'high' })
}
