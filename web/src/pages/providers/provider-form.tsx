import { useTranslation } from 'react-i18next'
import type { Provider, ProviderDesk } from '../../api/provider-desk.ts'
import { FormDialog } from '../../components/form-dialog.tsx'
import { ProviderFields, useProviderForm } from '../../components/provider-fields.tsx'
import { toastDone } from '../../ui/toast.tsx'

/** Adds a provider, with its key if it is at hand, or changes one. */
export function ProviderForm(props: {
  readonly desk: ProviderDesk
  readonly isOpen: boolean
  readonly onClose: () => void
  readonly provider?: Provider
}) {
  const { t } = useTranslation('providers')
  const provider = props.provider ?? null
  const form = useProviderForm(props.desk, provider, ({ name }) => {
    props.onClose()
    toastDone(t(provider === null ? 'added_' : 'saved_', { name }))
  })
  return (
    <FormDialog
      form={form}
      isOpen={props.isOpen}
      onClose={props.onClose}
      title={provider === null ? t('addProvider') : t('editTitle', { name: provider.name })}
      {...(provider === null && { description: t('addProviderText') })}
      submitLabel={t(provider === null ? 'addProvider' : 'saveProvider')}
    >
      <ProviderFields form={form} isNew={provider === null} />
    </FormDialog>
  )
}
