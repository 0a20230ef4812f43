import { useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useEffect, useState } from 'react'
import { meQuery } from './facts.ts'
import { onSessionEnd, reportSessionReturn } from './session-events.ts'

// Asked seldom, so not part of what every page loads.
const SignInQuestion = lazy(async () => ({ default: (await import('./sign-in-question.tsx')).SignInQuestion }))

/** A session that ended while a page is open: the page and its forms stay, and go on after signing in again. */
export function SignInAgain() {
  const client = useQueryClient()
  const [email, setEmail] = useState<string | null>(null)
  useEffect(() => onSessionEnd(() => setEmail(client.getQueryData(meQuery.queryKey)?.email ?? null)), [client])
  if (email === null) return null
  const goOn = () => {
    setEmail(null)
    reportSessionReturn()
  }
  return (
    <Suspense>
      <SignInQuestion key={email} email={email} onDone={goOn} />
    </Suspense>
  )
}
