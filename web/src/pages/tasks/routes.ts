import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { below, organisation, requireOpen, withTexts } from '../../frame-routes.tsx'

const tasks = createRoute({
  getParentRoute: () => organisation,
  path: '/tasks',
  component: lazyRouteComponent(() => import('./tasks-page.tsx'), 'TasksPage'),
  ...withTexts('tasks', 'apps'),
  beforeLoad: ({ params }) => requireOpen(params.org, 'tasks'),
  ...below('tasks'),
})
const task = createRoute({
  getParentRoute: () => organisation,
  path: '/tasks/$task',
  component: lazyRouteComponent(() => import('./task-page.tsx'), 'TaskPage'),
  ...withTexts('tasks', 'apps'),
  beforeLoad: ({ params }) => requireOpen(params.org, 'tasks'),
  ...below('tasks'),
})

export const taskRoutes = [tasks, task] as const
