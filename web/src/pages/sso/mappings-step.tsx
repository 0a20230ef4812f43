import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Pencil, Plus, Trash2, UsersRound } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../../api/client.ts'
import { wholeList } from '../../api/list.ts'
import { placesQuery } from '../../api/offered.ts'
import { toProblem } from '../../api/problem.ts'
import type { Column } from '../../components/data-table-props.ts'
import { DataTable } from '../../components/data-table.tsx'
import { problemText } from '../../components/problem-text.ts'
import { EmptyState } from '../../components/states.tsx'
import { Button } from '../../ui/button.tsx'
import { toastDone, toastProblem } from '../../ui/toast.tsx'
import { MappingForm } from './mapping-form.tsx'
import { type Mapping, mappingsQuery } from './queries.ts'

type Props = { readonly org: string; readonly connection: string }

const set = ({ org, connection }: Props, mappings: readonly Mapping[]) =>
  answerOf(
    api.PUT('/api/orgs/{org}/sso/connections/{connection}/mappings', {
      params: { path: { org, connection } },
      body: { mappings: [...mappings] },
    }),
  )

/** What groups at the provider give here: role, designations, a team, a project. Computed anew at each sign-in. */
export function MappingsStep(props: Props) {
  const { t } = useTranslation('sso')
  const { t: words } = useTranslation('words')
  const client = useQueryClient()
  const { queryKey } = mappingsQuery(props.org, props.connection)
  const query = useQuery(mappingsQuery(props.org, props.connection))
  const [edited, setEdited] = useState<Mapping | 'new' | null>(null)
  const all = query.data ?? []
  const columns = useColumns(props.org)
  const keep = async (mappings: readonly Mapping[]) => {
    const saved = await set(props, mappings)
    client.setQueryData(queryKey, saved.mappings)
  }
  const without = (name: string) => all.filter(({ group_name }) => group_name !== name)
  const remove = async (mapping: Mapping) => {
    try {
      await keep(without(mapping.group_name))
      toastDone(t('mappingRemoved', { group: mapping.group_name }), {
        label: words('undo'),
        run: () => void keep(all),
      })
    } catch (error) {
      toastProblem(problemText(words, toProblem(error)))
    }
  }
  const add = (
    <Button onClick={() => setEdited('new')}>
      <Plus size={15} aria-hidden />
      {t('addMapping')}
    </Button>
  )
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-3">
        <p className="meta min-w-0 flex-1 basis-60 text-fg3">{t('groupsText')}</p>
        {all.length > 0 && add}
      </div>
      <DataTable
        label={t('step.groups')}
        list={wholeList(query.data, query)}
        columns={columns}
        rowId={(row) => row.group_name}
        rowName={(row) => row.group_name}
        rowMenu={(row) => [
          { id: 'change', label: t('changeMapping'), icon: Pencil, onSelect: () => setEdited(row) },
          {
            id: 'remove',
            label: t('removeMapping'),
            icon: Trash2,
            isDangerous: true,
            onSelect: () => void remove(row),
          },
        ]}
        empty={
          <EmptyState icon={UsersRound} title={t('noMappings')} action={add}>
            {t('noMappingsText')}
          </EmptyState>
        }
      />
      {edited !== null && (
        <MappingForm
          org={props.org}
          {...(edited !== 'new' && { mapping: edited })}
          taken={all.map(({ group_name }) => group_name)}
          onClose={() => setEdited(null)}
          onSend={(mapping) => keep([...without(edited === 'new' ? '' : edited.group_name), mapping])}
        />
      )}
    </div>
  )
}

function useColumns(org: string): readonly Column<Mapping>[] {
  const { t } = useTranslation('sso')
  const { data: places } = useQuery(placesQuery(org))
  const nameIn = (list: readonly { readonly id: string; readonly name: string }[] | undefined, id: string) =>
    list?.find((each) => each.id === id)?.name ?? `…${id.slice(-8)}`
  return [
    {
      id: 'group',
      header: t('group'),
      width: 'minmax(150px, 2fr)',
      cell: (row) => <span className="font-medium">{row.group_name}</span>,
    },
    {
      id: 'role',
      header: t('givesRole'),
      width: 'minmax(130px, 1fr)',
      cell: ({ base_role, designations }) =>
        [
          ...(base_role === null ? [] : [t(`roles.${base_role}`)]),
          ...designations.map((each) => t(`designation.${each}`)),
        ].join(', ') || '–',
    },
    {
      id: 'team',
      header: t('team'),
      width: 'minmax(110px, 1fr)',
      cell: ({ team_id, is_manager }) => {
        if (team_id === null) return '–'
        const name = nameIn(places?.teams, team_id)
        return is_manager ? t('asManager', { name }) : name
      },
    },
    {
      id: 'project',
      header: t('project'),
      width: 'minmax(110px, 1fr)',
      cell: ({ project_id, project_role }) =>
        project_id === null || project_role === null
          ? '–'
          : `${nameIn(places?.projects, project_id)}: ${t(`projectRole.${project_role}`)}`,
    },
  ]
}
