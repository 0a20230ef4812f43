import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { below, organisation, requireOpen, withTexts } from '../../frame-routes.tsx'

const load = () => import('./chat-page.tsx')

const chats = createRoute({
  getParentRoute: () => organisation,
  path: '/chat',
  component: lazyRouteComponent(load, 'ChatPage'),
  ...withTexts('chat', 'runs', 'approvals', 'apps'),
  beforeLoad: ({ params }) => requireOpen(params.org, 'chat'),
  ...below('chat'),
})
const chat = createRoute({
  getParentRoute: () => organisation,
  path: '/chat/$thread',
  component: lazyRouteComponent(load, 'ChatPage'),
  ...withTexts('chat', 'runs', 'approvals', 'apps'),
  beforeLoad: ({ params }) => requireOpen(params.org, 'chat'),
  ...below('chat'),
})

export const chatRoutes = [chats, chat] as const
