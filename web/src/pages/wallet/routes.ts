import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { below, needs, organisation, withTexts } from '../../frame-routes.tsx'

const wallet = createRoute({
  getParentRoute: () => organisation,
  path: '/wallet',
  component: lazyRouteComponent(() => import('./wallet-page.tsx'), 'WalletPage'),
  beforeLoad: ({ params }) => needs(params.org, 'billing.view'),
  ...withTexts('wallet'),
  ...below('wallet'),
})

export const walletRoutes = [wallet] as const
