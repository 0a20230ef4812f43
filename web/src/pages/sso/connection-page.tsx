import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Check } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { CopyAsCurl } from '../../components/copy-as-curl.tsx'
import { Page, PageHeader } from '../../components/page.tsx'
import { oneOf, useUrlState } from '../../components/url-state.ts'
import { usePageName } from '../../shell/page-name.ts'
import { Badge } from '../../ui/badge.tsx'
import { cx } from '../../ui/cx.ts'
import { AdmissionStep } from './admission-step.tsx'
import { type Connection, connectionQuery, domainsQuery, type SsoDesk, useSsoDesk } from './desk.ts'
import { DomainsStep } from './domains-step.tsx'
import { MappingsStep } from './mappings-step.tsx'
import { PlatformMappingsStep } from './platform-mappings-step.tsx'
import { ProviderStep } from './provider-step.tsx'
import { ScimStep } from './scim-step.tsx'
import { SecretStep } from './secret-step.tsx'
import { STATUS_TONE, type StepProps } from './step.ts'
import { TestStep } from './test-step.tsx'
import { UseStep } from './use-step.tsx'

const STEPS = ['provider', 'secret', 'domains', 'admission', 'groups', 'use', 'test', 'scim'] as const
type Step = (typeof STEPS)[number]

/** One connection, step by step: what is set up already, what is next, and what can be changed later. */
export function ConnectionPage() {
  const { t } = useTranslation('sso')
  const desk = useSsoDesk()
  const { connection: id = '' } = useParams({ strict: false })
  const { data: connection } = useSuspenseQuery(connectionQuery(desk, id))
  const done = useDone(desk, connection)
  const url = useUrlState(['step'])
  const step = oneOf(url.values.step, STEPS) ?? STEPS.find((each) => !done.has(each)) ?? 'provider'
  usePageName(connection.name)
  return (
    <Page kind="detail">
      <PageHeader
        title={connection.name}
        purpose={connection.issuer}
        badge={<Badge tone={STATUS_TONE[connection.status]}>{t(`statuses.${connection.status}`)}</Badge>}
        actions={<CopyAsCurl path={`${desk.path}/${id}`} />}
      />
      <div className="grid items-start gap-5 lg:grid-cols-[220px_minmax(0,1fr)]">
        <StepList done={done} now={step} onChange={(next) => url.set({ step: next })} />
        <div className="flex min-w-0 flex-col gap-5">
          <StepContent
            step={step}
            desk={desk}
            connection={connection}
            onNext={() => url.set({ step: STEPS[STEPS.indexOf(step) + 1] ?? 'provider' })}
          />
        </div>
      </div>
    </Page>
  )
}

/** What of a connection is set up. */
function useDone(desk: SsoDesk, connection: Connection): ReadonlySet<Step> {
  const { data: domains } = useQuery(domainsQuery(desk, connection.id))
  const isProven = domains?.some(({ verified_at }) => verified_at !== null) === true
  const isOn = connection.status === 'enabled'
  return new Set<Step>([
    'provider',
    'admission',
    'groups',
    'scim',
    ...(connection.secret_mask === null ? [] : ['secret' as const]),
    ...(isProven ? ['domains' as const] : []),
    ...(isOn ? ['use' as const] : []),
    ...(connection.is_tested ? ['test' as const] : []),
  ])
}

/** Steps that are never missing: they have a default that works. */
const OPTIONAL: ReadonlySet<Step> = new Set(['admission', 'groups', 'scim'])

function StepList(props: {
  readonly done: ReadonlySet<Step>
  readonly now: Step
  readonly onChange: (step: Step) => void
}) {
  const { t } = useTranslation('sso')
  return (
    <nav aria-label={t('steps')} className="rounded-xl border bg-surface p-1.5">
      <ol className="grid grid-cols-2 gap-0.5 sm:grid-cols-4 lg:grid-cols-1">
        {STEPS.map((step, index) => {
          const isNow = step === props.now
          const isDone = props.done.has(step) && !OPTIONAL.has(step)
          return (
            <li key={step}>
              <button
                type="button"
                aria-current={isNow ? 'step' : undefined}
                onClick={() => props.onChange(step)}
                className={cx(
                  'flex min-h-9 w-full items-center gap-2.5 rounded-md px-2 py-1.5 text-start hover:bg-hover',
                  isNow && 'bg-accent-soft font-medium text-accent-text',
                )}
              >
                <StepDot isDone={isDone}>{index + 1}</StepDot>
                <span className="min-w-0 flex-1">{t(`step.${step}`)}</span>
                {isDone && <span className="sr-only">{t('isDone')}</span>}
              </button>
            </li>
          )
        })}
      </ol>
    </nav>
  )
}

function StepDot({ isDone, children }: { readonly isDone: boolean; readonly children: ReactNode }) {
  return (
    <span
      aria-hidden
      className={cx(
        'grid size-5 shrink-0 place-items-center rounded-full text-[11px] tabular-nums',
        isDone ? 'bg-ok text-surface' : 'border border-field text-fg3',
      )}
    >
      {isDone ? <Check size={12} strokeWidth={3} /> : children}
    </span>
  )
}

function StepContent({ step, ...props }: StepProps & { readonly step: Step }) {
  const { desk, connection } = props
  const key = connection.id
  switch (step) {
    case 'provider':
      return <ProviderStep key={key} {...props} />
    case 'secret':
      return <SecretStep key={key} {...props} />
    case 'domains':
      return <DomainsStep {...props} />
    case 'admission':
      return <AdmissionStep key={key} {...props} />
    case 'groups':
      return desk.org === null ? (
        <PlatformMappingsStep connection={connection.id} />
      ) : (
        <MappingsStep org={desk.org} connection={connection.id} />
      )
    case 'use':
      return <UseStep {...props} />
    case 'test':
      return <TestStep {...props} />
    case 'scim':
      return <ScimStep desk={desk} connection={connection} />
  }
}
