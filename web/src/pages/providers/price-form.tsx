import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../../api/client.ts'
import { FormDialog } from '../../components/form-dialog.tsx'
import { useForm } from '../../components/form.tsx'
import { useOrg } from '../../session/facts.ts'
import { toastDone } from '../../ui/toast.tsx'
import { type PriceDraft, PriceFields, priceMistakes, priceOf } from './price-fields.tsx'
import { type OwnModel, STALE } from './queries.ts'

/** Puts a new price version in force; calls before it keep theirs. */
export function PriceForm({ model, onClose }: { readonly model: OwnModel; readonly onClose: () => void }) {
  const { t } = useTranslation('providers')
  const org = useOrg()
  const client = useQueryClient()
  const initial: PriceDraft = {
    input_micros_per_mtok: model.input_micros_per_mtok,
    cached_input_micros_per_mtok: model.cached_input_micros_per_mtok,
    output_micros_per_mtok: model.output_micros_per_mtok,
  }
  const form = useForm({
    initial,
    check: (draft) => priceMistakes(draft, t('priceMissing')),
    send: (draft) => {
      const params = { path: { org, model: model.id } }
      return answerOf(api.POST('/api/orgs/{org}/own-models/{model}/prices', { params, body: priceOf(draft) }))
    },
    onDone({ price_version, name }) {
      onClose()
      toastDone(t('priced', { name, version: price_version }))
      for (const stale of STALE(org)) void client.invalidateQueries(stale)
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
      <PriceFields form={form} />
    </FormDialog>
  )
}
