import { useSuspenseQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { appQuery } from '../../api/apps.ts'
import { CopyId } from '../../components/copy-id.tsx'
import { Card, Columns, Facts, Page, PageHeader } from '../../components/page.tsx'
import { Prose } from '../../components/prose.tsx'
import { RiskBadge } from '../../components/state-badge.tsx'
import { Day } from '../../components/time-ago.tsx'
import { useAccess, useOrg } from '../../session/facts.ts'
import { usePageName } from '../../shell/page-name.ts'
import { Badge } from '../../ui/badge.tsx'
import { Banner } from '../../ui/banner.tsx'
import { readContract } from '../../components/contract.ts'
import { Health } from './health.tsx'
import { RunForm } from './run-form.tsx'

/** One app: what it does step by step, and the form that runs it. */
export function AppPage() {
  const { t } = useTranslation('apps')
  const org = useOrg()
  const { app: id = '' } = useParams({ strict: false })
  const { data: app } = useSuspenseQuery(appQuery(org, id))
  const { can } = useAccess()
  const contract = readContract(app.contract)
  usePageName(contract.name)
  return (
    <Page kind="detail">
      <PageHeader
        title={contract.name}
        purpose={contract.description}
        badge={<Badge>{t('version', { version: app.version })}</Badge>}
      />
      <Columns
        side={
          <>
            <Card title={t('about')}>
              <Facts
                facts={[
                  { label: t('risk'), value: <RiskBadge risk={contract.risk} /> },
                  {
                    label: t('engine'),
                    value: t(`engines.${contract.engine_type}`, { defaultValue: contract.engine_type }),
                  },
                  {
                    label: t('category'),
                    value: t(`categories.${contract.category}`, { defaultValue: contract.category }),
                  },
                  { label: t('source'), value: t(`sources.${app.source}`) },
                  { label: t('published'), value: <Day at={app.published_at} /> },
                  { label: t('contractHash'), value: <CopyId id={app.contract_hash} label={t('contractHash')} /> },
                ]}
              />
            </Card>
            <Health app={id} />
            <Card title={t('steps')} purpose={t('stepsPurpose')}>
              <ol className="flex flex-col gap-2">
                {contract.pipeline.map((node, index) => (
                  <li key={node.id} className="flex gap-2.5">
                    <span className="meta grid size-5 shrink-0 place-items-center rounded-full bg-sunken text-fg2 tabular-nums">
                      {index + 1}
                    </span>
                    <span>
                      {node.title}{' '}
                      <span className="meta text-fg3">{t(`nodes.${node.type}`, { defaultValue: node.type })}</span>
                    </span>
                  </li>
                ))}
              </ol>
            </Card>
          </>
        }
      >
        {contract.instructions !== null && (
          <Card title={t('instructions')}>
            <Prose text={contract.instructions} />
          </Card>
        )}
        {can('run.execute') ? (
          <RunForm key={app.version_id} org={org} app={id} contract={contract} />
        ) : (
          <Banner tone="info" title={t('mayNotRun')} />
        )}
      </Columns>
    </Page>
  )
}
