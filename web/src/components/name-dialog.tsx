import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { TextField } from '../ui/field.tsx'
import { FormDialog } from './form-dialog.tsx'
import { useForm } from './form.tsx'

/** Asks for the name of a thing that is made or renamed. */
export function NameDialog<Result>(props: {
  readonly isOpen: boolean
  readonly onClose: () => void
  readonly title: string
  readonly text?: ReactNode
  readonly initial?: string
  /** A verb and its object. */
  readonly submitLabel: string
  readonly send: (name: string) => Promise<Result>
  readonly onDone: (result: Result, name: string) => void
}) {
  const { t } = useTranslation('words')
  const initial = { name: props.initial ?? '' }
  const form = useForm({
    initial,
    check: ({ name }) => (name.trim() === '' ? { name: t('nameMissing') } : {}),
    send: ({ name }) => props.send(name.trim()),
    onDone(result, { name }) {
      form.reset(props.initial === undefined ? initial : { name })
      props.onClose()
      props.onDone(result, name.trim())
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
    >
      <TextField
        label={t('name')}
        value={form.values.name}
        onChange={(name) => form.set('name', name)}
        error={form.errorOf('name')}
        maxLength={200}
      />
    </FormDialog>
  )
}
