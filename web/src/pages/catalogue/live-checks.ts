// The checks while somebody types: asked of the server as soon as the typing rests, and led back to what they are about.

import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import type { VersionDetail } from '../../api/app-desk.ts'
import { useRested } from '../../components/use-rested.ts'
import { useDesk } from './desk.ts'
import { goToSpot } from './findings.tsx'
import { FILES, type FileName, type Files } from './parts.ts'
import { unsavedChecksQuery } from './queries.ts'

/** Goes to what a finding is about: to its tab, and as soon as that is there, to the control. */
export function useGo(tab: string, choose: (tab: FileName) => void): (pointer: string) => void {
  const goal = useRef<string | null>(null)
  const arrive = () => {
    const pointer = goal.current
    if (pointer === null) return
    goal.current = null
    requestAnimationFrame(() => goToSpot(pointer))
  }
  useEffect(arrive, [tab])
  return (pointer) => {
    goal.current = pointer
    const file = FILES.find((each) => pointer === `/${each}` || pointer.startsWith(`/${each}/`))
    if (file === undefined || file === tab) arrive()
    else choose(file)
  }
}

const REST_MS = 400

/** The checks of what stands in the forms: of what is saved, or asked of the server as soon as the typing rests. */
export function useChecks(version: VersionDetail, files: Files, isDirty: boolean) {
  const { desk } = useDesk()
  const rested = useRested(files, REST_MS)
  const { data, isError } = useQuery({
    ...unsavedChecksQuery(desk, version.id, rested),
    enabled: isDirty && rested === files && version.state === 'draft',
  })
  if (!isDirty) return { checks: version.checks, state: 'checksNow' } as const
  if (isError || data === undefined)
    return { checks: version.checks, state: isError ? 'checksOld' : 'checksNow' } as const
  return { checks: data.checks, state: 'checksLive' } as const
}
