// What somebody opened last, for the palette. Whoever signs in next with another account begins with nothing, and signing out
// forgets it.

import { useEffect } from 'react'
import { useMe } from '../session/facts.ts'
import { forget, readStored, store } from '../session/preferences.ts'
import { useShown } from './page-name.ts'
import { parseVisits, placeOf, type Visit, withVisit } from './visit-list.ts'

const STORED = 'visits'

/** Remembers what is shown for as long as somebody is signed in. */
export function useRememberedVisits(): void {
  const { id } = useMe()
  const shown = useShown()
  useEffect(() => {
    if (shown === null || placeOf(shown.path) === '') return
    const visits = withVisit(parseVisits(readStored(STORED), id), shown)
    store(STORED, JSON.stringify({ account_id: id, visits }))
  }, [id, shown])
}

/** What was opened where one is, but for what is open now, the newest first. */
export function useVisits(org: string | null): readonly Visit[] {
  const { id } = useMe()
  const shown = useShown()
  const place = org === null ? '/platform' : `/o/${org}`
  return parseVisits(readStored(STORED), id).filter(({ path }) => placeOf(path) === place && path !== shown?.path)
}

export const forgetVisits = (): void => forget(STORED)
