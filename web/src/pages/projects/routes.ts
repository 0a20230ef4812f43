import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { below, organisation, requireOpen, withTexts } from '../../frame-routes.tsx'

const projects = createRoute({
  getParentRoute: () => organisation,
  path: '/projects',
  component: lazyRouteComponent(() => import('./projects-page.tsx'), 'ProjectsPage'),
  ...withTexts('projects'),
  beforeLoad: ({ params }) => requireOpen(params.org, 'projects'),
  ...below('projects'),
})
const project = createRoute({
  getParentRoute: () => organisation,
  path: '/projects/$project',
  component: lazyRouteComponent(() => import('./project-page.tsx'), 'ProjectPage'),
  ...withTexts('projects'),
  beforeLoad: ({ params }) => requireOpen(params.org, 'projects'),
  ...below('projects'),
})

export const projectRoutes = [projects, project] as const
