import { useQueryClient } from '@tanstack/react-query'
import { Boxes, Building2, CircleDollarSign, Globe, History, Power, PowerOff, Zap } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../../api/client.ts'
import { useList } from '../../api/list.ts'
import { useDeploymentCurrency } from '../../api/platform.ts'
import { toProblem } from '../../api/problem.ts'
import { type ModelChange, type PlatformModel, platformProviders, staleOf } from '../../api/provider-desk.ts'
import type { Column } from '../../components/data-table-props.ts'
import { DataTable } from '../../components/data-table.tsx'
import { problemText } from '../../components/problem-text.ts'
import { EmptyState } from '../../components/states.tsx'
import { Badge } from '../../ui/badge.tsx'
import type { MenuItem } from '../../ui/menu.tsx'
import { toastDone, toastProblem } from '../../ui/toast.tsx'
import { Assignments } from './assignments.tsx'
import { useModelColumns } from './model-columns.tsx'
import { ModelForm } from './model-form.tsx'
import { PriceForm } from './price-form.tsx'
import { Prices } from './prices.tsx'
import { platformModelsQuery, providersQuery } from './queries.ts'
import { TestCallDialog } from './test-call.tsx'

type Asked = { readonly act: 'price' | 'prices' | 'assign' | 'test'; readonly model: PlatformModel }

/** The models of the platform: who may call each, at what price. */
export function PlatformModels(props: { readonly isAdding: boolean; readonly onAdded: () => void }) {
  const { t } = useTranslation('providers')
  const list = useList(platformModelsQuery)
  const providers = useList(providersQuery(platformProviders)).rows ?? []
  const currency = useDeploymentCurrency()
  const [asked, setAsked] = useState<Asked | null>(null)
  const columns = useColumns(currency, (model) => setAsked({ act: 'assign', model }))
  const menuOf = useMenu(setAsked)
  return (
    <div className="flex flex-col gap-3">
      <DataTable
        label={t('tabs.platformModels')}
        list={list}
        columns={columns}
        rowId={(model) => model.id}
        rowName={(model) => model.name}
        rowMenu={menuOf}
        empty={
          <EmptyState icon={Boxes} title={t('noPlatformModels')}>
            {t(providers.length === 0 ? 'noOwnModelsNorProviders' : 'noPlatformModelsText')}
          </EmptyState>
        }
      />
      <ModelForm
        desk={platformProviders}
        currency={currency}
        isOpen={props.isAdding}
        onClose={props.onAdded}
        providers={providers}
      />
      <Dialogs asked={asked} currency={currency} onClose={() => setAsked(null)} />
    </div>
  )
}

function Dialogs(props: {
  readonly asked: Asked | null
  readonly currency: string | null
  readonly onClose: () => void
}) {
  const { asked, currency, onClose } = props
  const model = asked?.model ?? null
  const of = (act: Asked['act']) => (asked?.act === act ? model : null)
  const priced = of('price')
  const tested = of('test')
  return (
    <>
      {priced !== null && <PriceForm desk={platformProviders} currency={currency} model={priced} onClose={onClose} />}
      <Prices desk={platformProviders} currency={currency} model={of('prices')} onClose={onClose} />
      <Assignments model={of('assign')} onClose={onClose} />
      {tested !== null && (
        <TestCallDialog
          desk={platformProviders}
          provider={{ id: tested.provider_id, name: tested.provider_name }}
          model={tested}
          onClose={onClose}
        />
      )}
    </>
  )
}

function useMenu(ask: (asked: Asked) => void): (model: PlatformModel) => readonly MenuItem[] {
  const { t } = useTranslation('providers')
  const change = useChange()
  return (model) => {
    const isOn = model.status === 'enabled'
    return [
      { id: 'assign', label: t('assignMore'), icon: Building2, onSelect: () => ask({ act: 'assign', model }) },
      {
        id: 'global',
        label: t(model.is_global ? 'makeNamed' : 'makeGlobal'),
        icon: Globe,
        onSelect: () =>
          change(
            model,
            { is_global: !model.is_global },
            { is_global: model.is_global },
            t(model.is_global ? 'isNamed' : 'isGlobal', { name: model.name }),
          ),
      },
      { id: 'test', label: t('testMore'), icon: Zap, onSelect: () => ask({ act: 'test', model }) },
      { id: 'price', label: t('setPriceMore'), icon: CircleDollarSign, onSelect: () => ask({ act: 'price', model }) },
      { id: 'prices', label: t('pricesMore'), icon: History, onSelect: () => ask({ act: 'prices', model }) },
      {
        id: 'switch',
        label: t(isOn ? 'switchOff' : 'switchOn'),
        icon: isOn ? PowerOff : Power,
        onSelect: () =>
          change(
            model,
            { status: isOn ? 'disabled' : 'enabled' },
            { status: model.status },
            t(isOn ? 'modelIsOff' : 'modelIsOn', { name: model.name }),
          ),
      },
    ]
  }
}

/** Changes a model, with the way back. */
function useChange() {
  const { t: words } = useTranslation('words')
  const client = useQueryClient()
  const set = async (model: string, body: ModelChange) => {
    await answerOf(api.PATCH('/api/platform/models/{model}', { params: { path: { model } }, body }))
    await Promise.all(staleOf(platformProviders).map((stale) => client.invalidateQueries(stale)))
  }
  const tell = (error: unknown) => toastProblem(problemText(words, toProblem(error)))
  return ({ id }: PlatformModel, to: ModelChange, back: ModelChange, text: string) => {
    const undo = { label: words('undo'), run: () => void set(id, back).catch(tell) }
    void set(id, to).then(() => toastDone(text, undo), tell)
  }
}

function useColumns(currency: string | null, assign: (model: PlatformModel) => void): readonly Column<PlatformModel>[] {
  const { t } = useTranslation('providers')
  const { first, last } = useModelColumns(currency)
  return useMemo<readonly Column<PlatformModel>[]>(
    () => [
      ...first,
      {
        id: 'reach',
        header: t('whoMayCall'),
        width: 'minmax(150px, 1.5fr)',
        cell: (model) => (
          <button
            type="button"
            className="rounded-xs text-accent-text underline-offset-2 hover:underline"
            onClick={() => assign(model)}
          >
            {model.is_global ? t('reach.global') : t('organisationCount', { count: model.organisations })}
          </button>
        ),
      },
      {
        id: 'status',
        header: t('status'),
        width: '90px',
        cell: (model) => (
          <Badge tone={model.status === 'enabled' ? 'ok' : 'warn'}>{t(`statuses.${model.status}`)}</Badge>
        ),
      },
      ...last,
    ],
    [t, first, last, assign],
  )
}
