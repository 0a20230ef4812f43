import { useQuery } from '@tanstack/react-query'
import { KeyRound, Plus } from 'lucide-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { apiKeysQuery, WHOSE } from '../../api/api-keys.ts'
import { useList } from '../../api/list.ts'
import { offeredProjectsQuery } from '../../api/offered.ts'
import { CopyAsCurl } from '../../components/copy-as-curl.tsx'
import { CreateKey } from '../../components/create-key.tsx'
import { DataTable } from '../../components/data-table.tsx'
import { FilterBar } from '../../components/filter-bar.tsx'
import { useKeyActs } from '../../components/key-acts.tsx'
import { useKeyColumns } from '../../components/key-columns.tsx'
import { Page, PageHeader } from '../../components/page.tsx'
import { EmptyState } from '../../components/states.tsx'
import { oneOf, useUrlState } from '../../components/url-state.ts'
import { useAccess, useOrg } from '../../session/facts.ts'
import { usePageActions } from '../../shell/page-actions.ts'
import { Button } from '../../ui/button.tsx'
import { ToggleGroup } from '../../ui/toggle-group.tsx'

/** Keys with which programs call: one's own, and those of the organisation. */
export function ApiKeysPage() {
  const { t } = useTranslation('api-keys')
  const org = useOrg()
  const { can } = useAccess()
  const url = useUrlState(['whose', 'revoked'])
  const making = useUrlState(['new'])
  const managesAll = can('api_key.manage')
  const whose = (managesAll ? oneOf(url.values.whose, WHOSE) : undefined) ?? 'own'
  const isRevoked = url.values.revoked === 'yes'
  const list = useList(apiKeysQuery(org, whose, isRevoked))
  const { data: projects } = useQuery(offeredProjectsQuery(org))
  const acts = useKeyActs(whose === 'own')
  const columns = useKeyColumns(list.rows ?? [], projects ?? [], whose)
  const open = () => making.set({ new: 'yes' })
  usePageActions(
    useMemo(() => [{ id: 'create-key', label: t('createMore'), icon: <Plus size={15} />, run: open }], [t]),
  )
  const create = (
    <Button variant="primary" onClick={open}>
      <Plus size={15} aria-hidden />
      {t('create')}
    </Button>
  )
  const path = whose === 'own' ? `/api/orgs/${org}/me/api-keys` : `/api/orgs/${org}/api-keys`
  return (
    <Page kind="list">
      <PageHeader
        title={t('title')}
        purpose={t('purpose')}
        actions={
          <>
            <CopyAsCurl path={path} {...(whose === 'organisation' && { query: { owner: whose } })} />
            {create}
          </>
        }
      />
      <FilterBar
        isSet={url.isSet}
        onClear={url.clear}
        views={
          managesAll && (
            <ToggleGroup
              label={t('whose')}
              value={whose}
              options={WHOSE.map((value) => ({ value, label: t(`whoses.${value}`) }))}
              onChange={(value) => url.set({ whose: value === 'own' ? undefined : value })}
            />
          )
        }
      >
        <ToggleGroup
          label={t('status')}
          value={isRevoked ? 'revoked' : 'live'}
          options={[
            { value: 'live', label: t('live') },
            { value: 'revoked', label: t('revoked') },
          ]}
          onChange={(value) => url.set({ revoked: value === 'revoked' ? 'yes' : undefined })}
        />
      </FilterBar>
      <DataTable
        label={t('title')}
        list={list}
        columns={columns}
        rowId={(key) => key.id}
        rowName={(key) => key.name}
        rowMenu={acts.menuOf}
        empty={
          <EmptyState icon={KeyRound} title={t(isRevoked ? 'emptyRevoked' : 'emptyTitle')}>
            {!isRevoked && t('emptyText')}
          </EmptyState>
        }
      />
      {acts.dialogs}
      <CreateKey
        isOpen={making.values.new !== undefined}
        onClose={() => making.set({ new: undefined }, true)}
        whose={whose === 'organisation' ? 'organisation' : 'own'}
        projects={projects ?? []}
      />
    </Page>
  )
}
