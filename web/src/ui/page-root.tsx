import { CSPProvider } from '@base-ui/react/csp-provider'
import type { ReactNode } from 'react'
import { Toaster } from './toast.tsx'
import { TooltipProvider } from './tooltip.tsx'

/** What the wrappers need once around the page. The page's policy allows no inline style element. */
export function PageRoot({ children }: { readonly children: ReactNode }) {
  return (
    <CSPProvider disableStyleElements>
      <TooltipProvider>
        {children}
        <Toaster />
      </TooltipProvider>
    </CSPProvider>
  )
}
