import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../../api/client.ts'
import { Form, SaveBar, useForm, useLeaveGuard } from '../../components/form.tsx'
import { Card } from '../../components/page.tsx'
import { useAccess, useOrg } from '../../session/facts.ts'
import { Checkbox } from '../../ui/checkbox.tsx'
import { RadioCards } from '../../ui/radio-cards.tsx'
import { toastDone } from '../../ui/toast.tsx'
import { DESIGNATIONS, type Person, personQuery, ROLES } from './queries.ts'

type Values = Pick<Person, 'base_role' | 'designations'>

/** Role and designations of a person. What is not changed is not sent. */
export function AccessForm({ person }: { readonly person: Person }) {
  const { t } = useTranslation('people')
  const org = useOrg()
  const { organisation } = useAccess()
  const client = useQueryClient()
  const params = { path: { org, member: person.id } }
  const initial: Values = { base_role: person.base_role, designations: person.designations }
  const form = useForm({
    initial,
    async send({ base_role, designations }) {
      if (base_role !== initial.base_role) {
        await answerOf(api.PUT('/api/orgs/{org}/members/{member}/role', { params, body: { base_role } }))
      }
      if (form.changed.includes('designations')) {
        const body = { designations: [...designations] }
        await answerOf(api.PUT('/api/orgs/{org}/members/{member}/designations', { params, body }))
      }
    },
    onDone() {
      toastDone(t('accessChanged'))
      void client.invalidateQueries({ queryKey: ['org', org, 'members'] })
      void client.invalidateQueries(personQuery(org, person.id))
    },
  })
  const guard = useLeaveGuard(form.isDirty)
  const isOwner = organisation.membership?.base_role === 'owner'
  const toggle = (name: (typeof DESIGNATIONS)[number], isOn: boolean) =>
    form.set(
      'designations',
      isOn ? [...form.values.designations, name] : form.values.designations.filter((each) => each !== name),
    )
  return (
    <Form form={form}>
      <Card title={t('role')} purpose={t('rolePurpose')}>
        <RadioCards
          label={t('role')}
          value={form.values.base_role}
          onChange={(role) => form.set('base_role', role)}
          options={ROLES.map((value) => ({
            value,
            label: t(`roles.${value}`),
            hint: t(`roleHint.${value}`),
            isDisabled: value === 'owner' && !isOwner && person.base_role !== 'owner',
          }))}
        />
      </Card>
      <Card title={t('designations')} purpose={t('designationsPurpose')}>
        <ul className="flex flex-col gap-3">
          {DESIGNATIONS.map((name) => (
            <li key={name} className="flex items-start gap-2.5">
              <span className="flex h-5 items-center">
                <Checkbox
                  label={t(`designation.${name}`)}
                  isChecked={form.values.designations.includes(name)}
                  onChange={(isOn) => toggle(name, isOn)}
                />
              </span>
              <div>
                <p>{t(`designation.${name}`)}</p>
                <p className="meta text-fg3">{t(`designationHint.${name}`)}</p>
              </div>
            </li>
          ))}
        </ul>
      </Card>
      <SaveBar form={form} label={t('saveAccess')} />
      {guard.question}
    </Form>
  )
}
