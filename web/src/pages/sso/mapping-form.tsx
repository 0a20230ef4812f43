import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { placesQuery, PROJECT_ROLES } from '../../api/offered.ts'
import { FormDialog } from '../../components/form-dialog.tsx'
import { useForm } from '../../components/form.tsx'
import { CheckboxField } from '../../ui/checkbox.tsx'
import { TextField } from '../../ui/field.tsx'
import { SelectField } from '../../ui/select.tsx'
import { SwitchField } from '../../ui/switch.tsx'
import type { Mapping } from './queries.ts'

const NONE = 'none'
const ROLES = ['owner', 'admin', 'member'] as const
const DESIGNATIONS = ['manager', 'reviewer', 'compliance_officer', 'expert'] as const
const EMPTY: Mapping = {
  group_name: '',
  base_role: null,
  designations: [],
  team_id: null,
  is_manager: false,
  project_id: null,
  project_role: null,
}

const orNull = <Word extends string>(value: Word | typeof NONE): Word | null => (value === NONE ? null : value)

/** What one group gives. */
export function MappingForm(props: {
  readonly org: string
  readonly mapping?: Mapping
  readonly taken: readonly string[]
  readonly onClose: () => void
  readonly onSend: (mapping: Mapping) => Promise<void>
}) {
  const { t } = useTranslation('sso')
  const { data: places } = useQuery(placesQuery(props.org))
  const form = useForm<Mapping, void>({
    initial: props.mapping ?? EMPTY,
    check({ group_name }) {
      const name = group_name.trim()
      if (name === '') return { group_name: t('groupMissing') }
      const isTaken = name !== props.mapping?.group_name && props.taken.includes(name)
      return isTaken ? { group_name: t('groupTaken') } : {}
    },
    send: (values) => props.onSend({ ...values, group_name: values.group_name.trim() }),
    onDone: props.onClose,
  })
  const { values } = form
  return (
    <FormDialog
      form={form}
      isOpen
      onClose={props.onClose}
      title={t(props.mapping === undefined ? 'addMapping' : 'changeMapping')}
      description={t('mappingText')}
      submitLabel={t('saveMapping')}
      isSheet
    >
      <TextField
        label={t('group')}
        hint={t('groupHint')}
        isMono
        value={values.group_name}
        onChange={(value) => form.set('group_name', value)}
        error={form.errorOf('group_name')}
      />
      <SelectField
        label={t('givesRole')}
        value={values.base_role ?? NONE}
        options={[
          { value: NONE, label: t('noRole') },
          ...ROLES.map((value) => ({ value, label: t(`roles.${value}`) })),
        ]}
        onChange={(value) => form.set('base_role', orNull(value))}
        error={form.errorOf('base_role')}
      />
      <fieldset className="flex flex-col gap-2">
        <legend className="mb-1.5 font-medium">{t('designations')}</legend>
        {DESIGNATIONS.map((each) => (
          <CheckboxField
            key={each}
            label={t(`designation.${each}`)}
            isChecked={values.designations.includes(each)}
            onChange={(isOn) =>
              form.set('designations', [
                ...values.designations.filter((other) => other !== each),
                ...(isOn ? [each] : []),
              ])
            }
          />
        ))}
      </fieldset>
      <SelectField
        label={t('team')}
        value={values.team_id ?? NONE}
        options={[
          { value: NONE, label: t('noTeam') },
          ...(places?.teams ?? []).map(({ id, name }) => ({ value: id, label: name })),
        ]}
        onChange={(value) => form.set('team_id', orNull(value))}
        error={form.errorOf('team_id')}
      />
      {values.team_id !== null && (
        <SwitchField
          label={t('isManager')}
          isOn={values.is_manager}
          onChange={(isOn) => form.set('is_manager', isOn)}
        />
      )}
      <SelectField
        label={t('project')}
        value={values.project_id ?? NONE}
        options={[
          { value: NONE, label: t('noProject') },
          ...(places?.projects ?? []).map(({ id, name }) => ({ value: id, label: name })),
        ]}
        onChange={(value) => {
          form.set('project_id', orNull(value))
          form.set('project_role', value === NONE ? null : (values.project_role ?? 'viewer'))
        }}
        error={form.errorOf('project_id')}
      />
      {values.project_id !== null && (
        <SelectField
          label={t('projectRoleLabel')}
          value={values.project_role ?? 'viewer'}
          options={PROJECT_ROLES.map((value) => ({ value, label: t(`projectRole.${value}`) }))}
          onChange={(value) => form.set('project_role', value)}
          error={form.errorOf('project_role')}
        />
      )}
    </FormDialog>
  )
}
