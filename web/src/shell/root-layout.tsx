import { Outlet } from '@tanstack/react-router'
import { useBrandOnPage } from '../components/brand.tsx'
import { SignInAgain } from '../session/sign-in-again.tsx'
import { StepUp } from '../session/step-up.tsx'
import { PageRoot } from '../ui/page-root.tsx'
import { RouteAnnouncer } from './route-announcer.tsx'

/** Around every page, signed in or not. */
export function RootLayout() {
  useBrandOnPage()
  return (
    <PageRoot>
      <Outlet />
      <RouteAnnouncer />
      <SignInAgain />
      <StepUp />
    </PageRoot>
  )
}
