import { Outlet } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { SignInAgain } from '../session/sign-in-again.tsx'
import { PageRoot } from '../ui/page-root.tsx'
import { RouteAnnouncer } from './route-announcer.tsx'

// Not needed for the first look at a page.
const ProveAgain = lazy(async () => ({ default: (await import('../session/prove-again.tsx')).ProveAgain }))

/** Around every page, signed in or not. */
export function RootLayout() {
  return (
    <PageRoot>
      <Outlet />
      <RouteAnnouncer />
      <SignInAgain />
      <Suspense>
        <ProveAgain />
      </Suspense>
    </PageRoot>
  )
}
