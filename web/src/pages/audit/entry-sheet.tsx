import { useMutation, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { toProblem } from '../../api/problem.ts'
import { useActorName } from '../../components/actor-name.ts'
import { ChangeView } from '../../components/change-view.tsx'
import { CopyId } from '../../components/copy-id.tsx'
import { JsonView } from '../../components/json-view.tsx'
import { Facts, type Fact } from '../../components/page.tsx'
import { ProblemBanner } from '../../components/problem-banner.tsx'
import { isRefusal, Refusal } from '../../components/refusal.tsx'
import { StateBadge } from '../../components/state-badge.tsx'
import { ErrorState, Skeleton } from '../../components/states.tsx'
import { Moment } from '../../components/time-ago.tsx'
import { accessOf, organisationQuery } from '../../session/facts.ts'
import { Button, TextLink } from '../../ui/button.tsx'
import { Sheet } from '../../ui/dialog.tsx'
import { type AuditLog, type EntryDetail as Detail, entryQuery, namedTargetOf, openContent } from './queries.ts'

type Related = (find: string) => void

/** One entry of the log with all it tells, beside the list. */
export function EntrySheet(props: {
  readonly log: AuditLog
  readonly id: string | null
  readonly onClose: () => void
  readonly onRelated: Related
}) {
  const { t } = useTranslation('audit')
  const { log } = props
  const { data, error } = useQuery({ ...entryQuery(log, props.id ?? ''), enabled: props.id !== null })
  return (
    <Sheet isOpen={props.id !== null} onClose={props.onClose} title={data?.event ?? t('entry')} width="wide">
      {error !== null && <ErrorState error={error} />}
      {data === undefined && error === null && <Skeleton lines={8} />}
      {data !== undefined && props.id === data.id && <EntryDetail log={log} entry={data} onRelated={props.onRelated} />}
    </Sheet>
  )
}

type DetailProps = { readonly log: AuditLog; readonly entry: Detail; readonly onRelated: Related }

function EntryDetail({ log, entry, onRelated }: DetailProps) {
  const { t } = useTranslation('audit')
  const nameOf = log.useNames([entry.actor_id, entry.organisation_id, namedTargetOf(log, entry)])
  const actorName = useActorName(nameOf)
  const { execution_id, organisation_id } = entry
  const { org } = log
  const facts: readonly Fact[] = [
    { label: t('at'), value: <Moment at={entry.at} /> },
    { label: t('outcome'), value: <StateBadge state={entry.outcome} /> },
    ...(entry.reason_code === null ? [] : [{ label: t('reason'), value: entry.reason_code }]),
    { label: t('actor'), value: `${actorName(entry)}${entry.actor_role === null ? '' : ` · ${entry.actor_role}`}` },
    { label: t('via'), value: t(`vias.${entry.via}`, { defaultValue: entry.via }) },
    ...(entry.target_id === null
      ? []
      : [
          {
            label: t('target'),
            value: <Target entry={entry} name={nameOf(namedTargetOf(log, entry))} onRelated={onRelated} />,
          },
        ]),
    ...(organisation_id === null
      ? []
      : [
          {
            label: t('organisation'),
            value: (
              <TextLink to="/platform/organisations/$organisation" params={{ organisation: organisation_id }}>
                {nameOf(organisation_id)}
              </TextLink>
            ),
          },
        ]),
    ...(execution_id === null || org === null
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
      {org !== null && isRefusal(entry) && <Refusal entry={entry} />}
      <ChangeView data={entry.data} />
      <div className="flex flex-wrap gap-2">
        {entry.request_id !== null && (
          <Button onClick={() => onRelated(`request:${entry.request_id}`)}>{t('sameRequest')}</Button>
        )}
        {execution_id !== null && <Button onClick={() => onRelated(`run:${execution_id}`)}>{t('sameRun')}</Button>}
      </div>
      {execution_id !== null && org !== null && <KeptContent org={org} entry={entry.id} />}
      <details>
        <summary className="cursor-pointer text-fg2">{t('raw')}</summary>
        <div className="pt-2">
          <JsonView label={t('raw')} value={entry} />
        </div>
      </details>
    </div>
  )
}

type TargetProps = { readonly entry: Detail; readonly name: string | null; readonly onRelated: Related }

function Target({ entry, name, onRelated }: TargetProps) {
  const { t } = useTranslation('audit')
  const { target_type, target_id } = entry
  return (
    <span className="flex flex-wrap items-center gap-2">
      {target_type} {name} <CopyId id={target_id ?? ''} label={target_type ?? t('target')} />
      <Button size="compact" variant="ghost" onClick={() => onRelated(target_id ?? '')}>
        {t('sameTarget')}
      </Button>
    </span>
  )
}

/** What a call sent and got, where it was kept. Opening it is itself an entry of the log. */
function KeptContent({ org, entry }: { readonly org: string; readonly entry: string }) {
  const { t } = useTranslation('audit')
  const { data: organisation } = useQuery({ ...organisationQuery(org), enabled: false })
  const open = useMutation({ mutationFn: () => openContent(org, entry) })
  if (organisation === undefined || !accessOf(organisation).can('audit.view_content')) return null
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
