import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { appQuery } from '../api/apps.ts'
import { DraftView } from './draft-view.tsx'
import { JsonView } from './json-view.tsx'
import { Card } from './page.tsx'
import { ErrorState, Skeleton } from './states.tsx'
import { oneOf, useUrlState } from './url-state.ts'
import { useWriter } from './write-over.tsx'
import { useOrg } from '../session/facts.ts'
import { Badge } from '../ui/badge.tsx'
import { Tabs } from '../ui/tabs.tsx'
import { contentQuery, type RunDetail, type Supervision } from '../api/runs.ts'

const PARTS = ['output', 'input', 'returned', 'data'] as const

/** What is judged: the output with what people wrote over it, what it was made from, and what was returned before. */
export function Draft({ run, supervision }: { readonly run: RunDetail; readonly supervision: Supervision }) {
  const { t } = useTranslation('approvals')
  const org = useOrg()
  const url = useUrlState(['part'])
  const { data, error, refetch } = useQuery(contentQuery(org, run.id, run.revision))
  // The app may have changed or be gone; then the output is shown as it is.
  const { data: app } = useQuery({ ...appQuery(org, run.app_id), retry: false })
  const writer = useWriter(run, supervision, data?.output)
  const part = oneOf(url.values.part, PARTS) ?? 'output'
  if (error !== null) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (data === undefined) return <Skeleton lines={10} />
  const contract = app?.version === run.app_version ? app.contract : null
  const returned = {
    value: 'returned' as const,
    label: t('parts.returned'),
    count: supervision.past.length,
    content: <Returned supervision={supervision} />,
  }
  return (
    <Card
      title={run.app_name}
      purpose={t(run.ended_as === 'finalised' ? 'sealed' : 'draftHint')}
      actions={<Badge>{t('revision', { number: run.revision })}</Badge>}
    >
      <Tabs
        label={t('draft')}
        value={part}
        onChange={(next) => url.set({ part: next === 'output' ? undefined : next })}
        tabs={[
          {
            value: 'output',
            label: t('parts.output'),
            content: (
              <DraftView
                contract={contract}
                output={data.output}
                records={supervision.human_layer}
                writer={writer}
                label={t('parts.output')}
              />
            ),
          },
          {
            value: 'input',
            label: t('parts.input'),
            content: <DraftView contract={null} output={data.input} records={[]} label={t('parts.input')} />,
          },
          ...(supervision.past.length === 0 ? [] : [returned]),
          {
            value: 'data',
            label: t('parts.data'),
            content: <JsonView label={t('parts.data')} value={data.output} />,
          },
        ]}
      />
    </Card>
  )
}

/** What people had written over the drafts that were returned. */
function Returned({ supervision }: { readonly supervision: Supervision }) {
  const { t } = useTranslation('approvals')
  return (
    <div className="flex flex-col gap-5">
      {supervision.past.map(({ revision, human_layer }) => (
        <section key={revision} className="flex flex-col gap-2">
          <h3 className="font-medium">{t('revision', { number: revision })}</h3>
          {human_layer.length === 0 ? (
            <p className="text-fg2">{t('nothingWritten')}</p>
          ) : (
            <DraftView contract={null} output={{}} records={human_layer} label={t('parts.output')} />
          )}
        </section>
      ))}
    </div>
  )
}
