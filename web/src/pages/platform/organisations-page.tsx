import { useQueryClient } from '@tanstack/react-query'
import { Building2, Plus } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../api/answer.ts'
import { answerOf, api } from '../../api/client.ts'
import { listQuery, useList } from '../../api/list.ts'
import { CopyAsCurl } from '../../components/copy-as-curl.tsx'
import { DataTable } from '../../components/data-table.tsx'
import type { Column } from '../../components/data-table-props.ts'
import { Avatar } from '../../components/avatar.tsx'
import { FilterBar, SearchBox } from '../../components/filter-bar.tsx'
import { CopyId } from '../../components/copy-id.tsx'
import { FormDialog } from '../../components/form-dialog.tsx'
import { useForm } from '../../components/form.tsx'
import { Page, PageHeader } from '../../components/page.tsx'
import { ShownOnce } from '../../components/shown-once.tsx'
import { StateBadge } from '../../components/state-badge.tsx'
import { EmptyState } from '../../components/states.tsx'
import { Moment } from '../../components/time-ago.tsx'
import { oneOf, useUrlState } from '../../components/url-state.ts'
import { Button, TextLink } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { Select } from '../../ui/select.tsx'
import { toastDone } from '../../ui/toast.tsx'

const STATUSES = ['awaiting_owner', 'active', 'suspended', 'archived', 'pending_purge'] as const
const ANY = 'any'

type Filter = { readonly search?: string | undefined; readonly status?: (typeof STATUSES)[number] | undefined }

const organisationsQuery = ({ search, status }: Filter) =>
  listQuery(['platform', 'organisations', search, status], (page) =>
    answerOf(
      api.GET('/api/platform/organisations', {
        params: {
          query: { ...page, ...(search !== undefined && { search }), ...(status !== undefined && { status }) },
        },
      }),
    ),
  )

type Organisation = Answer<'/api/platform/organisations', 'get'>['items'][number]

/** Every organisation of the deployment. */
export function OrganisationsPage() {
  const { t } = useTranslation('platform')
  const url = useUrlState(['q', 'status'])
  const [isCreating, setCreating] = useState(false)
  const filter = { search: url.values.q, status: oneOf(url.values.status, STATUSES) }
  const list = useList(organisationsQuery(filter))
  const columns = useColumns()
  const create = (
    <Button variant="primary" onClick={() => setCreating(true)}>
      <Plus size={15} aria-hidden />
      {t('create')}
    </Button>
  )
  return (
    <Page kind="list">
      <PageHeader
        title={t('organisations')}
        purpose={t('organisationsPurpose')}
        actions={
          <>
            <CopyAsCurl path="/api/platform/organisations" query={filter} />
            {create}
          </>
        }
      />
      <FilterBar isSet={url.isSet} onClear={url.clear}>
        <SearchBox label={t('search')} value={filter.search} onChange={(q) => url.set({ q }, true)} />
        <Select
          isCompact
          label={t('status')}
          value={filter.status ?? ANY}
          options={[
            { value: ANY, label: t('anyStatus') },
            ...STATUSES.map((value) => ({ value, label: t(`statuses.${value}`) })),
          ]}
          onChange={(status) => url.set({ status: status === ANY ? undefined : status })}
        />
      </FilterBar>
      <DataTable
        label={t('organisations')}
        list={list}
        columns={columns}
        rowId={(row) => row.id}
        rowName={(row) => row.name}
        rowHref={(row) => `/o/${row.id}/home`}
        isFiltered={url.isSet}
        onClearFilters={url.clear}
        searched={filter.search}
        empty={
          <EmptyState icon={Building2} title={t('emptyTitle')} action={create}>
            {t('emptyText')}
          </EmptyState>
        }
      />
      <CreateOrganisation isOpen={isCreating} onClose={() => setCreating(false)} />
    </Page>
  )
}

function useColumns(): readonly Column<Organisation>[] {
  const { t } = useTranslation('platform')
  return useMemo(
    () => [
      {
        id: 'name',
        header: t('name'),
        width: 'minmax(220px, 3fr)',
        cell: (row) => (
          <span className="flex items-center gap-2.5">
            <Avatar name={row.name} isSquare />
            <TextLink to="/o/$org/home" params={{ org: row.id }} className="truncate font-medium text-fg">
              {row.name}
            </TextLink>
          </span>
        ),
      },
      {
        id: 'status',
        header: t('status'),
        width: 'minmax(130px, 1fr)',
        cell: (row) => <StateBadge state={row.status} />,
      },
      {
        id: 'id',
        header: t('id'),
        width: 'minmax(120px, 1fr)',
        isSecondary: true,
        cell: (row) => <CopyId id={row.id} />,
      },
      {
        id: 'created',
        header: t('created'),
        width: 'minmax(150px, 1fr)',
        isNumber: true,
        cell: (row) => <Moment at={row.created_at} />,
      },
    ],
    [t],
  )
}

const EMPTY = { name: '', owner_email: '' }

function CreateOrganisation({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) {
  const { t } = useTranslation('platform')
  const client = useQueryClient()
  const [link, setLink] = useState<string | null>(null)
  const form = useForm({
    initial: EMPTY,
    check: (values) => ({
      ...(values.name.trim() === '' && { name: t('nameMissing') }),
      ...(!values.owner_email.includes('@') && { owner_email: t('emailMissing') }),
    }),
    send: (values) => {
      const owner = { email: values.owner_email.trim() }
      return answerOf(api.POST('/api/platform/organisations', { body: { name: values.name, owner } }))
    },
    onDone({ invitation }, sent) {
      setLink(invitation.link)
      form.reset(EMPTY)
      onClose()
      toastDone(t('created_', { name: sent.name }))
      void client.invalidateQueries({ queryKey: ['platform', 'organisations'] })
    },
  })
  const field = (name: keyof typeof EMPTY) => ({
    value: form.values[name],
    onChange: (value: string) => form.set(name, value),
    error: form.errorOf(name),
  })
  return (
    <>
      <FormDialog
        form={form}
        isOpen={isOpen}
        onClose={onClose}
        title={t('create')}
        description={t('createText')}
        submitLabel={t('create')}
      >
        <TextField label={t('name')} {...field('name')} />
        <TextField label={t('ownerEmail')} type="email" {...field('owner_email')} />
      </FormDialog>
      <ShownOnce
        secret={link}
        onClose={() => setLink(null)}
        title={t('ownerLink')}
        text={t('ownerLinkText')}
        label={t('ownerLink')}
      />
    </>
  )
}
