import { Outlet } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Page } from '../../components/page.tsx'
import { Forbidden } from '../../components/states.tsx'
import { useMe } from '../../session/facts.ts'

/** The platform's screens are the super-admin's; an owner is refused like a member. */
export function PlatformGate() {
  const { t } = useTranslation('platform')
  const me = useMe()
  if (me.is_superadmin) return <Outlet />
  return (
    <Page kind="detail">
      <h1 className="sr-only">{t('refused')}</h1>
      <Forbidden permission={null} sentence={t('refusedText')} />
    </Page>
  )
}
