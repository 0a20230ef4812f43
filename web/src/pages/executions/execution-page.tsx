import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useMemberName } from '../../api/directory.ts'
import { walletQuery } from '../../api/wallet.ts'
import { CopyAsCurl } from '../../components/copy-as-curl.tsx'
import { CopyId } from '../../components/copy-id.tsx'
import { Money } from '../../components/figures.tsx'
import { useFormat } from '../../components/format.ts'
import { Card, Columns, type Fact, Facts, Page, PageHeader } from '../../components/page.tsx'
import { RiskBadge, StateBadge } from '../../components/state-badge.tsx'
import { Moment } from '../../components/time-ago.tsx'
import { useAccess, useOrg } from '../../session/facts.ts'
import { usePageName } from '../../shell/page-name.ts'
import { ButtonLink } from '../../ui/button.tsx'
import { DecisionPanel } from './decision-panel.tsx'
import { executionQuery, isOpen, type ExecutionDetail } from './queries.ts'
import { Story } from './story.tsx'

/** One execution: what it was, what was decided and on which numbers, what became of its money. */
export function ExecutionPage() {
  const { t } = useTranslation('executions')
  const org = useOrg()
  const { execution: id = '' } = useParams({ strict: false })
  const { data: execution } = useSuspenseQuery(executionQuery(org, id))
  const { can } = useAccess()
  const engine = t(`engines.${execution.engine_type}`, { defaultValue: execution.engine_type })
  const name = execution.model ?? engine
  usePageName(name)
  return (
    <Page kind="detail">
      <PageHeader
        title={name}
        badge={<StateBadge state={execution.state} />}
        purpose={<Ending execution={execution} />}
        actions={
          <>
            <CopyAsCurl path={`/api/orgs/${org}/executions/${id}`} />
            {can('audit.view') && (
              <ButtonLink to="/o/$org/audit" params={{ org }} search={{ find: `run:${id}`, range: '90d' }}>
                {t('inLog')}
              </ButtonLink>
            )}
          </>
        }
      />
      <Columns side={<Properties execution={execution} engine={engine} />}>
        <DecisionPanel execution={execution} />
        <Usage execution={execution} />
        {can('audit.view') && <Story org={org} execution_id={id} />}
      </Columns>
    </Page>
  )
}

/** How it ended, in a sentence that also says what was charged. */
function Ending({ execution }: { readonly execution: ExecutionDetail }) {
  const { t } = useTranslation('executions')
  const { state, reason_code, charge_micros } = execution
  if (isOpen(state)) return t('stillOpen')
  const reason = t(`reasons.${reason_code ?? 'completed'}`, { defaultValue: reason_code ?? '' })
  const isCharged = charge_micros !== undefined && charge_micros !== null && charge_micros > 0
  return isCharged ? reason : `${reason} ${t('notCharged')}`
}

function Properties({ execution, engine }: { readonly execution: ExecutionDetail; readonly engine: string }) {
  const { t } = useTranslation('executions')
  const nameOf = useMemberName()
  const { member_id, api_key_id, use_case_id } = execution
  const facts: readonly Fact[] = [
    { label: t('engine'), value: engine },
    {
      label: t('trigger'),
      value: t(`triggers.${execution.trigger_source}`, { defaultValue: execution.trigger_source }),
    },
    { label: t('risk'), value: <RiskBadge risk={execution.risk} /> },
    ...(member_id === null ? [] : [{ label: t('who'), value: nameOf(member_id) }]),
    ...(api_key_id === null
      ? []
      : [{ label: t('apiKey'), value: <Called id={api_key_id} name={execution.api_key_name} label={t('apiKey')} /> }]),
    { label: t('role'), value: execution.actor_role ?? '–' },
    { label: t('at'), value: <Moment at={execution.admitted_at} /> },
    ...(execution.settled_at === null ? [] : [{ label: t('ended'), value: <Moment at={execution.settled_at} /> }]),
    {
      label: t('project'),
      value: <Called id={execution.project_id} name={execution.project_name} label={t('project')} />,
    },
    ...(use_case_id === null
      ? []
      : [
          {
            label: t('useCase'),
            value: <Called id={use_case_id} name={execution.use_case_name} label={t('useCase')} />,
          },
        ]),
    ...(execution.team_name === null ? [] : [{ label: t('team'), value: execution.team_name }]),
    { label: t('request'), value: <CopyId id={execution.request_id} label={t('request')} /> },
    { label: t('id'), value: <CopyId id={execution.id} /> },
    { label: t('inputHash'), value: <CopyId id={execution.input_hash} label={t('inputHash')} /> },
    ...(execution.output_hash === null
      ? []
      : [{ label: t('outputHash'), value: <CopyId id={execution.output_hash} label={t('outputHash')} /> }]),
  ]
  return (
    <Card title={t('properties')}>
      <Facts facts={facts} />
    </Card>
  )
}

/** What something is called, with its id to copy; the id alone where it has gone. */
function Called({ id, name, label }: { readonly id: string; readonly name: string | null; readonly label: string }) {
  return (
    <span className="flex flex-wrap items-center gap-x-2">
      {name}
      <CopyId id={id} label={label} />
    </span>
  )
}

function Usage({ execution }: { readonly execution: ExecutionDetail }) {
  const { t } = useTranslation('executions')
  const org = useOrg()
  const format = useFormat()
  const { can } = useAccess()
  const { data: wallet } = useQuery({ ...walletQuery(org), enabled: can('billing.view') })
  const count = (tokens: number | null) => (tokens === null ? '–' : format.number(tokens))
  const money = (micros: number | null | undefined) =>
    micros == null || wallet === undefined ? '–' : <Money micros={micros} currency={wallet.currency} />
  const rows: readonly (readonly [label: string, reserved: React.ReactNode, used: React.ReactNode])[] = [
    [t('inputTokens'), '', count(execution.input_tokens)],
    [t('cachedTokens'), '', count(execution.cached_input_tokens)],
    [t('outputTokens'), '', count(execution.output_tokens)],
    [t('tokens'), count(execution.hold_tokens), count(totalOf(execution))],
    ...(execution.hold_micros === undefined
      ? []
      : [[t('money'), money(execution.hold_micros), money(execution.charge_micros)] as const]),
  ]
  return (
    <Card
      title={t('usage')}
      purpose={
        execution.tokens_estimated === true ? t('estimated') : t(`billing.${execution.billing}`, { defaultValue: '' })
      }
    >
      <table className="w-full">
        <thead>
          <tr className="meta text-fg3">
            <th scope="col" className="py-1 text-start font-medium">
              <span className="sr-only">{t('kind')}</span>
            </th>
            <th scope="col" className="py-1 text-end font-medium">
              {t('reserved')}
            </th>
            <th scope="col" className="py-1 text-end font-medium">
              {t('used')}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([label, reserved, used]) => (
            <tr key={label} className="border-t">
              <th scope="row" className="py-1.5 text-start font-normal text-fg2">
                {label}
              </th>
              <td className="py-1.5 text-end text-fg2 tabular-nums">{reserved}</td>
              <td className="py-1.5 text-end font-medium tabular-nums">{used}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  )
}

const totalOf = ({ input_tokens, output_tokens }: ExecutionDetail): number | null =>
  input_tokens === null || output_tokens === null ? null : input_tokens + output_tokens
