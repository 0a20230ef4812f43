import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { type OwnModel, type ProviderDesk, staleOf } from '../../api/provider-desk.ts'
import { FormDialog } from '../../components/form-dialog.tsx'
import { useForm } from '../../components/form.tsx'
import { toastDone } from '../../ui/toast.tsx'
import { type PriceDraft, PriceFields, priceMistakes, priceOf } from '../../components/price-fields.tsx'

/** Puts a new price version in force; calls before it keep theirs. */
export function PriceForm(props: {
  readonly desk: ProviderDesk
  readonly model: OwnModel
  readonly currency: string | null
  readonly onClose: () => void
}) {
  const { desk, model, onClose } = props
  const { t } = useTranslation('providers')
  const client = useQueryClient()
  const initial: PriceDraft = {
    input_micros_per_mtok: model.input_micros_per_mtok,
    cached_input_micros_per_mtok: model.cached_input_micros_per_mtok,
    output_micros_per_mtok: model.output_micros_per_mtok,
  }
  const form = useForm({
    initial,
    check: (draft) => priceMistakes(draft, t('priceMissing')),
    send: (draft) => desk.setPrice(model.id, priceOf(draft)),
    onDone({ price_version, name }) {
      onClose()
      toastDone(t('priced', { name, version: price_version }))
      for (const stale of staleOf(desk)) void client.invalidateQueries(stale)
    },
  })
  return (
    <FormDialog
      form={form}
      isOpen
      onClose={onClose}
      title={t('setPriceTitle', { name: model.name })}
      description={t('setPriceText', { version: model.price_version })}
      submitLabel={t('setPrice')}
    >
      <PriceFields form={form} currency={props.currency} />
    </FormDialog>
  )
}
