import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Plus, Trash2, UsersRound } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../../api/client.ts'
import { wholeList } from '../../api/list.ts'
import { toProblem } from '../../api/problem.ts'
import { DataTable } from '../../components/data-table.tsx'
import { FormDialog } from '../../components/form-dialog.tsx'
import { useForm } from '../../components/form.tsx'
import { problemText } from '../../components/problem-text.ts'
import { EmptyState } from '../../components/states.tsx'
import { Button } from '../../ui/button.tsx'
import { ComboboxField } from '../../ui/combobox.tsx'
import { TextField } from '../../ui/field.tsx'
import { SelectField } from '../../ui/select.tsx'
import { toastProblem } from '../../ui/toast.tsx'
import { activeOrganisationsQuery, type PlatformMapping, platformMappingsQuery } from './queries.ts'

const ROLES = ['owner', 'admin', 'member'] as const

const set = (connection: string, mappings: readonly PlatformMapping[]) =>
  answerOf(
    api.PUT('/api/platform/sso/connections/{connection}/mappings', {
      params: { path: { connection } },
      body: { mappings: [...mappings] },
    }),
  )

const keyOf = ({ group_name, organisation_id }: PlatformMapping) => `${group_name} ${organisation_id}`

/** Into which organisation a group at the platform's provider leads, and as what. */
export function PlatformMappingsStep({ connection }: { readonly connection: string }) {
  const { t } = useTranslation('sso')
  const { t: words } = useTranslation('words')
  const client = useQueryClient()
  const { data: organisations = [] } = useQuery(activeOrganisationsQuery)
  const query = useQuery(platformMappingsQuery(connection))
  const [isAdding, setAdding] = useState(false)
  const all = query.data ?? []
  const keep = async (mappings: readonly PlatformMapping[]) => {
    const saved = await set(connection, mappings)
    client.setQueryData(platformMappingsQuery(connection).queryKey, saved.mappings)
  }
  const remove = (mapping: PlatformMapping) =>
    keep(all.filter((each) => keyOf(each) !== keyOf(mapping))).catch((error: unknown) =>
      toastProblem(problemText(words, toProblem(error))),
    )
  const nameOf = (id: string) => organisations.find((each) => each.id === id)?.name ?? `…${id.slice(-8)}`
  const add = (
    <Button onClick={() => setAdding(true)}>
      <Plus size={15} aria-hidden />
      {t('addMapping')}
    </Button>
  )
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-3">
        <p className="meta min-w-0 flex-1 basis-60 text-fg3">{t('platformGroupsText')}</p>
        {all.length > 0 && add}
      </div>
      <DataTable
        label={t('step.groups')}
        list={wholeList(query.data, query)}
        columns={[
          { id: 'group', header: t('group'), width: 'minmax(150px, 2fr)', cell: (row) => row.group_name },
          {
            id: 'org',
            header: t('organisation'),
            width: 'minmax(150px, 2fr)',
            cell: (row) => nameOf(row.organisation_id),
          },
          { id: 'role', header: t('givesRole'), width: '120px', cell: (row) => t(`roles.${row.base_role}`) },
        ]}
        rowId={keyOf}
        rowName={(row) => row.group_name}
        rowMenu={(row) => [
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
            {t('platformGroupsText')}
          </EmptyState>
        }
      />
      {isAdding && (
        <AddMapping
          organisations={organisations}
          onClose={() => setAdding(false)}
          onSend={(mapping) => keep([...all.filter((each) => keyOf(each) !== keyOf(mapping)), mapping])}
        />
      )}
    </div>
  )
}

function AddMapping(props: {
  readonly organisations: readonly { readonly id: string; readonly name: string }[]
  readonly onClose: () => void
  readonly onSend: (mapping: PlatformMapping) => Promise<void>
}) {
  const { t } = useTranslation('sso')
  const form = useForm<PlatformMapping, void>({
    initial: { group_name: '', organisation_id: '', base_role: 'member' },
    check: ({ group_name, organisation_id }) => ({
      ...(group_name.trim() === '' && { group_name: t('groupMissing') }),
      ...(organisation_id === '' && { organisation_id: t('organisationMissing') }),
    }),
    send: (values) => props.onSend({ ...values, group_name: values.group_name.trim() }),
    onDone: props.onClose,
  })
  return (
    <FormDialog
      form={form}
      isOpen
      onClose={props.onClose}
      title={t('addMapping')}
      description={t('platformMappingText')}
      submitLabel={t('saveMapping')}
    >
      <TextField
        label={t('group')}
        hint={t('groupHint')}
        isMono
        value={form.values.group_name}
        onChange={(value) => form.set('group_name', value)}
        error={form.errorOf('group_name')}
      />
      <ComboboxField
        label={t('organisation')}
        value={form.values.organisation_id || null}
        options={props.organisations.map(({ id, name }) => ({ value: id, label: name }))}
        onChange={(id) => form.set('organisation_id', id ?? '')}
        error={form.errorOf('organisation_id')}
      />
      <SelectField
        label={t('givesRole')}
        value={form.values.base_role}
        options={ROLES.map((value) => ({ value, label: t(`roles.${value}`) }))}
        onChange={(value) => form.set('base_role', value)}
      />
    </FormDialog>
  )
}
