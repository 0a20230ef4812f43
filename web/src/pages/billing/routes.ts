import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { below, organisation, requireOpen, withTexts } from '../../frame-routes.tsx'

const billing = createRoute({
  getParentRoute: () => organisation,
  path: '/billing',
  component: lazyRouteComponent(() => import('./billing-page.tsx'), 'BillingPage'),
  ...withTexts('billing'),
  beforeLoad: ({ params }) => requireOpen(params.org, 'billing'),
  ...below('billing'),
})

export const billingRoutes = [billing] as const
