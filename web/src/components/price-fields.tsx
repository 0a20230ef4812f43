import { useTranslation } from 'react-i18next'
import type { Price } from '../api/provider-desk.ts'
import type { Mistakes } from './form.tsx'
import { MoneyField } from '../ui/number-field.tsx'

const PRICE_PARTS = [
  'input_micros_per_mtok',
  'cached_input_micros_per_mtok',
  'output_micros_per_mtok',
] as const satisfies readonly (keyof Price)[]

/** A price that is being typed. */
export type PriceDraft = { readonly [Part in keyof Price]: number | null }

export const NO_PRICE: PriceDraft = {
  input_micros_per_mtok: null,
  cached_input_micros_per_mtok: null,
  output_micros_per_mtok: null,
}

/** The price, once each part was typed; cached input costs as much as input if it is left out. */
export function priceOf(draft: PriceDraft): Price {
  const input = draft.input_micros_per_mtok ?? 0
  return {
    input_micros_per_mtok: input,
    cached_input_micros_per_mtok: draft.cached_input_micros_per_mtok ?? input,
    output_micros_per_mtok: draft.output_micros_per_mtok ?? 0,
  }
}

export const priceMistakes = (draft: PriceDraft, missing: string): Mistakes<PriceDraft> => ({
  ...(draft.input_micros_per_mtok === null && { input_micros_per_mtok: missing }),
  ...(draft.output_micros_per_mtok === null && { output_micros_per_mtok: missing }),
})

/** The part of a form that is about a price. */
type PriceForm = {
  readonly values: PriceDraft
  readonly set: (part: keyof PriceDraft, value: number | null) => void
  readonly errorOf: (part: keyof PriceDraft) => string | null
}

/** What a million tokens cost: in, in again from the provider's cache, and out. */
export function PriceFields({ form, currency }: { readonly form: PriceForm; readonly currency: string | null }) {
  const { t } = useTranslation('providers')
  return (
    <fieldset className="flex flex-col gap-4">
      <legend className="mb-2 font-medium">{t('pricePerMillion')}</legend>
      {PRICE_PARTS.map((part) => (
        <MoneyField
          key={part}
          label={t(`parts.${part}`)}
          {...(part === 'cached_input_micros_per_mtok' && { hint: t('cachedHint') })}
          currency={currency ?? ''}
          value_micros={form.values[part]}
          onChange={(value) => form.set(part, value)}
          error={form.errorOf(part)}
        />
      ))}
    </fieldset>
  )
}
