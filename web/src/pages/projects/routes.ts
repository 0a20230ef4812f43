import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { below, needs, organisation, withTexts } from '../../frame-routes.tsx'

const shared = { ...withTexts('projects'), ...below('projects') }
const projects = createRoute({
  getParentRoute: () => organisation,
  path: '/projects',
  component: lazyRouteComponent(() => import('./projects-page.tsx'), 'ProjectsPage'),
  beforeLoad: ({ params }) => needs(params.org, 'project.view'),
  ...shared,
})
const project = createRoute({
  getParentRoute: () => organisation,
  path: '/projects/$project',
  component: lazyRouteComponent(() => import('./project-page.tsx'), 'ProjectPage'),
  beforeLoad: ({ params }) => needs(params.org, 'project.view'),
  ...shared,
})

export const projectRoutes = [projects, project] as const
