import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Price } from '../../api/provider-desk.ts'
import type { Column } from '../../components/data-table-props.ts'
import { Tokens } from '../../components/figures.tsx'
import { PriceCell } from './price-cell.tsx'

type Listed = Price & {
  readonly name: string
  readonly provider_name: string
  readonly max_output_tokens: number
  readonly price_version: number
}

type ModelColumns = {
  /** What it is and whose. */
  readonly first: readonly Column<Listed>[]
  /** How much it may answer, and for what. */
  readonly last: readonly Column<Listed>[]
}

/** What every table of models tells, whoever looks; each puts its own between the two. */
export function useModelColumns(currency: string | null): ModelColumns {
  const { t } = useTranslation('providers')
  return useMemo(
    () => ({
      first: [
        {
          id: 'name',
          orderBy: ({ name }) => name,
          header: t('model'),
          width: 'minmax(170px, 2fr)',
          cell: ({ name }) => <code className="font-mono text-[12px] font-medium">{name}</code>,
        },
        {
          id: 'provider',
          orderBy: ({ provider_name }) => provider_name,
          header: t('provider'),
          width: 'minmax(140px, 2fr)',
          cell: ({ provider_name }) => provider_name,
        },
      ],
      last: [
        {
          id: 'output',
          orderBy: ({ max_output_tokens }) => max_output_tokens,
          header: t('mostOutput'),
          width: 'minmax(150px, 1fr)',
          isNumber: true,
          isSecondary: true,
          cell: ({ max_output_tokens }) => <Tokens count={max_output_tokens} />,
        },
        {
          id: 'price',
          header: t('price'),
          width: 'minmax(170px, 1fr)',
          isNumber: true,
          cell: (model) => <PriceCell price={model} version={model.price_version} currency={currency} />,
        },
        {
          id: 'version',
          header: t('version'),
          width: '80px',
          isNumber: true,
          isSecondary: true,
          cell: ({ price_version }) => price_version,
        },
      ],
    }),
    [t, currency],
  )
}
