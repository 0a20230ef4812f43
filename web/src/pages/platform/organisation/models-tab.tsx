import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Boxes } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../api/client.ts'
import { useList } from '../../../api/list.ts'
import type { PlatformOrganisation } from '../../../api/platform.ts'
import { toProblem } from '../../../api/problem.ts'
import { problemText } from '../../../components/problem-text.ts'
import { Card } from '../../../components/page.tsx'
import { EmptyState, ErrorState, Skeleton } from '../../../components/states.tsx'
import { Badge } from '../../../ui/badge.tsx'
import { TextLink } from '../../../ui/button.tsx'
import { SwitchField } from '../../../ui/switch.tsx'
import { toastProblem } from '../../../ui/toast.tsx'
import { keyOf, modelsQuery, type ReachableModel } from './queries.ts'

/** The models of the platform that the organisation may call. Those open to everybody need no assignment. */
export function ModelsTab({ organisation }: { readonly organisation: PlatformOrganisation }) {
  const { t } = useTranslation('platform')
  const list = useList(modelsQuery(organisation.id))
  const assign = useAssign(organisation.id)
  return (
    <Card title={t('models.title')} purpose={t('models.purpose')} isFlush>
      {list.error !== null && <ErrorState error={list.error} onRetry={list.reload} />}
      {list.rows === null && list.error === null && (
        <div className="p-4">
          <Skeleton lines={5} />
        </div>
      )}
      {list.rows?.length === 0 && (
        <EmptyState
          icon={Boxes}
          title={t('models.empty')}
          action={<TextLink to="/platform/providers">{t('models.toProviders')}</TextLink>}
        />
      )}
      <ul className="mt-2 divide-y border-t">
        {list.rows?.map((model) => (
          <li key={model.id} className="px-4 py-3">
            {model.is_global ? (
              <Open model={model} />
            ) : (
              <SwitchField
                label={model.name}
                hint={model.provider_name}
                isOn={model.is_assigned}
                isDisabled={assign.isPending}
                onChange={(isOn) => assign.mutate({ model: model.id, isOn })}
              />
            )}
          </li>
        ))}
      </ul>
    </Card>
  )
}

function Open({ model }: { readonly model: ReachableModel }) {
  const { t } = useTranslation('platform')
  return (
    <div className="flex items-start justify-between gap-4">
      <div>
        <p className="font-medium">{model.name}</p>
        <p className="meta text-fg3">{model.provider_name}</p>
      </div>
      <Badge tone="ok">{t('models.global')}</Badge>
    </div>
  )
}

function useAssign(organisation: string) {
  const { t } = useTranslation('words')
  const client = useQueryClient()
  return useMutation({
    async mutationFn({ model, isOn }: { readonly model: string; readonly isOn: boolean }) {
      const params = { path: { model, organisation } }
      await (isOn
        ? api.PUT('/api/platform/models/{model}/assignments/{organisation}', { params })
        : api.DELETE('/api/platform/models/{model}/assignments/{organisation}', { params }))
      await client.invalidateQueries({ queryKey: keyOf(organisation) })
      for (const topic of ['models', 'overview']) void client.invalidateQueries({ queryKey: ['platform', topic] })
    },
    onError: (error) => toastProblem(problemText(t, toProblem(error))),
  })
}
