import { useSyncExternalStore } from 'react'

const narrow = matchMedia('(max-width: 767px)')

function subscribe(listener: () => void): () => void {
  narrow.addEventListener('change', listener)
  return () => narrow.removeEventListener('change', listener)
}

/** Whether the screen is a phone's: lists become cards, the rail becomes a sheet. */
export const useIsNarrow = (): boolean => useSyncExternalStore(subscribe, () => narrow.matches)
