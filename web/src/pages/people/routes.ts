import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { below, organisation, requireOpen, withTexts } from '../../frame-routes.tsx'

const people = createRoute({
  getParentRoute: () => organisation,
  path: '/people',
  component: lazyRouteComponent(() => import('./people-page.tsx'), 'PeoplePage'),
  ...withTexts('people', 'api-keys', 'roles'),
  beforeLoad: ({ params }) => requireOpen(params.org, 'people'),
  ...below('people'),
})
const person = createRoute({
  getParentRoute: () => organisation,
  path: '/people/$person',
  component: lazyRouteComponent(() => import('./person-page.tsx'), 'PersonPage'),
  ...withTexts('people', 'roles'),
  beforeLoad: ({ params }) => requireOpen(params.org, 'people'),
  ...below('people'),
})
const invitations = createRoute({
  getParentRoute: () => organisation,
  path: '/people/invitations',
  component: lazyRouteComponent(() => import('./invitations-page.tsx'), 'InvitationsPage'),
  ...withTexts('people'),
  beforeLoad: ({ params }) => requireOpen(params.org, 'invitations'),
  ...below('invitations'),
})

const serviceAccount = createRoute({
  getParentRoute: () => organisation,
  path: '/people/service-accounts/$account',
  component: lazyRouteComponent(() => import('./service-account-page.tsx'), 'ServiceAccountPage'),
  ...withTexts('people', 'api-keys', 'roles'),
  beforeLoad: ({ params }) => requireOpen(params.org, 'people', '/service-accounts/$account'),
  ...below('people'),
})

export const peopleRoutes = [people, person, invitations, serviceAccount] as const
