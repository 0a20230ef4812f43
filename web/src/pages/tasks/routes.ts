import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { below, needs, organisation, withTexts } from '../../frame-routes.tsx'

const tasks = createRoute({
  getParentRoute: () => organisation,
  path: '/tasks',
  component: lazyRouteComponent(() => import('./tasks-page.tsx'), 'TasksPage'),
  beforeLoad: ({ params }) => needs(params.org, 'run.view_own'),
  ...withTexts('tasks', 'apps'),
  ...below('tasks'),
})
const task = createRoute({
  getParentRoute: () => organisation,
  path: '/tasks/$task',
  component: lazyRouteComponent(() => import('./task-page.tsx'), 'TaskPage'),
  beforeLoad: ({ params }) => needs(params.org, 'run.view_own'),
  ...withTexts('tasks', 'apps'),
  ...below('tasks'),
})

export const taskRoutes = [tasks, task] as const
