// Which failures are tried again, and what every refusal changes for the whole page.

import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import { reportAccessChange, reportSessionEnd } from '../session/session-events.ts'
import { ApiProblem } from './problem.ts'

const MAX_ATTEMPTS = 3

/** What is refused stays refused; what was not heard, or could not be served now, is tried again. */
const isWorthRetrying = (failures: number, error: Error): boolean =>
  failures < MAX_ATTEMPTS && (!(error instanceof ApiProblem) || [0, 429, 502, 503, 504].includes(error.status))

function noteProblem(error: Error): void {
  if (!(error instanceof ApiProblem)) return
  if (error.status === 401 && error.code === 'not_signed_in') reportSessionEnd()
  if (error.code === 'forbidden') reportAccessChange()
}

export const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError: noteProblem }),
  mutationCache: new MutationCache({ onError: noteProblem }),
  defaultOptions: {
    queries: { retry: isWorthRetrying, staleTime: 15_000, refetchOnWindowFocus: true },
    mutations: { retry: false },
  },
})
