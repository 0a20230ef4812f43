import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Price } from '../../api/provider-desk.ts'
import { walletQuery } from '../../api/wallet.ts'
import { useFormat } from '../../components/format.ts'
import { useAccess, useOrg } from '../../session/facts.ts'
import { Tooltip } from '../../ui/tooltip.tsx'

/** The one currency of the deployment, for those who see costs; others see plain figures. */
export function useCurrency(): string | null {
  const { can } = useAccess()
  const { data } = useQuery({ ...walletQuery(useOrg()), enabled: can('billing.view') })
  return data?.currency ?? null
}

const MICROS = 1_000_000

/** What a million tokens cost, in and out; the price of cached input on demand. */
export function PriceCell(props: {
  readonly price: Price
  readonly version: number
  readonly currency: string | null
}) {
  const { price, version, currency } = props
  const { t } = useTranslation('providers')
  const format = useFormat()
  const write = (micros: number) =>
    currency === null ? format.number(micros / MICROS) : format.money(micros, currency)
  const cached = write(price.cached_input_micros_per_mtok)
  return (
    <Tooltip text={t('priceHint', { cached, version })}>
      <span tabIndex={0} className="whitespace-nowrap tabular-nums">
        {t('inOut', { input: write(price.input_micros_per_mtok), output: write(price.output_micros_per_mtok) })}
      </span>
    </Tooltip>
  )
}
