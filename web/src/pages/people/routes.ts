import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { below, needs, organisation, withTexts } from '../../frame-routes.tsx'

const people = createRoute({
  getParentRoute: () => organisation,
  path: '/people',
  component: lazyRouteComponent(() => import('./people-page.tsx'), 'PeoplePage'),
  beforeLoad: ({ params }) => needs(params.org, 'user.view'),
  ...withTexts('people', 'api-keys', 'roles'),
  ...below('people'),
})
const person = createRoute({
  getParentRoute: () => organisation,
  path: '/people/$person',
  component: lazyRouteComponent(() => import('./person-page.tsx'), 'PersonPage'),
  beforeLoad: ({ params }) => needs(params.org, 'user.view'),
  ...withTexts('people', 'roles'),
  ...below('people'),
})
const invitations = createRoute({
  getParentRoute: () => organisation,
  path: '/people/invitations',
  component: lazyRouteComponent(() => import('./invitations-page.tsx'), 'InvitationsPage'),
  beforeLoad: ({ params }) => needs(params.org, 'user.invite'),
  ...withTexts('people'),
  ...below('invitations'),
})

const serviceAccount = createRoute({
  getParentRoute: () => organisation,
  path: '/people/service-accounts/$account',
  component: lazyRouteComponent(() => import('./service-account-page.tsx'), 'ServiceAccountPage'),
  beforeLoad: ({ params }) => needs(params.org, 'api_key.manage'),
  ...withTexts('people', 'api-keys', 'roles'),
  ...below('people'),
})

export const peopleRoutes = [people, person, invitations, serviceAccount] as const
