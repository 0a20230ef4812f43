import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { below, needs, organisation, withTexts } from '../../frame-routes.tsx'

const billing = createRoute({
  getParentRoute: () => organisation,
  path: '/billing',
  component: lazyRouteComponent(() => import('./billing-page.tsx'), 'BillingPage'),
  // Members read it (rulings, point 2); `billing.manage` decides about the sidebar and about acts.
  beforeLoad: ({ params }) => needs(params.org, 'billing.view'),
  ...withTexts('billing'),
  ...below('billing'),
})

export const billingRoutes = [billing] as const
