import { Plus } from 'lucide-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { platformProviders } from '../../api/provider-desk.ts'
import { CopyAsCurl } from '../../components/copy-as-curl.tsx'
import { Page, PageHeader } from '../../components/page.tsx'
import { oneOf, useUrlState } from '../../components/url-state.ts'
import { usePageActions } from '../../shell/page-actions.ts'
import { Button } from '../../ui/button.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { PlatformModels } from './platform-models.tsx'
import { Providers } from './providers.tsx'

const TABS = ['providers', 'models'] as const
const MAY = { manage: true, setKey: true } as const

/** The providers that serve every organisation, their models, prices, and who may call them. */
export function PlatformProvidersPage() {
  const { t } = useTranslation('providers')
  const url = useUrlState(['tab', 'new'])
  const tab = oneOf(url.values.tab, TABS) ?? 'providers'
  const isNew = url.values.new !== undefined
  const { set } = url
  const close = () => set({ new: undefined }, true)
  usePageActions(
    useMemo(
      () =>
        TABS.map((of) => ({
          id: `add-${of}`,
          label: t(of === 'models' ? 'addModel' : 'addProvider'),
          keywords: ['new', 'create'],
          icon: <Plus size={15} aria-hidden />,
          run: () => set({ tab: of === 'models' ? 'models' : undefined, new: 'yes' }),
        })),
      [t, set],
    ),
  )
  return (
    <Page kind="list">
      <PageHeader
        title={t('platformTitle')}
        purpose={t('platformPurpose')}
        actions={
          <>
            <CopyAsCurl path={`/api/platform/${tab}`} />
            <Button variant="primary" onClick={() => set({ new: 'yes' })}>
              <Plus size={15} aria-hidden />
              {t(tab === 'models' ? 'addModel' : 'addProvider')}
            </Button>
          </>
        }
      />
      <Tabs
        label={t('platformTitle')}
        value={tab}
        onChange={(next) => set({ tab: next === 'providers' ? undefined : next, new: undefined })}
        tabs={[
          {
            value: 'providers',
            label: t('tabs.platformProviders'),
            content: (
              <Providers desk={platformProviders} may={MAY} isAdding={isNew && tab === 'providers'} onAdded={close} />
            ),
          },
          {
            value: 'models',
            label: t('tabs.platformModels'),
            content: <PlatformModels isAdding={isNew && tab === 'models'} onAdded={close} />,
          },
        ]}
      />
    </Page>
  )
}
