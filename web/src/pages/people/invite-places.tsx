import { useQuery } from '@tanstack/react-query'
import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { placesQuery, PROJECT_ROLES, type ProjectRole } from '../../api/offered.ts'
import { useAccess, useOrg } from '../../session/facts.ts'
import { IconButton } from '../../ui/button.tsx'
import { ComboboxField } from '../../ui/combobox.tsx'
import { type Option, Select } from '../../ui/select.tsx'

/** Where people are put when they accept: teams, and projects with a role in each. */
export type InvitePlacesValue = {
  readonly team_ids: readonly string[]
  readonly projects: readonly { readonly project_id: string; readonly role: ProjectRole }[]
}

/** Offers the teams and projects that the reader may put somebody into; nothing where there is none. */
export function InvitePlaces(props: {
  readonly value: InvitePlacesValue
  readonly onChange: (value: Partial<InvitePlacesValue>) => void
}) {
  const { team_ids, projects } = props.value
  const { t } = useTranslation('people')
  const org = useOrg()
  const { can } = useAccess()
  const { data: places } = useQuery(placesQuery(org))
  const teams = can('team.manage') ? (places?.teams ?? []) : []
  const offered = (places?.projects ?? []).filter(({ my_role }) => my_role === 'admin' || can('project.set_members'))
  const roles = PROJECT_ROLES.map((value) => ({ value, label: t(`placeRole.${value}`) }))
  const roleIn = (id: string) => projects.find(({ project_id }) => project_id === id)?.role ?? PROJECT_ROLES[0]
  return (
    <>
      <Chosen
        label={t('inviteTeams')}
        placeholder={t('inviteTeamsChoose')}
        offered={teams.map(({ id, name }) => ({ value: id, label: name }))}
        chosen={team_ids}
        onChange={(next) => props.onChange({ team_ids: next })}
      />
      <Chosen
        label={t('inviteProjects')}
        placeholder={t('inviteProjectsChoose')}
        offered={offered.map(({ id, name }) => ({ value: id, label: name }))}
        chosen={projects.map(({ project_id }) => project_id)}
        onChange={(next) =>
          props.onChange({ projects: next.map((project_id) => ({ project_id, role: roleIn(project_id) })) })
        }
        beside={(id, name) => (
          <Select
            isCompact
            label={t('inviteRoleIn', { name })}
            value={roleIn(id)}
            options={roles}
            onChange={(role) =>
              props.onChange({
                projects: projects.map((each) => (each.project_id === id ? { ...each, role } : each)),
              })
            }
          />
        )}
      />
    </>
  )
}

/** Several of many, added one by one and taken away again. */
function Chosen(props: {
  readonly label: string
  readonly placeholder: string
  readonly offered: readonly Option<string>[]
  readonly chosen: readonly string[]
  readonly onChange: (chosen: readonly string[]) => void
  /** What is said of one that was chosen. */
  readonly beside?: (id: string, name: string) => ReactNode
}) {
  const { t } = useTranslation('people')
  const { offered, chosen } = props
  if (offered.length === 0) return null
  const rest = offered.filter(({ value }) => !chosen.includes(value))
  return (
    <div className="flex flex-col gap-2">
      {rest.length === 0 ? (
        <span className="font-medium">{props.label}</span>
      ) : (
        <ComboboxField
          // A field of its own for the next one: empty again.
          key={chosen.length}
          label={props.label}
          placeholder={props.placeholder}
          value={null}
          options={rest}
          onChange={(id) => id !== null && props.onChange([...chosen, id])}
        />
      )}
      <ul aria-label={props.label} className="flex flex-col divide-y empty:hidden">
        {chosen.map((id) => {
          const name = offered.find(({ value }) => value === id)?.label ?? id
          return (
            <li key={id} className="flex items-center gap-2 py-1.5">
              <span className="min-w-0 flex-1 truncate">{name}</span>
              {props.beside?.(id, name)}
              <IconButton
                label={t('inviteLeaveOut', { name })}
                onClick={() => props.onChange(chosen.filter((each) => each !== id))}
              >
                <X size={15} aria-hidden />
              </IconButton>
            </li>
          )
        })}
      </ul>
    </div>
  )
}
