import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { toProblem } from '../../api/problem.ts'
import { Form, SaveBar, useForm, useLeaveGuard, type FormState } from '../../components/form.tsx'
import { Card, Columns } from '../../components/page.tsx'
import { problemText } from '../../components/problem-text.ts'
import { oneOf, useUrlState } from '../../components/url-state.ts'
import { Badge } from '../../ui/badge.tsx'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { toastDone, toastProblem } from '../../ui/toast.tsx'
import { EffectCard } from './effect.tsx'
import { AREA_NAMES, AREAS, type Area, type PolicyField } from '../../components/policy-fields.ts'
import { PolicyControl } from './policy-control.tsx'
import { documentOf, documentOfVersion, type Values, withoutUnset } from './policy-document.ts'
import { usePolicyText } from '../../components/policy-text.ts'
import {
  type AuthorNames,
  type FieldShown,
  type Policy,
  policyQuery,
  type PolicyLevel,
  type Version,
} from '../../api/policy.ts'
import { ReviewChange } from './review-change.tsx'
import { Versions } from './versions.tsx'

const TABS = [...AREA_NAMES, 'history'] as const

type FormProps = {
  readonly level: PolicyLevel
  readonly policy: Policy
  readonly mayChange: boolean
  readonly useNames: AuthorNames
  /** Another version was put in force meanwhile. */
  readonly isOutdated: boolean
  readonly onTakeLatest: () => void
}

/** The policy of a level by area, with its history; another version is another form (`key`). */
function PolicyForm(props: FormProps) {
  const { t } = useTranslation('policies')
  const { t: words } = useTranslation('words')
  const client = useQueryClient()
  const { level, policy, mayChange, isOutdated, onTakeLatest } = props
  const url = useUrlState(['area'])
  const reread = () => client.invalidateQueries({ queryKey: level.key })
  const tell = (error: unknown) => toastProblem(problemText(words, toProblem(error)))
  const tab = oneOf(url.values.area, TABS) ?? 'supervision'
  const [isReviewing, setReviewing] = useState(false)
  const reason = useRef('')
  const form = useForm({
    initial: documentOf(policy),
    send: (values) => level.put(policy.version, withoutUnset(values), reason.current),
    onDone(saved) {
      const before = withoutUnset(documentOf(policy))
      const run = () =>
        void level.put(saved.version, before, t('undoReason', { version: saved.version })).then(reread, tell)
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
  const previews = level.org !== null && mayChange
  const areas = (
    <Tabs
      label={t(level.org === null ? 'baselineTitle' : 'title')}
      value={tab}
      onChange={(next) => url.set({ area: next === 'supervision' ? undefined : next })}
      tabs={[
        ...AREA_NAMES.map((area) => ({
          value: area,
          label: t(`areas.${area}`),
          content: <AreaCard {...props} area={area} form={form} />,
        })),
        {
          value: 'history' as const,
          label: t('history'),
          content: <Versions level={level} useNames={props.useNames} onTakeUp={mayChange ? takeUp : null} />,
        },
      ]}
    />
  )
  return (
    // Saving asks why first.
    <Form form={{ ...form, submit: () => setReviewing(true) }}>
      {!mayChange && <Banner tone="info" title={t('readOnly')} />}
      {isBehind && form.isDirty && (
        <Banner tone="warn" title={t('conflict')} isAlert>
          <Button size="compact" onClick={() => void reread().then(onTakeLatest)}>
            {t('loadNew')}
          </Button>
        </Banner>
      )}
      {previews ? (
        <Columns
          side={<EffectCard document={withoutUnset(form.values)} changed={form.changed} isChanged={form.isDirty} />}
        >
          {areas}
        </Columns>
      ) : (
        areas
      )}
      {mayChange && <SaveBar form={form} label={t(level.org === null ? 'saveBaseline' : 'save')} />}
      {guard.question}
      {isReviewing && (
        <ReviewChange
          level={level}
          policy={policy}
          values={form.values}
          reason={reason.current}
          onClose={() => setReviewing(false)}
          onSaid={(said) => {
            reason.current = said
            form.submit()
          }}
        />
      )}
    </Form>
  )
}

/** The form over the version in force. What is in it stays in it when somebody else puts another one in force. */
export function PolicyEditor(props: Pick<FormProps, 'level' | 'mayChange' | 'useNames'> & { readonly latest: Policy }) {
  const { latest, ...rest } = props
  const { level } = rest
  const [policy, setPolicy] = useState(latest)
  const client = useQueryClient()
  const take = useCallback(
    () => setPolicy((shown) => client.getQueryData(policyQuery(level).queryKey) ?? shown),
    [client, level],
  )
  return (
    <PolicyForm
      key={policy.version}
      {...rest}
      policy={policy}
      isOutdated={latest.version !== policy.version}
      onTakeLatest={take}
    />
  )
}

type AreaProps = {
  readonly level: PolicyLevel
  readonly policy: Policy
  readonly mayChange: boolean
  readonly area: Area
  readonly form: FormState<Values>
}

function AreaCard(props: AreaProps) {
  const { t } = useTranslation('policies')
  const { area, policy } = props
  return (
    <Card isFlush title={t(`areas.${area}`)} purpose={t(`areaPurpose.${area}`)}>
      <ul className="divide-y border-t">
        {AREAS[area].map((field) => {
          const shown = policy.fields.find((each) => each.field === field)
          return shown === undefined ? null : <Row key={field} {...props} field={field} shown={shown} />
        })}
      </ul>
    </Card>
  )
}

type RowProps = AreaProps & { readonly field: PolicyField; readonly shown: FieldShown }

function Row(props: RowProps) {
  const { t } = useTranslation('policies')
  const text = usePolicyText()
  const { field, form, level, shown } = props
  return (
    <li className="grid gap-x-6 gap-y-2 px-4 py-3 lg:grid-cols-[minmax(0,1fr)_minmax(240px,320px)]">
      <div className="min-w-0">
        <h3 className="flex flex-wrap items-center gap-2 font-medium">
          {t(`fields.${field}.label`)}
          {form.changed.includes(field) && <Badge tone="accent">{t('changed')}</Badge>}
          {shown.tier !== null && <Badge>{t('byTier')}</Badge>}
          {shown.isOwn && <Badge tone="info">{t(level.org === null ? 'setHere' : 'stricter')}</Badge>}
        </h3>
        <p className="meta text-fg3">{t(`fields.${field}.hint`)}</p>
        <dl className="meta mt-1.5 flex flex-wrap gap-x-4 gap-y-0.5">
          <Pair label={t(level.org === null ? 'default' : 'platform')} value={text(field, shown.inherited)} />
          <Pair label={t('inForce')} value={text(field, shown.effective)} isStrong />
          {shown.tier !== null && <Pair label={t('tier')} value={shown.tier} isStrong />}
          {shown.isOverruled && <Pair label={t('overruled')} value={t('overruledBy')} />}
        </dl>
      </div>
      <OwnValue {...props} />
    </li>
  )
}

/** What the level itself says, and how it is changed. */
function OwnValue({ field, form, level, mayChange, shown }: RowProps) {
  const { t } = useTranslation('policies')
  const text = usePolicyText()
  const [isEditing, setEditing] = useState(false)
  const error = form.errorOf(field)
  const label = t(level.org === null ? 'baseline' : 'ownValue')
  const value = form.values[field]
  if (mayChange && (isEditing || form.changed.includes(field) || error !== null)) {
    return (
      <div className="flex flex-col items-stretch justify-center gap-2">
        <PolicyControl
          field={field}
          label={label}
          value={value}
          above={shown.above ?? undefined}
          isBaseline={level.org === null}
          error={error}
          onChange={(next) => form.set(field, next)}
        />
      </div>
    )
  }
  return (
    <div className="flex items-center justify-between gap-3">
      <span className="min-w-0 break-words">
        <span className="meta block text-fg3">{label}</span>
        {value === undefined ? t(level.org === null ? 'asDefault' : 'inherit') : text(field, value)}
      </span>
      {mayChange && (
        <Button
          size="compact"
          aria-label={t('editField', { field: t(`fields.${field}.label`) })}
          onClick={() => setEditing(true)}
        >
          {t('edit')}
        </Button>
      )}
    </div>
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
