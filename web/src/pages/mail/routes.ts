import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { below, platform, withTexts } from '../../frame-routes.tsx'

const mail = createRoute({
  getParentRoute: () => platform,
  path: '/mail',
  component: lazyRouteComponent(() => import('./mail-page.tsx'), 'MailPage'),
  ...withTexts('mail'),
  ...below('platform_mail'),
})

export const mailRoutes = [mail] as const
