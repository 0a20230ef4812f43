import { useTranslation } from 'react-i18next'
import { Page, PageHeader } from '../../components/page.tsx'
import { oneOf, useUrlState } from '../../components/url-state.ts'
import { useMe } from '../../session/facts.ts'
import { Tabs } from '../../ui/tabs.tsx'
import { Preferences } from './preferences.tsx'
import { Profile } from './profile.tsx'
import { Security } from './security.tsx'

const TABS = ['profile', 'security', 'preferences'] as const

/** The own account: the same in every organisation. */
export function MePage() {
  const { t } = useTranslation('me')
  const me = useMe()
  const url = useUrlState(['tab'])
  return (
    <Page kind="form">
      <PageHeader title={t('title')} purpose={me.email} />
      <Tabs
        label={t('title')}
        value={oneOf(url.values.tab, TABS) ?? 'profile'}
        onChange={(tab) => url.set({ tab: tab === 'profile' ? undefined : tab })}
        tabs={[
          { value: 'profile', label: t('profile'), content: <Profile /> },
          { value: 'security', label: t('security'), content: <Security /> },
          { value: 'preferences', label: t('preferences'), content: <Preferences /> },
        ]}
      />
    </Page>
  )
}
