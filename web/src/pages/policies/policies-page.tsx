import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useCallback, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { toProblem } from '../../api/problem.ts'
import { CopyAsCurl } from '../../components/copy-as-curl.tsx'
import { Form, SaveBar, useForm, useLeaveGuard, type FormState } from '../../components/form.tsx'
import { Card, Page, PageHeader } from '../../components/page.tsx'
import { problemText } from '../../components/problem-text.ts'
import { oneOf, useUrlState } from '../../components/url-state.ts'
import { useAccess, useOrg } from '../../session/facts.ts'
import { Badge } from '../../ui/badge.tsx'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { toastDone, toastProblem } from '../../ui/toast.tsx'
import { EffectCard } from './effect.tsx'
import { AREA_NAMES, AREAS, type Area, type PolicyField } from './fields.ts'
import { PolicyControl } from './policy-control.tsx'
import { documentOf, documentOfVersion, type Values, withoutUnset } from './policy-document.ts'
import { usePolicyText } from './policy-value.tsx'
import { type FieldInForce, type Policy, policyQuery, putPolicy, type Version } from './queries.ts'
import { Versions } from './versions.tsx'

const TABS = [...AREA_NAMES, 'history'] as const

/** What the organisation demands of every execution, beside what the platform demands already. */
export function PoliciesPage() {
  const { t } = useTranslation('policies')
  const org = useOrg()
  const { data: latest } = useSuspenseQuery(policyQuery(org))
  // What is in the form stays in it when somebody else puts another version in force; the form says so.
  const [policy, setPolicy] = useState(latest)
  const client = useQueryClient()
  const take = useCallback(
    () => setPolicy((shown) => client.getQueryData(policyQuery(org).queryKey) ?? shown),
    [client, org],
  )
  return (
    <Page kind="detail">
      <PageHeader
        title={t('title')}
        purpose={t('purpose')}
        badge={<Badge>{t('version', { version: policy.organisation.version })}</Badge>}
        actions={<CopyAsCurl path={`/api/orgs/${org}/policy`} />}
      />
      {/* Another version is another form. */}
      <PolicyForm
        key={policy.organisation.version}
        policy={policy}
        isOutdated={latest.organisation.version !== policy.organisation.version}
        onTakeLatest={take}
      />
    </Page>
  )
}

type FormProps = { readonly policy: Policy; readonly isOutdated: boolean; readonly onTakeLatest: () => void }

function PolicyForm({ policy, isOutdated, onTakeLatest }: FormProps) {
  const { t } = useTranslation('policies')
  const { t: words } = useTranslation('words')
  const org = useOrg()
  const client = useQueryClient()
  const { can } = useAccess()
  const url = useUrlState(['area'])
  const reread = () => client.invalidateQueries({ queryKey: ['org', org, 'policy'] })
  const tell = (error: unknown) => toastProblem(problemText(words, toProblem(error)))
  const tab = oneOf(url.values.area, TABS) ?? 'supervision'
  const form = useForm({
    initial: documentOf(policy),
    send: (values) => putPolicy(org, policy.organisation.version, withoutUnset(values)),
    onDone(saved) {
      const before = withoutUnset(documentOf(policy))
      const run = () => void putPolicy(org, saved.version, before).then(reread, tell)
      toastDone(t('saved', { version: saved.version }), { label: words('undo'), run })
      void reread()
    },
  })
  const guard = useLeaveGuard(form.isDirty)
  const takeUp = (version: Version) => {
    const then = documentOfVersion(version)
    for (const field of Object.values(AREAS).flat()) form.set(field, then[field])
    url.set({ area: undefined })
  }
  const isBehind = isOutdated || form.problem?.code === 'policy_version_conflict'
  useEffect(() => {
    if (isOutdated && !form.isDirty) onTakeLatest()
  }, [isOutdated, form.isDirty, onTakeLatest])
  return (
    <Form form={form}>
      {!can('policy.manage') && <Banner tone="info" title={t('readOnly')} />}
      {isBehind && form.isDirty && (
        <Banner tone="warn" title={t('conflict')} isAlert>
          <Button size="compact" onClick={() => void reread().then(onTakeLatest)}>
            {t('loadNew')}
          </Button>
        </Banner>
      )}
      <Tabs
        label={t('title')}
        value={tab}
        onChange={(next) => url.set({ area: next === 'supervision' ? undefined : next })}
        tabs={[
          ...AREA_NAMES.map((area) => ({
            value: area,
            label: t(`areas.${area}`),
            content: <AreaCard area={area} policy={policy} form={form} />,
          })),
          {
            value: 'history' as const,
            label: t('history'),
            content: <Versions org={org} onTakeUp={can('policy.manage') ? takeUp : null} />,
          },
        ]}
      />
      {can('policy.manage') && form.isDirty && (
        <EffectCard document={withoutUnset(form.values)} changed={form.changed} />
      )}
      {can('policy.manage') && <SaveBar form={form} label={t('save')} />}
      {guard.question}
    </Form>
  )
}

function AreaCard(props: { readonly area: Area; readonly policy: Policy; readonly form: FormState<Values> }) {
  const { t } = useTranslation('policies')
  const { area, policy, form } = props
  return (
    <Card isFlush title={t(`areas.${area}`)} purpose={t(`areaPurpose.${area}`)}>
      <ul className="divide-y border-t">
        {AREAS[area].map((field) => {
          const inForce = policy.fields.find((each) => each.field === field)
          return inForce === undefined ? null : (
            <Row key={field} field={field} inForce={inForce} tier={policy.tier} form={form} />
          )
        })}
      </ul>
    </Card>
  )
}

function Row({
  field,
  inForce,
  tier,
  form,
}: {
  readonly field: PolicyField
  readonly inForce: FieldInForce
  readonly tier: Policy['tier']
  readonly form: FormState<Values>
}) {
  const { t } = useTranslation('policies')
  const { can } = useAccess()
  const text = usePolicyText()
  const [isEditing, setEditing] = useState(false)
  const isChanged = form.changed.includes(field)
  const error = form.errorOf(field)
  const above = inForce.platform ?? undefined
  return (
    <li className="grid gap-x-6 gap-y-2 px-4 py-3 md:grid-cols-[minmax(0,1fr)_minmax(240px,320px)]">
      <div className="min-w-0">
        <h3 className="flex flex-wrap items-center gap-2 font-medium">
          {t(`fields.${field}.label`)}
          {isChanged && <Badge tone="accent">{t('changed')}</Badge>}
          {inForce.set_by === 'organisation' && <Badge tone="info">{t('stricter')}</Badge>}
          {inForce.set_by === 'tier' && <Badge>{t('byTier')}</Badge>}
        </h3>
        <p className="meta text-fg3">{t(`fields.${field}.hint`)}</p>
        <dl className="meta mt-1.5 flex flex-wrap gap-x-4 gap-y-0.5">
          <Pair label={t('platform')} value={text(field, inForce.platform)} />
          <Pair label={t('inForce')} value={text(field, inForce.effective)} isStrong />
          {inForce.set_by === 'tier' && tier !== null && <Pair label={t('tier')} value={tier.name} isStrong />}
          {inForce.overruled !== null && <Pair label={t('overruled')} value={t('overruledBy')} />}
        </dl>
      </div>
      <div className="flex flex-col items-stretch justify-center gap-2">
        {can('policy.manage') && (isEditing || isChanged || error !== null) ? (
          <PolicyControl
            field={field}
            label={t('ownValue')}
            value={form.values[field]}
            above={above}
            error={error}
            onChange={(value) => form.set(field, value)}
          />
        ) : (
          <div className="flex items-center justify-between gap-3">
            <span className="min-w-0 break-words">
              <span className="meta block text-fg3">{t('ownValue')}</span>
              {form.values[field] === undefined ? t('inherit') : text(field, form.values[field])}
            </span>
            {can('policy.manage') && (
              <Button
                size="compact"
                aria-label={t('editField', { field: t(`fields.${field}.label`) })}
                onClick={() => setEditing(true)}
              >
                {t('edit')}
              </Button>
            )}
          </div>
        )}
      </div>
    </li>
  )
}

function Pair({
  label,
  value,
  isStrong = false,
}: {
  readonly label: string
  readonly value: string
  readonly isStrong?: boolean
}) {
  return (
    <div className="flex gap-1.5">
      <dt className="text-fg3">{label}</dt>
      <dd className={isStrong ? 'font-medium' : 'text-fg2'}>{value}</dd>
    </div>
  )
}
