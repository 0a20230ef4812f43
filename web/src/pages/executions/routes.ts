import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { below, needs, organisation, withTexts } from '../../frame-routes.tsx'

const executions = createRoute({
  getParentRoute: () => organisation,
  path: '/executions',
  component: lazyRouteComponent(() => import('./executions-page.tsx'), 'ExecutionsPage'),
  beforeLoad: ({ params }) => needs(params.org, 'run.view_own'),
  ...withTexts('executions', 'views'),
  ...below('executions'),
})
const execution = createRoute({
  getParentRoute: () => organisation,
  path: '/executions/$execution',
  component: lazyRouteComponent(() => import('./execution-page.tsx'), 'ExecutionPage'),
  beforeLoad: ({ params }) => needs(params.org, 'run.view_own'),
  ...withTexts('executions'),
  ...below('executions'),
})

export const executionRoutes = [executions, execution] as const
