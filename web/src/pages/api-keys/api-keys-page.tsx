import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Ban, KeyRound, Plus, RefreshCw } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { useList } from '../../api/list.ts'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { CopyAsCurl } from '../../components/copy-as-curl.tsx'
import { DataTable } from '../../components/data-table.tsx'
import { FilterBar } from '../../components/filter-bar.tsx'
import { Page, PageHeader } from '../../components/page.tsx'
import { EmptyState } from '../../components/states.tsx'
import { oneOf, useUrlState } from '../../components/url-state.ts'
import { useAccess, useOrg } from '../../session/facts.ts'
import { usePageActions } from '../../shell/page-actions.ts'
import { Button } from '../../ui/button.tsx'
import { toastDone } from '../../ui/toast.tsx'
import { ToggleGroup } from '../../ui/toggle-group.tsx'
import { CreateKey } from './create-key.tsx'
import { useKeyColumns } from './key-columns.tsx'
import { type ApiKey, apiKeysQuery, keyProjectsQuery, WHOSE } from './queries.ts'
import { RotateKey } from './rotate-key.tsx'

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
  const { data: projects } = useQuery(keyProjectsQuery(org))
  const [revoking, setRevoking] = useState<ApiKey | null>(null)
  const [rotating, setRotating] = useState<ApiKey | null>(null)
  // Nobody touches the secret of somebody else's key.
  const mayRotate = ({ member_id }: ApiKey) => whose === 'own' || member_id === null
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
        rowMenu={(key) =>
          key.revoked_at === null
            ? [
                ...(mayRotate(key)
                  ? [{ id: 'rotate', label: t('rotateMore'), icon: RefreshCw, onSelect: () => setRotating(key) }]
                  : []),
                {
                  id: 'revoke',
                  label: t('revokeMore'),
                  icon: Ban,
                  isDangerous: true,
                  onSelect: () => setRevoking(key),
                },
              ]
            : []
        }
        empty={
          <EmptyState icon={KeyRound} title={t(isRevoked ? 'emptyRevoked' : 'emptyTitle')}>
            {!isRevoked && t('emptyText')}
          </EmptyState>
        }
      />
      <RevokeKey apiKey={revoking} isOwn={whose === 'own'} onClose={() => setRevoking(null)} />
      {rotating !== null && (
        <RotateKey key={rotating.id} apiKey={rotating} isOwn={whose === 'own'} onClose={() => setRotating(null)} />
      )}
      <CreateKey
        isOpen={making.values.new !== undefined}
        onClose={() => making.set({ new: undefined }, true)}
        whose={whose === 'organisation' ? 'organisation' : 'own'}
        projects={projects ?? []}
      />
    </Page>
  )
}

function RevokeKey(props: { readonly apiKey: ApiKey | null; readonly isOwn: boolean; readonly onClose: () => void }) {
  const { t } = useTranslation('api-keys')
  const org = useOrg()
  const client = useQueryClient()
  const { apiKey } = props
  if (apiKey === null) return null
  const params = { path: { org, key: apiKey.id } }
  const revoke = async () => {
    await (props.isOwn
      ? api.DELETE('/api/orgs/{org}/me/api-keys/{key}', { params })
      : api.DELETE('/api/orgs/{org}/api-keys/{key}', { params }))
    toastDone(t('revoked_', { name: apiKey.name }))
    await client.invalidateQueries({ queryKey: ['org', org, 'api-keys'] })
  }
  return (
    <ConfirmDialog
      isOpen
      onClose={props.onClose}
      title={t('revokeTitle', { name: apiKey.name })}
      confirmLabel={t('revoke')}
      onConfirm={revoke}
    >
      {t('revokeText')}
    </ConfirmDialog>
  )
}
