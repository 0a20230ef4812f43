import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { below, needs, organisation, withTexts } from '../../frame-routes.tsx'

const load = () => import('./chat-page.tsx')

const chats = createRoute({
  getParentRoute: () => organisation,
  path: '/chat',
  component: lazyRouteComponent(load, 'ChatPage'),
  beforeLoad: ({ params }) => needs(params.org, 'run.view_own'),
  ...withTexts('chat', 'runs', 'approvals', 'apps'),
  ...below('chat'),
})
const chat = createRoute({
  getParentRoute: () => organisation,
  path: '/chat/$thread',
  component: lazyRouteComponent(load, 'ChatPage'),
  beforeLoad: ({ params }) => needs(params.org, 'run.view_own'),
  ...withTexts('chat', 'runs', 'approvals', 'apps'),
  ...below('chat'),
})

export const chatRoutes = [chats, chat] as const
