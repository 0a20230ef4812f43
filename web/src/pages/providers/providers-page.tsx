import { Plus } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { organisationProviders } from '../../api/provider-desk.ts'
import { CopyAsCurl } from '../../components/copy-as-curl.tsx'
import { Page, PageHeader } from '../../components/page.tsx'
import { oneOf, useUrlState } from '../../components/url-state.ts'
import { useAccess, useOrg } from '../../session/facts.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { Models } from './models.tsx'
import { OwnModels } from './own-models.tsx'
import { Providers } from './providers.tsx'

const TABS = ['models', 'providers', 'own'] as const

/** The models one may call, and the providers and models of the organisation's own. */
export function ProvidersPage() {
  const { t } = useTranslation('providers')
  const org = useOrg()
  const { can } = useAccess()
  const url = useUrlState(['tab', 'new'])
  const seesOwn = can('provider.view')
  const tab = (seesOwn ? oneOf(url.values.tab, TABS) : undefined) ?? 'models'
  const isNew = url.values.new !== undefined
  const close = () => url.set({ new: undefined }, true)
  const adds = tab === 'own' ? t('addModel') : t('addProvider')
  return (
    <Page kind="list">
      <PageHeader
        title={t('title')}
        purpose={t('purpose')}
        actions={
          <>
            <CopyAsCurl path={`/api/orgs/${org}/${tab === 'own' ? 'own-models' : tab}`} />
            {can('provider.manage') && (
              <Button
                variant="primary"
                onClick={() => url.set({ tab: tab === 'own' ? 'own' : 'providers', new: 'yes' })}
              >
                <Plus size={15} aria-hidden />
                {adds}
              </Button>
            )}
          </>
        }
      />
      {seesOwn ? (
        <Tabs
          label={t('title')}
          value={tab}
          onChange={(next) => url.set({ tab: next === 'models' ? undefined : next, new: undefined })}
          tabs={[
            { value: 'models', label: t('tabs.models'), content: <Models /> },
            {
              value: 'providers',
              label: t('tabs.providers'),
              content: (
                <>
                  {!can('provider.manage') && (
                    <div className="mb-3">
                      <Banner tone="info" title={t('readOnlyTitle')}>
                        {t('readOnlyText')}
                      </Banner>
                    </div>
                  )}
                  <Providers
                    desk={organisationProviders(org)}
                    may={{ manage: can('provider.manage'), setKey: can('secrets.manage') }}
                    isAdding={isNew && tab === 'providers'}
                    onAdded={close}
                  />
                </>
              ),
            },
            {
              value: 'own',
              label: t('tabs.own'),
              content: <OwnModels isAdding={isNew && tab === 'own'} onAdded={close} />,
            },
          ]}
        />
      ) : (
        <Models />
      )}
    </Page>
  )
}
