import { CSPProvider } from '@base-ui/react/csp-provider'
import { lazy, type ReactNode, Suspense } from 'react'
import { useIsToastWanted } from './toast.tsx'
import { TooltipProvider } from './tooltip.tsx'

const Toaster = lazy(async () => ({ default: (await import('./toaster.tsx')).Toaster }))

/** What the wrappers need once around the page. The page's policy allows no inline style element. */
export function PageRoot({ children }: { readonly children: ReactNode }) {
  const isToastWanted = useIsToastWanted()
  return (
    <CSPProvider disableStyleElements>
      <TooltipProvider>
        {children}
        <Suspense>{isToastWanted && <Toaster />}</Suspense>
      </TooltipProvider>
    </CSPProvider>
  )
}
