import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { FormDialog } from '../../components/form-dialog.tsx'
import { useForm } from '../../components/form.tsx'
import { RadioCards } from '../../ui/radio-cards.tsx'
import { PRESETS, type SsoDesk } from './desk.ts'
import { draftOf, NO_PROVIDER, ProviderFields, providerMistakes } from './provider-fields.tsx'

/** Makes a connection as a draft and leads to the steps that follow. Nobody comes in through it yet. */
export function NewConnection(props: {
  readonly desk: SsoDesk
  readonly isOpen: boolean
  readonly onClose: () => void
}) {
  const { t } = useTranslation('sso')
  const { desk } = props
  const client = useQueryClient()
  const router = useRouter()
  const form = useForm({
    initial: NO_PROVIDER,
    check: (values) => providerMistakes(t, values),
    send: (values) => desk.create(draftOf(values)),
    onDone({ id }) {
      form.reset(NO_PROVIDER)
      void client.invalidateQueries({ queryKey: [...desk.key] })
      router.history.push(`${desk.home}/${id}?step=secret`)
    },
  })
  return (
    <FormDialog
      form={form}
      isOpen={props.isOpen}
      onClose={props.onClose}
      title={t('add')}
      description={t('addText')}
      submitLabel={t('add')}
      isSheet
    >
      <RadioCards
        label={t('provider')}
        columns={2}
        value={form.values.preset}
        onChange={(preset) => form.set('preset', preset)}
        options={PRESETS.map((value) => ({ value, label: t(`preset.${value}`), hint: t(`presetHint.${value}`) }))}
      />
      <ProviderFields form={form} />
    </FormDialog>
  )
}
