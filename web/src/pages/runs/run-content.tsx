import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { appQuery } from '../../api/apps.ts'
import { useMemberName } from '../../api/directory.ts'
import { JsonView } from '../../components/json-view.tsx'
import { type OutputPart, OutputView } from '../../components/output-view.tsx'
import { Card } from '../../components/page.tsx'
import { ErrorState, Skeleton } from '../../components/states.tsx'
import { oneOf, useUrlState } from '../../components/url-state.ts'
import { Badge } from '../../ui/badge.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { partAt, readLayout } from '../../components/contract.ts'
import { contentQuery, type LayerRecord, type RunDetail, supervisionQuery } from './queries.ts'

const TABS = ['output', 'input', 'data'] as const

/** What the run produced and what it was given; what people wrote over it is marked as theirs. */
export function RunContent({ org, run }: { readonly org: string; readonly run: RunDetail }) {
  const { t } = useTranslation('runs')
  const url = useUrlState(['part'])
  const { data, error, refetch } = useQuery(contentQuery(org, run.id, run.revision))
  // The app may have been withdrawn since; then the output is shown as it is.
  const { data: app } = useQuery({ ...appQuery(org, run.app_id), retry: false })
  const { data: supervision } = useQuery(supervisionQuery(org, run.id))
  const tab = oneOf(url.values.part, TABS) ?? 'output'
  if (error !== null) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (data === undefined) return <Skeleton lines={8} />
  const notes = supervision?.human_layer ?? []
  return (
    <Card
      title={t('output')}
      purpose={t(run.state === 'finalised' ? 'sealed' : 'draftHint')}
      actions={run.state === 'finalised' ? undefined : <Badge>{t('revision', { count: run.revision })}</Badge>}
    >
      <Tabs
        label={t('output')}
        value={tab}
        onChange={(next) => url.set({ part: next === 'output' ? undefined : next })}
        tabs={[
          {
            value: 'output',
            label: t('output'),
            content: (
              <OutputView
                parts={partsOf(app?.version === run.app_version ? app.contract : null, data.output, t('output'))}
                noteOf={(pointer) => <Notes records={notes.filter((note) => note.pointer === pointer)} />}
              />
            ),
          },
          { value: 'input', label: t('input'), content: <JsonView label={t('input')} value={data.input} /> },
          { value: 'data', label: t('asData'), content: <JsonView label={t('output')} value={data.output} /> },
        ]}
      />
    </Card>
  )
}

function partsOf(contract: unknown, output: unknown, label: string): readonly OutputPart[] {
  const layout = readLayout(contract)
  if (layout.length > 0) return layout.map((part) => ({ ...part, value: partAt(output, part.pointer) }))
  if (typeof output !== 'object' || output === null || Array.isArray(output)) {
    return [{ pointer: '', label, format: 'json', columns: [], value: output }]
  }
  const members: Readonly<Record<string, unknown>> = { ...output }
  return Object.entries(members).map(([name, value]) => ({
    pointer: `/${name}`,
    label: name.replaceAll('_', ' '),
    format: 'text',
    columns: [],
    value,
  }))
}

function Notes({ records }: { readonly records: readonly LayerRecord[] }) {
  const { t } = useTranslation('runs')
  const nameOf = useMemberName()
  if (records.length === 0) return null
  return (
    <ul className="flex flex-col gap-1.5">
      {records.map((record, index) => (
        <li key={index} className="rounded-md bg-warn-soft px-3 py-2">
          <span className="meta block font-medium text-warn">
            {t(`layer.${record.kind}`, { defaultValue: record.kind })} · {nameOf(record.by)}
          </span>
          {record.text !== undefined && record.text !== null && (
            <span className="block break-words whitespace-pre-line">{record.text}</span>
          )}
        </li>
      ))}
    </ul>
  )
}
