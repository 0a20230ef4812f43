import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { below, organisation, requireOpen, withTexts } from '../../frame-routes.tsx'

const wallet = createRoute({
  getParentRoute: () => organisation,
  path: '/wallet',
  component: lazyRouteComponent(() => import('./wallet-page.tsx'), 'WalletPage'),
  ...withTexts('wallet'),
  beforeLoad: ({ params }) => requireOpen(params.org, 'wallet'),
  ...below('wallet'),
})

export const walletRoutes = [wallet] as const
