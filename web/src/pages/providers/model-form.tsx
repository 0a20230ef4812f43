import { useTranslation } from 'react-i18next'
import type { Provider, ProviderDesk } from '../../api/provider-desk.ts'
import { FormDialog } from '../../components/form-dialog.tsx'
import { ModelFields, useModelForm } from '../../components/model-fields.tsx'
import { toastDone } from '../../ui/toast.tsx'

/** Adds a model to one of the providers, with its first price. */
export function ModelForm(props: {
  readonly desk: ProviderDesk
  readonly currency: string | null
  readonly isOpen: boolean
  readonly onClose: () => void
  readonly providers: readonly Provider[]
}) {
  const { t } = useTranslation('providers')
  const { currency, desk, providers } = props
  const isPlatform = desk.org === null
  const form = useModelForm(desk, providers, ({ name }) => {
    props.onClose()
    toastDone(t('modelAdded', { name }))
  })
  return (
    <FormDialog
      form={form}
      isOpen={props.isOpen}
      onClose={props.onClose}
      title={t('addModel')}
      description={t(isPlatform ? 'addPlatformModelText' : 'addModelText')}
      submitLabel={t('addModel')}
      isSheet
    >
      <ModelFields form={form} providers={providers} currency={currency} isPlatform={isPlatform} />
    </FormDialog>
  )
}
