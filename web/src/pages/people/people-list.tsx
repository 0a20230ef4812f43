import { Users } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { announceExport } from '../../api/list-exports.ts'
import { useList } from '../../api/list.ts'
import { DataTable } from '../../components/data-table.tsx'
import { type CsvColumn, ExportButton } from '../../components/export-button.tsx'
import { FilterBar, SearchBox } from '../../components/filter-bar.tsx'
import { EmptyState } from '../../components/states.tsx'
import { oneOf, useUrlState } from '../../components/url-state.ts'
import { useAccess, useOrg } from '../../session/facts.ts'
import { Select } from '../../ui/select.tsx'
import { ToggleGroup } from '../../ui/toggle-group.tsx'
import { BulkRole } from './bulk-role.tsx'
import { usePeopleColumns } from './people-columns.tsx'
import { usePersonActs } from './person-acts.tsx'
import { peopleQuery, type Person, readPeople, ROLES, STATUSES } from './queries.ts'

const ANY = 'any'

const CSV: readonly CsvColumn<Person>[] = [
  { name: 'id', value: ({ id }) => id },
  { name: 'name', value: ({ display_name }) => display_name },
  { name: 'email', value: ({ email }) => email },
  { name: 'role', value: ({ base_role }) => base_role },
  { name: 'designations', value: ({ designations }) => designations.join(' ') },
  { name: 'surface', value: ({ surface }) => surface },
  { name: 'status', value: ({ status }) => status },
  { name: 'joined_at', value: ({ joined_at }) => joined_at },
]

/** The list of people, with its filters. */
export function PeopleList({ kinds, invite }: { readonly kinds: ReactNode; readonly invite: ReactNode }) {
  const { t } = useTranslation('people')
  const org = useOrg()
  const { can } = useAccess()
  const url = useUrlState(['q', 'role', 'status'])
  const [selected, setSelected] = useState<readonly string[]>([])
  const filter = {
    search: url.values.q,
    role: oneOf(url.values.role, ROLES),
    status: oneOf(url.values.status, STATUSES),
  }
  const list = useList(peopleQuery(org, filter))
  const acts = usePersonActs()
  const columns = usePeopleColumns()
  const statuses = [
    { value: ANY, label: t('statuses.any') },
    ...STATUSES.map((value) => ({ value, label: t(`statuses.${value}`) })),
  ]
  return (
    <>
      <FilterBar isSet={url.isSet} onClear={url.clear} views={kinds}>
        <ToggleGroup
          label={t('status')}
          value={filter.status ?? ANY}
          options={statuses}
          onChange={(status) => url.set({ status: status === ANY ? undefined : status })}
        />
        <span className="flex-1" />
        <SearchBox label={t('search')} value={filter.search} onChange={(q) => url.set({ q }, true)} />
        <Select
          isCompact
          label={t('role')}
          value={filter.role ?? ANY}
          options={[
            { value: ANY, label: t('anyRole') },
            ...ROLES.map((value) => ({ value, label: t(`roles.${value}`) })),
          ]}
          onChange={(role) => url.set({ role: role === ANY ? undefined : role })}
        />
        <ExportButton
          name="people"
          columns={CSV}
          read={readPeople(org, filter)}
          announce={() => announceExport(org, 'people', filter)}
        />
      </FilterBar>
      <DataTable
        label={t('title')}
        list={list}
        columns={columns}
        rowId={(person) => person.id}
        rowName={(person) => person.display_name ?? person.email ?? t('nameless')}
        rowHref={(person) => `/o/${org}/people/${person.id}`}
        rowMenu={acts.menuOf}
        {...(can('role.change') && {
          selection: {
            ids: selected,
            onChange: setSelected,
            acts: (
              <BulkRole
                people={(list.rows ?? []).filter(({ id }) => selected.includes(id))}
                onDone={() => setSelected([])}
              />
            ),
          },
        })}
        isFiltered={url.isSet}
        onClearFilters={url.clear}
        searched={filter.search}
        empty={
          <EmptyState icon={Users} title={t('emptyTitle')} action={invite}>
            {t('emptyText')}
          </EmptyState>
        }
      />
      {acts.dialogs}
    </>
  )
}
