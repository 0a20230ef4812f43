import { useQuery } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { hasCompanyQuery } from '../../api/invitations.ts'
import { organisationPolicy, policyQuery } from '../../api/policy.ts'
import { useLeaveGuard } from '../../components/form.tsx'
import { Page, PageHeader } from '../../components/page.tsx'
import { StepList } from '../../components/step-list.tsx'
import { oneOf, useUrlState } from '../../components/url-state.ts'
import { type Permission, useAccess, useOrg } from '../../session/facts.ts'
import { OrganisationStep, useDetails } from './organisation-step.tsx'
import { PeopleStep, useInvitations } from './people-step.tsx'
import { PolicyStep, usePolicyChoice } from './policy-step.tsx'

const STEPS = ['organisation', 'policies', 'people'] as const
type StepId = (typeof STEPS)[number]

const NEEDED: Readonly<Record<StepId, Permission>> = {
  organisation: 'org.settings',
  policies: 'policy.manage',
  people: 'user.invite',
}

/**
 * What follows on the registration of an organisation, one step at a time. The organisation is there already, so whoever
 * closes the tab goes on later: how far it is, is read from how things stand.
 */
export function BeginPage() {
  const { t } = useTranslation('begin')
  const org = useOrg()
  const { can, organisation } = useAccess()
  const router = useRouter()
  const url = useUrlState(['step'])
  const { data: policy } = useQuery(policyQuery(organisationPolicy(org)))
  const { data: hasCompany } = useQuery({ ...hasCompanyQuery(org), enabled: can('user.invite') })
  const order = STEPS.filter((id) => can(NEEDED[id]))
  const go = (index: number) => {
    const step = order[index]
    if (step === undefined) router.history.push(`/o/${org}/home`)
    else url.set({ step })
  }
  const after = (id: StepId) => () => go(order.indexOf(id) + 1)
  // What is chosen and typed in a step outlives the way to another step and back.
  const details = useDetails(organisation, after('organisation'))
  const choice = usePolicyChoice(org, after('policies'))
  const invitations = useInvitations(org)
  const guard = useLeaveGuard(details.isDirty || invitations.form.isDirty)
  const isDone: Readonly<Record<StepId, boolean>> = {
    organisation: true,
    policies: policy !== undefined && policy.version > 0,
    people: hasCompany === true,
  }
  const shown = oneOf(url.values.step, order) ?? order.find((id) => !isDone[id]) ?? order[0]
  const at = order.findIndex((id) => id === shown)
  const step = { onNext: () => go(at + 1), onBack: at <= 0 ? null : () => go(at - 1) }
  return (
    <Page kind="detail">
      <PageHeader title={t('title', { name: organisation.name })} purpose={t('purpose')} />
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-5 md:grid-cols-[220px_minmax(0,640px)]">
        <StepList<StepId>
          steps={order.map((id) => ({ id, label: t(`step.${id}.short`), isDone: isDone[id], isOptional: true }))}
          shown={shown}
          onChoose={(id) => url.set({ step: id })}
        />
        {shown === 'organisation' && <OrganisationStep {...step} isDone form={details} />}
        {shown === 'policies' && <PolicyStep {...step} isDone={isDone.policies} choice={choice} />}
        {shown === 'people' && <PeopleStep {...step} isDone={isDone.people} invitations={invitations} />}
      </div>
      {guard.question}
    </Page>
  )
}
