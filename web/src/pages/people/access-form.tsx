import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../../api/client.ts'
import { toProblem } from '../../api/problem.ts'
import { Form, SaveBar, useForm, useLeaveGuard } from '../../components/form.tsx'
import { Card } from '../../components/page.tsx'
import { problemText } from '../../components/problem-text.ts'
import { useAccess, useOrg } from '../../session/facts.ts'
import { Checkbox } from '../../ui/checkbox.tsx'
import { RadioCards } from '../../ui/radio-cards.tsx'
import { toastDone, toastProblem } from '../../ui/toast.tsx'
import { customRolesQuery, DESIGNATIONS, type PersonDetail, personQuery, ROLES, SURFACES } from './queries.ts'
import { type Exceptions, SinglePermissions } from './single-permissions.tsx'

type Values = Pick<PersonDetail, 'base_role' | 'designations' | 'surface'> & {
  readonly role_ids: readonly string[]
  readonly exceptions: Exceptions
}

/** Role, designations and own roles of a person. What is not changed is not sent. */
export function AccessForm({ person }: { readonly person: PersonDetail }) {
  const { t } = useTranslation('people')
  const { t: words } = useTranslation('words')
  const org = useOrg()
  const { can, organisation } = useAccess()
  const client = useQueryClient()
  const params = { path: { org, member: person.id } }
  const initial: Values = {
    base_role: person.base_role,
    designations: person.designations,
    role_ids: person.custom_roles.map(({ id }) => id),
    surface: person.surface,
    exceptions: { grants: person.grants, denies: person.denies },
  }
  const put = async (next: Values, before: Values) => {
    const { base_role } = next
    const isOther = (name: keyof Values) => JSON.stringify(next[name]) !== JSON.stringify(before[name])
    if (isOther('base_role')) {
      await answerOf(api.PUT('/api/orgs/{org}/members/{member}/role', { params, body: { base_role } }))
    }
    if (isOther('designations')) {
      const body = { designations: [...next.designations] }
      await answerOf(api.PUT('/api/orgs/{org}/members/{member}/designations', { params, body }))
    }
    if (isOther('surface')) {
      const body = { surface: next.surface }
      await answerOf(api.PATCH('/api/orgs/{org}/members/{member}', { params, body }))
    }
    if (isOther('exceptions')) {
      const body = { grants: [...next.exceptions.grants], denies: [...next.exceptions.denies] }
      await answerOf(api.PUT('/api/orgs/{org}/members/{member}/permissions', { params, body }))
    }
    if (isOther('role_ids')) {
      const body = { role_ids: [...next.role_ids] }
      await answerOf(api.PUT('/api/orgs/{org}/members/{member}/custom-roles', { params, body }))
    }
  }
  const reread = async () => {
    await client.invalidateQueries({ queryKey: ['org', org, 'members'] })
    await client.invalidateQueries(personQuery(org, person.id))
  }
  const form = useForm({
    initial,
    send: (values) => put(values, initial),
    onDone(_, sent) {
      const takeBack = async () => {
        await put(initial, sent)
        form.reset(initial)
        await reread()
      }
      const tell = (error: unknown) => toastProblem(problemText(words, toProblem(error)))
      toastDone(t('accessChanged'), { label: words('undo'), run: () => void takeBack().catch(tell) })
      void reread()
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
      {can('user.change') && (
        <Card title={t('surface')} purpose={t('surfacePurpose')}>
          <RadioCards
            label={t('surface')}
            columns={2}
            value={form.values.surface}
            onChange={(surface) => form.set('surface', surface)}
            options={SURFACES.map((value) => ({
              value,
              label: t(`surfaces.${value}`),
              hint: t(`surfaceHint.${value}`),
            }))}
          />
        </Card>
      )}
      <OwnRoles value={form.values.role_ids} onChange={(role_ids) => form.set('role_ids', role_ids)} />
      <SinglePermissions value={form.values.exceptions} onChange={(exceptions) => form.set('exceptions', exceptions)} />
      <SaveBar form={form} label={t('saveAccess')} />
      {guard.question}
    </Form>
  )
}

/** The roles that the organisation made for itself. Nothing while there are none. */
function OwnRoles(props: {
  readonly value: readonly string[]
  readonly onChange: (role_ids: readonly string[]) => void
}) {
  const { t } = useTranslation('people')
  const { data: roles = [] } = useQuery(customRolesQuery(useOrg()))
  if (roles.length === 0) return null
  const toggle = (id: string, isOn: boolean) =>
    props.onChange(isOn ? [...props.value, id] : props.value.filter((each) => each !== id))
  return (
    <Card title={t('ownRoles')} purpose={t('ownRolesPurpose')}>
      <ul className="flex flex-col gap-3">
        {roles.map(({ id, name, description }) => (
          <li key={id} className="flex items-start gap-2.5">
            <span className="flex h-5 items-center">
              <Checkbox label={name} isChecked={props.value.includes(id)} onChange={(isOn) => toggle(id, isOn)} />
            </span>
            <div>
              <p>{name}</p>
              <p className="meta text-fg3">{description}</p>
            </div>
          </li>
        ))}
      </ul>
    </Card>
  )
}
