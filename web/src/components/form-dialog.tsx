import { type ReactNode, useId } from 'react'
import { useTranslation } from 'react-i18next'
import { useViewingReason } from '../session/use-viewing.ts'
import { Button } from '../ui/button.tsx'
import { Dialog, Sheet } from '../ui/dialog.tsx'
import { Form, type FormState, useLeaveGuard } from './form.tsx'

/** A form in a dialog (short) or a sheet (long). Esc, backdrop and Cancel ask before changes are lost. */
export function FormDialog<Values extends object>(props: {
  readonly form: FormState<Values>
  readonly isOpen: boolean
  readonly onClose: () => void
  readonly title: string
  readonly description?: ReactNode
  /** A verb and its object, such as "Add person". */
  readonly submitLabel: string
  readonly isSheet?: boolean
  readonly isDangerous?: boolean
  readonly children: ReactNode
}) {
  const { form } = props
  const { t } = useTranslation('words')
  const viewingReason = useViewingReason()
  const id = useId()
  const guard = useLeaveGuard(props.isOpen && form.isDirty)
  const close = () =>
    guard.leave(() => {
      form.reset()
      props.onClose()
    })
  const Panel = props.isSheet === true ? Sheet : Dialog
  return (
    <>
      <Panel
        isOpen={props.isOpen}
        onClose={close}
        title={props.title}
        description={props.description}
        footer={
          <>
            <Button onClick={close}>{t('cancel')}</Button>
            <Button
              variant={props.isDangerous === true ? 'danger' : 'primary'}
              type="submit"
              form={id}
              isBusy={form.isBusy}
              disabledReason={viewingReason}
            >
              {props.submitLabel}
            </Button>
          </>
        }
      >
        <Form form={form} id={id}>
          {props.children}
        </Form>
      </Panel>
      {guard.question}
    </>
  )
}
