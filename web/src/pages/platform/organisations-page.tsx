import { useRouter } from '@tanstack/react-router'
import { Building2, DoorOpen, Plus } from 'lucide-react'
import { useCallback, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../api/answer.ts'
import { useList } from '../../api/list.ts'
import { ORGANISATION_STATUSES, organisationsQuery } from '../../api/platform.ts'
import { CopyAsCurl } from '../../components/copy-as-curl.tsx'
import { DataTable } from '../../components/data-table.tsx'
import type { Column } from '../../components/data-table-props.ts'
import { Avatar } from '../../components/avatar.tsx'
import { FilterBar, SearchBox } from '../../components/filter-bar.tsx'
import { CopyId } from '../../components/copy-id.tsx'
import { FormDialog } from '../../components/form-dialog.tsx'
import { Page, PageHeader } from '../../components/page.tsx'
import { ShownOnce } from '../../components/shown-once.tsx'
import { StateBadge } from '../../components/state-badge.tsx'
import { EmptyState } from '../../components/states.tsx'
import { Moment } from '../../components/time-ago.tsx'
import { oneOf, useUrlState } from '../../components/url-state.ts'
import { usePageActions } from '../../shell/page-actions.ts'
import { Button, TextLink } from '../../ui/button.tsx'
import { Select } from '../../ui/select.tsx'
import { toastDone } from '../../ui/toast.tsx'
import { OrganisationFields, useOrganisationForm } from './organisation-fields.tsx'

const ANY = 'any'

type Organisation = Answer<'/api/platform/organisations', 'get'>['items'][number]

/** Every organisation of the deployment. */
export function OrganisationsPage() {
  const { t } = useTranslation('platform')
  const url = useUrlState(['q', 'status'])
  const { values, set } = useUrlState(['new'])
  const isCreating = values.new !== undefined
  const open = useCallback(() => set({ new: 'yes' }), [set])
  const filter = { search: url.values.q, status: oneOf(url.values.status, ORGANISATION_STATUSES) }
  const list = useList(organisationsQuery(filter))
  const columns = useColumns()
  const router = useRouter()
  usePageActions(
    useMemo(
      () => [{ id: 'create', label: t('create'), keywords: ['new'], icon: <Plus size={15} aria-hidden />, run: open }],
      [t, open],
    ),
  )
  const create = (
    <Button variant="primary" onClick={open}>
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
            ...ORGANISATION_STATUSES.map((value) => ({ value, label: t(`statuses.${value}`) })),
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
        rowHref={(row) => `/platform/organisations/${row.id}`}
        rowMenu={(row) => [
          {
            id: 'enter',
            label: t('enter.open'),
            icon: DoorOpen,
            onSelect: () => router.history.push(`/platform/organisations/${row.id}?enter=yes`),
          },
        ]}
        isFiltered={url.isSet}
        onClearFilters={url.clear}
        searched={filter.search}
        empty={
          <EmptyState icon={Building2} title={t('emptyTitle')} action={create}>
            {t('emptyText')}
          </EmptyState>
        }
      />
      <CreateOrganisation isOpen={isCreating} onClose={() => set({ new: undefined }, true)} />
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
            <TextLink
              to="/platform/organisations/$organisation"
              params={{ organisation: row.id }}
              className="truncate font-medium text-fg"
            >
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

function CreateOrganisation({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) {
  const { t } = useTranslation('platform')
  const [link, setLink] = useState<string | null>(null)
  const form = useOrganisationForm(({ invitation, organisation }) => {
    setLink(invitation.link)
    onClose()
    toastDone(t('created_', { name: organisation.name }))
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
        <OrganisationFields form={form} />
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
