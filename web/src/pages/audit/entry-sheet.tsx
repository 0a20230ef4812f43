import { useMutation, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { entryQuery } from '../../api/audit.ts'
import { toProblem } from '../../api/problem.ts'
import { useActorName } from '../../components/actor-name.ts'
import { ChangeView } from '../../components/change-view.tsx'
import { CopyId } from '../../components/copy-id.tsx'
import { JsonView } from '../../components/json-view.tsx'
import { Facts, type Fact } from '../../components/page.tsx'
import { ProblemBanner } from '../../components/problem-banner.tsx'
import { StateBadge } from '../../components/state-badge.tsx'
import { ErrorState, Skeleton } from '../../components/states.tsx'
import { Moment } from '../../components/time-ago.tsx'
import { useAccess, useOrg } from '../../session/facts.ts'
import { Button, TextLink } from '../../ui/button.tsx'
import { Sheet } from '../../ui/dialog.tsx'
import { openContent } from './queries.ts'

type Related = (find: string) => void

/** One entry of the log with all it tells, beside the list. */
export function EntrySheet(props: {
  readonly id: string | null
  readonly onClose: () => void
  readonly onRelated: Related
}) {
  const { t } = useTranslation('audit')
  const org = useOrg()
  const { data, error } = useQuery({ ...entryQuery(org, props.id ?? ''), enabled: props.id !== null })
  return (
    <Sheet isOpen={props.id !== null} onClose={props.onClose} title={data?.event ?? t('entry')} width="wide">
      {error !== null && <ErrorState error={error} />}
      {data === undefined && error === null && <Skeleton lines={8} />}
      {data !== undefined && props.id === data.id && <EntryDetail entry={data} onRelated={props.onRelated} />}
    </Sheet>
  )
}

type Detail = NonNullable<ReturnType<typeof useEntry>>
const useEntry = (org: string, id: string) => useQuery(entryQuery(org, id)).data

function EntryDetail({ entry, onRelated }: { readonly entry: Detail; readonly onRelated: Related }) {
  const { t } = useTranslation('audit')
  const org = useOrg()
  const actorName = useActorName()
  const { can } = useAccess()
  const { execution_id } = entry
  const facts: readonly Fact[] = [
    { label: t('at'), value: <Moment at={entry.at} /> },
    { label: t('outcome'), value: <StateBadge state={entry.outcome} /> },
    ...(entry.reason_code === null ? [] : [{ label: t('reason'), value: entry.reason_code }]),
    { label: t('actor'), value: `${actorName(entry)}${entry.actor_role === null ? '' : ` · ${entry.actor_role}`}` },
    { label: t('via'), value: t(`vias.${entry.via}`, { defaultValue: entry.via }) },
    ...(entry.target_id === null
      ? []
      : [{ label: t('target'), value: <Target entry={entry} onRelated={onRelated} /> }]),
    ...(execution_id === null
      ? []
      : [
          {
            label: t('run'),
            value: (
              <TextLink to="/o/$org/executions/$execution" params={{ org, execution: execution_id }}>
                …{execution_id.slice(-8)}
              </TextLink>
            ),
          },
        ]),
    ...(entry.address === null
      ? []
      : [{ label: t('address'), value: <span className="font-mono">{entry.address}</span> }]),
    ...(entry.request_id === null
      ? []
      : [{ label: t('request'), value: <CopyId id={entry.request_id} label={t('request')} /> }]),
    { label: t('id'), value: <CopyId id={entry.id} /> },
  ]
  return (
    <div className="flex flex-col gap-5">
      <Facts facts={facts} />
      <ChangeView data={entry.data} />
      <div className="flex flex-wrap gap-2">
        {entry.request_id !== null && (
          <Button onClick={() => onRelated(`request:${entry.request_id}`)}>{t('sameRequest')}</Button>
        )}
        {execution_id !== null && <Button onClick={() => onRelated(`run:${execution_id}`)}>{t('sameRun')}</Button>}
      </div>
      {execution_id !== null && can('audit.view_content') && <KeptContent entry={entry.id} />}
      <details>
        <summary className="cursor-pointer text-fg2">{t('raw')}</summary>
        <div className="pt-2">
          <JsonView label={t('raw')} value={entry} />
        </div>
      </details>
    </div>
  )
}

function Target({ entry, onRelated }: { readonly entry: Detail; readonly onRelated: Related }) {
  const { t } = useTranslation('audit')
  const { target_type, target_id } = entry
  return (
    <span className="flex flex-wrap items-center gap-2">
      {target_type} <CopyId id={target_id ?? ''} label={target_type ?? t('target')} />
      <Button size="compact" variant="ghost" onClick={() => onRelated(target_id ?? '')}>
        {t('sameTarget')}
      </Button>
    </span>
  )
}

/** What a call sent and got, where it was kept. Opening it is itself an entry of the log. */
function KeptContent({ entry }: { readonly entry: string }) {
  const { t } = useTranslation('audit')
  const org = useOrg()
  const open = useMutation({ mutationFn: () => openContent(org, entry) })
  if (open.data === undefined) {
    return (
      <div className="flex flex-col gap-2 rounded-lg border bg-sunken p-3">
        <p className="text-fg2">{t('contentHint')}</p>
        {open.error !== null && <ProblemBanner problem={toProblem(open.error)} />}
        <Button className="self-start" isBusy={open.isPending} onClick={() => open.mutate()}>
          {t('openContent')}
        </Button>
      </div>
    )
  }
  return (
    <>
      {(['input', 'output'] as const).map((part) => (
        <section key={part} className="flex flex-col gap-1.5">
          <h3 className="font-medium">{t(part)}</h3>
          <JsonView label={t(part)} value={parsed(open.data[part])} />
        </section>
      ))}
    </>
  )
}

function parsed(text: string | null): unknown {
  try {
    return JSON.parse(text ?? 'null')
  } catch {
    return text
  }
}
