import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { below, organisation, requireOpen, withTexts } from '../../frame-routes.tsx'

const executions = createRoute({
  getParentRoute: () => organisation,
  path: '/executions',
  component: lazyRouteComponent(() => import('./executions-page.tsx'), 'ExecutionsPage'),
  ...withTexts('executions', 'views'),
  beforeLoad: ({ params }) => requireOpen(params.org, 'executions'),
  ...below('executions'),
})
const execution = createRoute({
  getParentRoute: () => organisation,
  path: '/executions/$execution',
  component: lazyRouteComponent(() => import('./execution-page.tsx'), 'ExecutionPage'),
  ...withTexts('executions'),
  beforeLoad: ({ params }) => requireOpen(params.org, 'executions'),
  ...below('executions'),
})

export const executionRoutes = [executions, execution] as const
