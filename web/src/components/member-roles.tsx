// Who is in a team, a workspace or a project, and as what. Each change holds at once and can be taken back.

import { UserMinus, UserPlus, Users } from 'lucide-react'
import { type ReactNode, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNames } from '../api/directory.ts'
import type { List } from '../api/list.ts'
import { toProblem } from '../api/problem.ts'
import { useAccess, useOrg } from '../session/facts.ts'
import { Button, TextLink } from '../ui/button.tsx'
import { RadioCards } from '../ui/radio-cards.tsx'
import { type Option, Select } from '../ui/select.tsx'
import { toastDone, toastProblem } from '../ui/toast.tsx'
import { Avatar } from './avatar.tsx'
import type { Column } from './data-table-props.ts'
import { DataTable } from './data-table.tsx'
import { FormDialog } from './form-dialog.tsx'
import { useForm } from './form.tsx'
import { PersonPicker } from './person-picker.tsx'
import { problemText } from './problem-text.ts'
import { EmptyState } from './states.tsx'

export type MemberRole<Role extends string> = { readonly member_id: string; readonly role: Role }

export type MemberRolesProps<Role extends string> = {
  /** What the rows are, such as "Members of Claims". */
  readonly label: string
  readonly list: List<MemberRole<Role>>
  /** Lowest first; the hint of each says what it allows. */
  readonly roles: readonly Option<Role>[]
  /** The role that somebody new is offered. */
  readonly firstRole: Role
  /** Whether the reader changes this. Otherwise it is read, with `note` saying why. */
  readonly mayChange: boolean
  readonly note?: ReactNode
  readonly emptyText: string
  readonly set: (member_id: string, role: Role) => Promise<unknown>
  readonly remove: (member_id: string) => Promise<unknown>
  readonly reread: () => Promise<unknown>
}

/** See the head of this file. */
export function MemberRoles<Role extends string>(props: MemberRolesProps<Role>) {
  const { t } = useTranslation('words')
  const org = useOrg()
  const [isAdding, setAdding] = useState(false)
  const nameOf = useNames(
    org,
    (props.list.rows ?? []).map(({ member_id }) => member_id),
  )
  const shownName = (id: string) => nameOf(id) ?? `…${id.slice(-8)}`
  const acts = useActs(props, shownName)
  const columns = useColumns(props, shownName, acts.change)
  const add = props.mayChange && (
    <Button onClick={() => setAdding(true)}>
      <UserPlus size={15} aria-hidden />
      {t('addPerson')}
    </Button>
  )
  return (
    <div className="flex flex-col gap-3">
      {(add !== false || props.note !== undefined) && (
        <div className="flex flex-wrap items-center gap-3">
          <p className="min-w-0 flex-1 text-fg2">{props.note}</p>
          {add}
        </div>
      )}
      <DataTable
        label={props.label}
        list={props.list}
        columns={columns}
        rowId={({ member_id }) => member_id}
        rowName={({ member_id }) => shownName(member_id)}
        {...(props.mayChange && {
          rowMenu: (row: MemberRole<Role>) => [
            {
              id: 'remove',
              label: t('removePerson'),
              icon: UserMinus,
              isDangerous: true,
              onSelect: () => acts.remove(row),
            },
          ],
        })}
        empty={
          <EmptyState icon={Users} title={t('nobodyHere')} action={add === false ? undefined : add}>
            {props.emptyText}
          </EmptyState>
        }
      />
      <AddMember {...props} isOpen={isAdding} onClose={() => setAdding(false)} />
    </div>
  )
}

function useActs<Role extends string>(props: MemberRolesProps<Role>, nameOf: (id: string) => string) {
  const { t } = useTranslation('words')
  const tell = (error: unknown) => toastProblem(problemText(t, toProblem(error)))
  const labelOf = (role: Role) => props.roles.find(({ value }) => value === role)?.label ?? role
  const set = async (member_id: string, role: Role) => {
    await props.set(member_id, role)
    await props.reread()
  }
  const undo = (row: MemberRole<Role>) => ({
    label: t('undo'),
    run: () => void set(row.member_id, row.role).catch(tell),
  })
  return {
    change: (row: MemberRole<Role>, role: Role) => {
      if (role === row.role) return
      const name = nameOf(row.member_id)
      void set(row.member_id, role).then(
        () => toastDone(t('personIsNow', { name, role: labelOf(role) }), undo(row)),
        tell,
      )
    },
    remove: (row: MemberRole<Role>) => {
      const name = nameOf(row.member_id)
      const act = props.remove(row.member_id).then(() => props.reread())
      void act.then(() => toastDone(t('personTakenOut', { name }), undo(row)), tell)
    },
  }
}

function useColumns<Role extends string>(
  { roles, mayChange }: MemberRolesProps<Role>,
  nameOf: (id: string) => string,
  change: (row: MemberRole<Role>, role: Role) => void,
): readonly Column<MemberRole<Role>>[] {
  const { t } = useTranslation('words')
  const org = useOrg()
  const { can } = useAccess()
  const mayOpen = can('user.view')
  return useMemo(
    () => [
      {
        id: 'person',
        header: t('person'),
        width: 'minmax(180px, 3fr)',
        cell: ({ member_id }) => {
          const name = nameOf(member_id)
          return (
            <span className="flex items-center gap-2.5">
              <Avatar name={name} />
              {mayOpen ? (
                <TextLink
                  to="/o/$org/people/$person"
                  params={{ org, person: member_id }}
                  className="truncate font-medium text-fg"
                >
                  {name}
                </TextLink>
              ) : (
                <span className="truncate font-medium">{name}</span>
              )}
            </span>
          )
        },
      },
      {
        id: 'role',
        header: t('role'),
        width: 'minmax(150px, 1fr)',
        cell: (row) =>
          mayChange ? (
            <Select
              isCompact
              label={t('roleOf', { name: nameOf(row.member_id) })}
              value={row.role}
              options={roles}
              onChange={(role) => change(row, role)}
            />
          ) : (
            (roles.find(({ value }) => value === row.role)?.label ?? row.role)
          ),
      },
    ],
    [t, org, mayOpen, mayChange, roles, nameOf, change],
  )
}

type Draft<Role extends string> = { readonly member_id: string | null; readonly role: Role }

function AddMember<Role extends string>(
  props: MemberRolesProps<Role> & { readonly isOpen: boolean; readonly onClose: () => void },
) {
  const { t } = useTranslation('words')
  const empty: Draft<Role> = { member_id: null, role: props.firstRole }
  const form = useForm<Draft<Role>, unknown>({
    initial: empty,
    check: ({ member_id }) => (member_id === null ? { member_id: t('personMissing') } : {}),
    send: async ({ member_id, role }) => {
      if (member_id !== null) await props.set(member_id, role)
    },
    onDone() {
      form.reset(empty)
      props.onClose()
      toastDone(t('personAdded'))
      void props.reread()
    },
  })
  return (
    <FormDialog
      form={form}
      isOpen={props.isOpen}
      onClose={props.onClose}
      title={t('addPerson')}
      submitLabel={t('addPerson')}
    >
      <PersonPicker
        label={t('person')}
        value={form.values.member_id}
        onChange={(member_id) => form.set('member_id', member_id)}
        error={form.errorOf('member_id')}
      />
      <RadioCards
        label={t('role')}
        value={form.values.role}
        options={props.roles}
        onChange={(role) => form.set('role', role)}
      />
    </FormDialog>
  )
}
