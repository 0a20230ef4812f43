import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Boxes, CircleDollarSign, History, ToggleLeft, ToggleRight, Zap } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { useList } from '../../api/list.ts'
import { toProblem } from '../../api/problem.ts'
import { organisationProviders, type OwnModel, staleOf } from '../../api/provider-desk.ts'
import type { Column } from '../../components/data-table-props.ts'
import { DataTable } from '../../components/data-table.tsx'
import { problemText } from '../../components/problem-text.ts'
import { EmptyState } from '../../components/states.tsx'
import { useAccess, useOrg } from '../../session/facts.ts'
import { Badge } from '../../ui/badge.tsx'
import { toastDone, toastProblem } from '../../ui/toast.tsx'
import { ModelForm } from './model-form.tsx'
import { useModelColumns } from './model-columns.tsx'
import { useCurrency } from './price-cell.tsx'
import { PriceForm } from './price-form.tsx'
import { Prices } from './prices.tsx'
import { assignedQuery, ownModelsQuery, providersQuery } from './queries.ts'
import { TestCallDialog } from './test-call.tsx'

/** The models of the organisation's own providers: which of them its people may call, and at what price. */
export function OwnModels(props: { readonly isAdding: boolean; readonly onAdded: () => void }) {
  const { t } = useTranslation('providers')
  const org = useOrg()
  const { can } = useAccess()
  const desk = organisationProviders(org)
  const currency = useCurrency()
  const list = useList(ownModelsQuery(desk))
  const providers = useList(providersQuery(desk)).rows ?? []
  const { data: assigned } = useQuery(assignedQuery(org))
  const [pricing, setPricing] = useState<OwnModel | null>(null)
  const [past, setPast] = useState<OwnModel | null>(null)
  const [tested, setTested] = useState<OwnModel | null>(null)
  const assign = useAssign()
  const isAssigned = (model: OwnModel) => assigned?.has(model.id) === true
  const columns = useColumns(assigned)
  const menuOf = (model: OwnModel) => [
    ...(can('model.assign')
      ? [
          {
            id: 'assign',
            label: t(isAssigned(model) ? 'takeOutOfUse' : 'putIntoUse'),
            icon: isAssigned(model) ? ToggleLeft : ToggleRight,
            onSelect: () => assign(model, !isAssigned(model)),
          },
        ]
      : []),
    ...(can('provider.manage')
      ? [
          { id: 'test', label: t('testMore'), icon: Zap, onSelect: () => setTested(model) },
          { id: 'price', label: t('setPriceMore'), icon: CircleDollarSign, onSelect: () => setPricing(model) },
        ]
      : []),
    { id: 'prices', label: t('pricesMore'), icon: History, onSelect: () => setPast(model) },
  ]
  return (
    <div className="flex flex-col gap-3">
      <DataTable
        label={t('tabs.own')}
        list={list}
        columns={columns}
        rowId={(model) => model.id}
        rowName={(model) => model.name}
        rowMenu={menuOf}
        empty={
          <EmptyState icon={Boxes} title={t('noOwnModels')}>
            {t(providers.length === 0 ? 'noOwnModelsNorProviders' : 'noOwnModelsText')}
          </EmptyState>
        }
      />
      <ModelForm
        desk={desk}
        currency={currency}
        isOpen={props.isAdding}
        onClose={props.onAdded}
        providers={providers}
      />
      {pricing !== null && (
        <PriceForm key={pricing.id} desk={desk} currency={currency} model={pricing} onClose={() => setPricing(null)} />
      )}
      <Prices desk={desk} currency={currency} model={past} onClose={() => setPast(null)} />
      {tested !== null && (
        <TestCallDialog
          desk={desk}
          provider={{ id: tested.provider_id, name: tested.provider_name }}
          model={tested}
          onClose={() => setTested(null)}
        />
      )}
    </div>
  )
}

/** Puts a model into use or takes it out, with the way back. */
function useAssign(): (model: OwnModel, isOn: boolean) => void {
  const { t } = useTranslation('providers')
  const { t: words } = useTranslation('words')
  const org = useOrg()
  const client = useQueryClient()
  const set = async (model: string, isOn: boolean) => {
    const params = { path: { org, model } }
    await (isOn
      ? api.PUT('/api/orgs/{org}/own-models/{model}/assignment', { params })
      : api.DELETE('/api/orgs/{org}/own-models/{model}/assignment', { params }))
    await Promise.all(staleOf(organisationProviders(org)).map((stale) => client.invalidateQueries(stale)))
  }
  const tell = (error: unknown) => toastProblem(problemText(words, toProblem(error)))
  return ({ id, name }, isOn) => {
    const undo = { label: words('undo'), run: () => void set(id, !isOn).catch(tell) }
    void set(id, isOn).then(() => toastDone(t(isOn ? 'nowInUse' : 'nowOutOfUse', { name }), undo), tell)
  }
}

function useColumns(assigned: ReadonlySet<string> | undefined): readonly Column<OwnModel>[] {
  const { t } = useTranslation('providers')
  const { first, last } = useModelColumns(useCurrency())
  return useMemo<readonly Column<OwnModel>[]>(
    () => [
      ...first,
      {
        id: 'upstream',
        header: t('upstream'),
        width: 'minmax(140px, 1fr)',
        isSecondary: true,
        cell: (model) => <code className="font-mono text-[12px] text-fg2">{model.upstream_name}</code>,
      },
      {
        id: 'assigned',
        header: t('assigned'),
        width: 'minmax(110px, 1fr)',
        cell: (model) =>
          assigned?.has(model.id) === true ? <Badge tone="ok">{t('inUse')}</Badge> : <Badge>{t('notInUse')}</Badge>,
      },
      ...last,
    ],
    [t, first, last, assigned],
  )
}
