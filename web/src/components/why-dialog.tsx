import { useTranslation } from 'react-i18next'
import { TextAreaField } from '../ui/field.tsx'
import { FormDialog } from './form-dialog.tsx'
import { useForm } from './form.tsx'

export type WhyAct = 'return' | 'reject'

/** Asks why drafts are returned or rejected; whoever asked for them reads it. */
export function WhyDialog<Result>(props: {
  readonly act: WhyAct
  readonly isOpen: boolean
  readonly title: string
  readonly text: string
  readonly submitLabel: string
  readonly onClose: () => void
  readonly send: (why: string) => Promise<Result>
  readonly onDone: (result: Result) => void
}) {
  const { t } = useTranslation('approvals')
  const { act } = props
  const form = useForm({
    initial: { why: '' },
    check: ({ why }) => (why.trim() === '' ? { why: t(`why.${act}.missing`) } : {}),
    send: ({ why }) => props.send(why.trim()),
    onDone(result) {
      form.reset({ why: '' })
      props.onClose()
      props.onDone(result)
    },
  })
  return (
    <FormDialog
      form={form}
      isOpen={props.isOpen}
      onClose={props.onClose}
      title={props.title}
      description={props.text}
      submitLabel={props.submitLabel}
      isDangerous={act === 'reject'}
    >
      <TextAreaField
        label={t(`why.${act}.label`)}
        rows={5}
        value={form.values.why}
        onChange={(why) => form.set('why', why)}
        error={form.errorOf('why')}
      />
    </FormDialog>
  )
}
