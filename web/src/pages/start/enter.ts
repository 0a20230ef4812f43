import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { stopViewing } from '../../api/viewing.ts'
import { meQuery } from '../../session/facts.ts'

/** Only an address of the portal itself: a link may not send somebody who signs in to another site. */
export function safeNext(next: string | undefined): string {
  return next !== undefined && /^\/(?![/\\])/.test(next) ? next : '/'
}

/** Goes on after a session has begun. Nothing that was known before is kept. */
export function useEnter(): (next?: string) => Promise<void> {
  const client = useQueryClient()
  const router = useRouter()
  return async (next) => {
    client.clear()
    stopViewing()
    await client.prefetchQuery(meQuery)
    router.history.push(safeNext(next))
  }
}
