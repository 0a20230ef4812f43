import { useRouterState } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'

/** Tells people who do not see the page that another one is there, and brings the focus to its heading. */
export function RouteAnnouncer() {
  const pathname = useRouterState({ select: (state) => state.resolvedLocation?.pathname })
  const before = useRef<string | undefined>(undefined)
  const [said, setSaid] = useState('')
  useEffect(() => {
    const isFirst = before.current === undefined
    if (pathname === undefined || before.current === pathname) return
    before.current = pathname
    if (isFirst) return
    const heading = document.querySelector<HTMLElement>('h1')
    const hasFocus = document.activeElement?.matches('input, textarea') === true
    if (!hasFocus) (heading ?? document.querySelector<HTMLElement>('#main'))?.focus({ preventScroll: true })
    setSaid(heading?.textContent ?? document.title)
  }, [pathname])
  return (
    <div aria-live="polite" role="status" className="sr-only">
      {said}
    </div>
  )
}
