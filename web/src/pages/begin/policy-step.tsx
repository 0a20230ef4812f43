import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { organisationPolicy, type Policy, policyQuery } from '../../api/policy.ts'
import { Form, type FormState, useForm } from '../../components/form.tsx'
import { usePolicyText } from '../../components/policy-text.ts'
import { StepCard, StepDone, type StepProps } from '../../components/step-card.tsx'
import { ErrorState, Skeleton } from '../../components/states.tsx'
import { useOrg } from '../../session/facts.ts'
import { Badge } from '../../ui/badge.tsx'
import { TextLink } from '../../ui/button.tsx'
import { RadioCards } from '../../ui/radio-cards.tsx'
import { toastDone } from '../../ui/toast.tsx'
import { documentOf, type Template, TEMPLATE_FIELDS, TEMPLATES } from './templates.ts'

type Choice = FormState<{ readonly template: Template }>

/** Which template is chosen; sending puts its document in force as the first version of the organisation's own policy. */
export function usePolicyChoice(org: string, onPut: () => void): Choice {
  const { t } = useTranslation('policies')
  const { t: begin } = useTranslation('begin')
  const client = useQueryClient()
  const level = organisationPolicy(org)
  return useForm<{ readonly template: Template }, unknown>({
    initial: { template: 'open' },
    async send({ template }) {
      const { fields } = await client.fetchQuery(policyQuery(level))
      const reason = begin('policyReason', { template: begin(`templates.${template}.label`) })
      return level.put(0, documentOf(template, fields), reason)
    },
    onDone() {
      toastDone(t('saved', { version: 1 }))
      void client.invalidateQueries({ queryKey: level.key })
      onPut()
    },
  })
}

/** What the organisation demands from the start. Where it has a policy already, that one stands. */
export function PolicyStep({ choice, ...step }: StepProps & { readonly choice: Choice }) {
  const { t } = useTranslation('begin')
  const org = useOrg()
  const id = useId()
  const { data: policy, error, refetch } = useQuery(policyQuery(organisationPolicy(org)))
  const card = { ...step, title: t('step.policies.title'), purpose: t('step.policies.text') }
  if (policy === undefined) {
    return (
      <StepCard {...card}>
        {error === null ? <Skeleton lines={6} /> : <ErrorState error={error} onRetry={() => void refetch()} />}
      </StepCard>
    )
  }
  if (policy.version > 0) {
    return (
      <StepCard {...card}>
        <StepDone>
          <p>{t('policyInForce', { version: policy.version })}</p>
          <p className="meta text-fg3">
            <TextLink to="/o/$org/policies" params={{ org }}>
              {t('toPolicies')}
            </TextLink>
          </p>
        </StepDone>
      </StepCard>
    )
  }
  return (
    <StepCard {...card} skipLabel={t('decideLater')} form={{ id, label: t('putInForce'), isBusy: choice.isBusy }}>
      <Form form={choice} id={id}>
        <RadioCards
          label={t('template')}
          value={choice.values.template}
          onChange={(template) => choice.set('template', template)}
          options={TEMPLATES.map((value) => ({
            value,
            label: t(`templates.${value}.label`),
            hint: t(`templates.${value}.hint`),
          }))}
        />
        <Consequences template={choice.values.template} policy={policy} />
      </Form>
    </StepCard>
  )
}

/** What would hold under a template, in words, and what of it the platform demands already. */
function Consequences({ template, policy }: { readonly template: Template; readonly policy: Policy }) {
  const { t } = useTranslation('begin')
  const { t: policies } = useTranslation('policies')
  const text = usePolicyText()
  const document = documentOf(template, policy.fields)
  const needs = t(`templates.${template}.needs`)
  return (
    <section aria-label={t('whatHolds')} aria-live="polite" className="rounded-lg border">
      <h3 className="meta px-3 pt-2.5 font-medium text-fg2">{t('whatHolds')}</h3>
      <dl className="divide-y">
        {TEMPLATE_FIELDS.map((field) => {
          const isOwn = document[field] !== undefined
          const held = policy.fields.find((each) => each.field === field)?.effective
          return (
            <div key={field} className="flex flex-wrap items-center gap-x-3 gap-y-1 px-3 py-2">
              <dt className="min-w-0 flex-1 basis-44 text-fg2">{policies(`fields.${field}.label`)}</dt>
              <dd className="flex flex-wrap items-center gap-2 font-medium">
                {text(field, isOwn ? document[field] : held)}
                {isOwn ? <Badge tone="info">{policies('stricter')}</Badge> : <Badge>{t('asPlatform')}</Badge>}
              </dd>
            </div>
          )
        })}
      </dl>
      <p className="meta border-t px-3 py-2.5 text-fg2">{needs}</p>
    </section>
  )
}
