import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { type ModelDraft, type OwnModel, type Provider, type ProviderDesk, staleOf } from '../api/provider-desk.ts'
import { TextField } from '../ui/field.tsx'
import { NumberField } from '../ui/number-field.tsx'
import { RadioCards } from '../ui/radio-cards.tsx'
import { SelectField } from '../ui/select.tsx'
import { type FormState, useForm } from './form.tsx'
import { NO_PRICE, type PriceDraft, PriceFields, priceMistakes, priceOf } from './price-fields.tsx'

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
  readonly is_global: boolean
}

const EMPTY: Draft = {
  ...NO_PRICE,
  provider_id: NONE,
  name: '',
  upstream_name: '',
  default_output_tokens: USUAL_OUTPUT,
  max_output_tokens: USUAL_MOST,
  is_global: true,
}

/** The form of a new model with its first price. Of the platform's, it is said who may call it. */
export function useModelForm(
  desk: ProviderDesk,
  providers: readonly Provider[],
  onDone: (model: OwnModel) => void,
): ModelForm {
  const { t } = useTranslation('providers')
  const client = useQueryClient()
  const first = providers[0]?.id ?? NONE
  const providerOf = ({ provider_id }: Draft) => (provider_id === NONE ? first : provider_id)
  const form = useForm({
    initial: EMPTY,
    check: (draft) => ({
      ...priceMistakes(draft, t('priceMissing')),
      ...(providerOf(draft) === NONE && { provider_id: t('providerMissing') }),
      ...(!NAME.test(draft.name.trim()) && { name: t('modelNameMissing') }),
    }),
    send: (draft) => desk.addModel(bodyOf(draft, providerOf(draft), desk.org === null)),
    onDone(added) {
      form.reset(EMPTY)
      for (const stale of staleOf(desk)) void client.invalidateQueries(stale)
      onDone(added)
    },
  })
  return { ...form, provider_id: providerOf(form.values) }
}

export type ModelForm = FormState<Draft> & { readonly provider_id: string }

function bodyOf(draft: Draft, provider_id: string, isPlatform: boolean): ModelDraft {
  const { default_output_tokens, max_output_tokens } = draft
  return {
    provider_id,
    name: draft.name.trim(),
    price: priceOf(draft),
    ...(draft.upstream_name.trim() !== '' && { upstream_name: draft.upstream_name.trim() }),
    ...(default_output_tokens !== null && { default_output_tokens }),
    ...(max_output_tokens !== null && { max_output_tokens }),
    ...(isPlatform && { is_global: draft.is_global }),
  }
}

/** Whose it is, what it is called, its bounds, who may call it, and its price. */
export function ModelFields(props: {
  readonly form: ModelForm
  readonly providers: readonly Provider[]
  readonly currency: string | null
  readonly isPlatform: boolean
}) {
  const { t } = useTranslation('providers')
  const { form, providers } = props
  return (
    <>
      <SelectField
        label={t('provider')}
        value={form.provider_id}
        options={
          providers.length === 0
            ? [{ value: NONE, label: t('noProviders') }]
            : providers.map(({ id, name }) => ({ value: id, label: name }))
        }
        onChange={(provider_id) => form.set('provider_id', provider_id)}
        error={form.errorOf('provider_id')}
      />
      <NameAndBounds form={form} />
      {props.isPlatform && <Reach form={form} />}
      <PriceFields form={form} currency={props.currency} />
    </>
  )
}

function NameAndBounds({ form }: { readonly form: FormState<Draft> }) {
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

function Reach({ form }: { readonly form: FormState<Draft> }) {
  const { t } = useTranslation('providers')
  return (
    <RadioCards
      label={t('whoMayCall')}
      value={form.values.is_global ? 'global' : 'named'}
      options={(['global', 'named'] as const).map((value) => ({
        value,
        label: t(`reach.${value}`),
        hint: t(`reachHint.${value}`),
      }))}
      onChange={(value) => form.set('is_global', value === 'global')}
    />
  )
}
