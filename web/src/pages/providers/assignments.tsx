import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Building2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { useList } from '../../api/list.ts'
import { toProblem } from '../../api/problem.ts'
import { type PlatformModel, platformProviders, staleOf } from '../../api/provider-desk.ts'
import { SearchBox } from '../../components/filter-bar.tsx'
import { LoadMore } from '../../components/load-more.tsx'
import { problemText } from '../../components/problem-text.ts'
import { EmptyState, ErrorState, NoResults, Skeleton } from '../../components/states.tsx'
import { Banner } from '../../ui/banner.tsx'
import { Sheet } from '../../ui/dialog.tsx'
import { SwitchField } from '../../ui/switch.tsx'
import { toastProblem } from '../../ui/toast.tsx'
import { assignmentsQuery } from './queries.ts'

/** Which organisations may call a model of the platform, each by a switch of its own. */
export function Assignments({
  model,
  onClose,
}: {
  readonly model: PlatformModel | null
  readonly onClose: () => void
}) {
  const { t } = useTranslation('providers')
  return (
    <Sheet
      isOpen={model !== null}
      onClose={onClose}
      title={t('assignTitle', { name: model?.name ?? '' })}
      description={t('assignText')}
    >
      {model !== null && <Organisations model={model} />}
    </Sheet>
  )
}

function Organisations({ model }: { readonly model: PlatformModel }) {
  const { t } = useTranslation('providers')
  const [search, setSearch] = useState<string | undefined>()
  const list = useList(assignmentsQuery(model.id, search))
  const assign = useAssign(model.id)
  return (
    <div className="flex flex-col gap-4">
      {model.is_global && (
        <Banner tone="info" title={t('globalTitle')}>
          {t('globalText')}
        </Banner>
      )}
      <SearchBox label={t('findOrganisation')} value={search} onChange={setSearch} />
      {list.error !== null && <ErrorState error={list.error} onRetry={list.reload} />}
      {list.rows === null && list.error === null && <Skeleton lines={5} />}
      {list.rows?.length === 0 &&
        (search === undefined ? (
          <EmptyState icon={Building2} title={t('noOrganisations')} />
        ) : (
          <NoResults asked={search} onClear={() => setSearch(undefined)} />
        ))}
      <ul className="flex flex-col gap-3">
        {list.rows?.map((row) => (
          <li key={row.id}>
            <SwitchField
              label={row.name}
              isOn={row.is_assigned}
              isDisabled={assign.isPending}
              onChange={(isOn) => assign.mutate({ organisation: row.id, isOn })}
            />
          </li>
        ))}
      </ul>
      <LoadMore list={list} />
    </div>
  )
}

/** Assigns a model to an organisation or takes it back. */
function useAssign(model: string) {
  const { t } = useTranslation('words')
  const client = useQueryClient()
  return useMutation({
    async mutationFn({ organisation, isOn }: { readonly organisation: string; readonly isOn: boolean }) {
      const params = { path: { model, organisation } }
      await (isOn
        ? api.PUT('/api/platform/models/{model}/assignments/{organisation}', { params })
        : api.DELETE('/api/platform/models/{model}/assignments/{organisation}', { params }))
      await Promise.all(staleOf(platformProviders).map((stale) => client.invalidateQueries(stale)))
    },
    onError: (error) => toastProblem(problemText(t, toProblem(error))),
  })
}
