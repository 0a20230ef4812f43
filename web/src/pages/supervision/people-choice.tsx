import { X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useMemberName } from '../../api/directory.ts'
import { PersonPicker } from '../../components/person-picker.tsx'
import { IconButton } from '../../ui/button.tsx'
import { CheckboxField } from '../../ui/checkbox.tsx'
import type { Workflow } from './queries.ts'

const DESIGNATIONS = ['manager', 'reviewer', 'compliance_officer', 'expert'] as const

export type People = NonNullable<Workflow['levels'][number]['who']>

/** Whose turn something is: designations, the managers of the requester's team, single members. Nothing chosen: anybody who may. */
export function PeopleChoice(props: {
  readonly legend: string
  readonly hint: string
  readonly people: People | undefined
  readonly onChange: (people: People | undefined) => void
}) {
  const { t } = useTranslation('supervision')
  const people = props.people ?? {}
  const { designations = [], members = [], team_managers = false } = people
  const put = (next: People) => {
    const { designations: ranks = [], members: persons = [], team_managers: isTeam = false } = next
    const whole: People = {
      ...(ranks.length > 0 && { designations: ranks }),
      ...(persons.length > 0 && { members: persons }),
      ...(isTeam && { team_managers: true }),
    }
    props.onChange(Object.keys(whole).length === 0 ? undefined : whole)
  }
  return (
    <fieldset className="flex flex-col gap-2 sm:col-span-2">
      <legend className="pb-1.5 font-medium">{props.legend}</legend>
      <p className="meta text-fg3">{props.hint}</p>
      {DESIGNATIONS.map((designation) => (
        <CheckboxField
          key={designation}
          label={t(`designations.${designation}`)}
          isChecked={designations.includes(designation)}
          onChange={(isOn) =>
            put({
              ...people,
              designations: DESIGNATIONS.filter((each) => (each === designation ? isOn : designations.includes(each))),
            })
          }
        />
      ))}
      <CheckboxField
        label={t('teamManagers')}
        isChecked={team_managers}
        onChange={(isOn) => put({ ...people, team_managers: isOn })}
      />
      <MembersChoice label={t('members')} members={members} onChange={(next) => put({ ...people, members: next })} />
    </fieldset>
  )
}

/** Single members: those chosen, and a box that adds another. */
export function MembersChoice(props: {
  readonly label: string
  readonly hint?: string
  readonly members: readonly string[]
  readonly onChange: (members: string[]) => void
}) {
  const { t } = useTranslation('words')
  const nameOf = useMemberName()
  const { members, onChange } = props
  return (
    <div className="flex flex-col gap-2 sm:col-span-2">
      <PersonPicker
        key={members.join(' ')}
        label={props.label}
        value={null}
        onChange={(id) => id !== null && onChange([...new Set([...members, id])])}
        {...(props.hint !== undefined && { hint: props.hint })}
      />
      {members.length > 0 && (
        <ul className="flex flex-wrap gap-1.5">
          {members.map((id) => (
            <li key={id} className="flex items-center gap-1 rounded-full border bg-sunken ps-2.5">
              <span className="max-w-48 truncate">{nameOf(id)}</span>
              <IconButton
                size="compact"
                label={t('removeThis', { what: nameOf(id) ?? '' })}
                onClick={() => onChange(members.filter((each) => each !== id))}
              >
                <X size={13} aria-hidden />
              </IconButton>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
