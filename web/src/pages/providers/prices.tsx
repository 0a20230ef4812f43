import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { OwnModel, ProviderDesk } from '../../api/provider-desk.ts'
import { useFormat } from '../../components/format.ts'
import { ErrorState, Skeleton } from '../../components/states.tsx'
import { Moment } from '../../components/time-ago.tsx'
import { Badge } from '../../ui/badge.tsx'
import { Sheet } from '../../ui/dialog.tsx'
import { pricesQuery } from './queries.ts'

const MICROS = 1_000_000
const PARTS = ['input_micros_per_mtok', 'cached_input_micros_per_mtok', 'output_micros_per_mtok'] as const

/** Every price that a model had, newest first: a charge names the version it was made by. */
export function Prices(props: {
  readonly desk: ProviderDesk
  readonly currency: string | null
  readonly model: OwnModel | null
  readonly onClose: () => void
}) {
  const { t } = useTranslation('providers')
  const { model } = props
  return (
    <Sheet
      isOpen={model !== null}
      onClose={props.onClose}
      title={t('pricesTitle', { name: model?.name ?? '' })}
      description={t('pricesText')}
    >
      {model !== null && <PriceTable {...props} model={model} />}
    </Sheet>
  )
}

function PriceTable(props: {
  readonly desk: ProviderDesk
  readonly currency: string | null
  readonly model: OwnModel
}) {
  const { t } = useTranslation('providers')
  const format = useFormat()
  const { currency } = props
  const { data, error, refetch } = useQuery(pricesQuery(props.desk, props.model.id))
  if (data === undefined) {
    return error === null ? <Skeleton lines={4} /> : <ErrorState error={error} onRetry={() => void refetch()} />
  }
  const write = (micros: number) =>
    currency === null ? format.number(micros / MICROS) : format.money(micros, currency)
  return (
    <ol className="flex flex-col divide-y rounded-lg border">
      {data.items.map((price, index) => (
        <li key={price.version} className="flex flex-col gap-2 px-3 py-2.5">
          <p className="flex flex-wrap items-center gap-2">
            <span className="font-medium">{t('versionOf', { version: price.version })}</span>
            {index === 0 && <Badge tone="ok">{t('inForce')}</Badge>}
            <span className="ms-auto text-fg3">
              <Moment at={price.created_at} />
            </span>
          </p>
          <dl className="grid grid-cols-3 gap-2">
            {PARTS.map((part) => (
              <div key={part}>
                <dt className="meta text-fg3">{t(`parts.${part}`)}</dt>
                <dd className="tabular-nums">{write(price[part])}</dd>
              </div>
            ))}
          </dl>
        </li>
      ))}
    </ol>
  )
}
