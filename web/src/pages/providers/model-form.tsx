import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../../api/client.ts'
import { FormDialog } from '../../components/form-dialog.tsx'
import { type FormState, useForm } from '../../components/form.tsx'
import { useOrg } from '../../session/facts.ts'
import { TextField } from '../../ui/field.tsx'
import { NumberField } from '../../ui/number-field.tsx'
import { SelectField } from '../../ui/select.tsx'
import { toastDone } from '../../ui/toast.tsx'
import { NO_PRICE, type PriceDraft, PriceFields, priceMistakes, priceOf } from './price-fields.tsx'
import { type Provider, STALE } from './queries.ts'

const NONE = 'none'
const NAME = /^[\x21-\x7e]+$/
const USUAL_OUTPUT = 4096
const USUAL_MOST = 32_768

type Draft = PriceDraft & {
  readonly provider_id: string
  readonly name: string
  readonly upstream_name: string
  readonly default_output_tokens: number | null
  readonly max_output_tokens: number | null
}

const EMPTY: Draft = {
  ...NO_PRICE,
  provider_id: NONE,
  name: '',
  upstream_name: '',
  default_output_tokens: USUAL_OUTPUT,
  max_output_tokens: USUAL_MOST,
}

/** Adds a model to one of the organisation's providers, with its first price. */
export function ModelForm(props: {
  readonly isOpen: boolean
  readonly onClose: () => void
  readonly providers: readonly Provider[]
}) {
  const { t } = useTranslation('providers')
  const org = useOrg()
  const client = useQueryClient()
  const first = props.providers[0]?.id ?? NONE
  const providerOf = ({ provider_id }: Draft) => (provider_id === NONE ? first : provider_id)
  const form = useForm({
    initial: EMPTY,
    check: (draft) => ({
      ...priceMistakes(draft, t('priceMissing')),
      ...(providerOf(draft) === NONE && { provider_id: t('providerMissing') }),
      ...(!NAME.test(draft.name.trim()) && { name: t('modelNameMissing') }),
    }),
    send: (draft) => {
      const { default_output_tokens, max_output_tokens } = draft
      const body = {
        provider_id: providerOf(draft),
        name: draft.name.trim(),
        price: priceOf(draft),
        ...(draft.upstream_name.trim() !== '' && { upstream_name: draft.upstream_name.trim() }),
        ...(default_output_tokens !== null && { default_output_tokens }),
        ...(max_output_tokens !== null && { max_output_tokens }),
      }
      return answerOf(api.POST('/api/orgs/{org}/own-models', { params: { path: { org } }, body }))
    },
    onDone({ name }) {
      form.reset(EMPTY)
      props.onClose()
      toastDone(t('modelAdded', { name }))
      for (const stale of STALE(org)) void client.invalidateQueries(stale)
    },
  })
  return (
    <FormDialog
      form={form}
      isOpen={props.isOpen}
      onClose={props.onClose}
      title={t('addModel')}
      description={t('addModelText')}
      submitLabel={t('addModel')}
      isSheet
    >
      <SelectField
        label={t('provider')}
        value={providerOf(form.values)}
        options={
          first === NONE
            ? [{ value: NONE, label: t('noProviders') }]
            : props.providers.map(({ id, name }) => ({ value: id, label: name }))
        }
        onChange={(provider_id) => form.set('provider_id', provider_id)}
        error={form.errorOf('provider_id')}
      />
      <ModelFields form={form} />
      <PriceFields form={form} />
    </FormDialog>
  )
}

function ModelFields({ form }: { readonly form: FormState<Draft> }) {
  const { t } = useTranslation('providers')
  return (
    <>
      <TextField
        label={t('model')}
        hint={t('modelNameHint')}
        isMono
        value={form.values.name}
        onChange={(name) => form.set('name', name)}
        error={form.errorOf('name')}
      />
      <TextField
        label={t('upstream')}
        note={t('ifOther')}
        isMono
        value={form.values.upstream_name}
        onChange={(name) => form.set('upstream_name', name)}
        error={form.errorOf('upstream_name')}
      />
      <NumberField
        label={t('usualOutput')}
        hint={t('usualOutputHint')}
        min={1}
        value={form.values.default_output_tokens}
        onChange={(value) => form.set('default_output_tokens', value)}
        error={form.errorOf('default_output_tokens')}
      />
      <NumberField
        label={t('mostOutput')}
        min={1}
        value={form.values.max_output_tokens}
        onChange={(value) => form.set('max_output_tokens', value)}
        error={form.errorOf('max_output_tokens')}
      />
    </>
  )
}
