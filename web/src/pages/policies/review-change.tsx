import { useTranslation } from 'react-i18next'
import { FormDialog } from '../../components/form-dialog.tsx'
import { useForm } from '../../components/form.tsx'
import { TextAreaField } from '../../ui/field.tsx'
import { documentOf, type Values, withoutUnset } from './policy-document.ts'
import type { Policy, PolicyLevel } from '../../api/policy.ts'
import { Changes } from './versions.tsx'

/** As many as the server takes. */
const MOST_CHARACTERS = 500

/** What is about to change, and why: asked before a version is put in force. */
export function ReviewChange(props: {
  readonly level: PolicyLevel
  readonly policy: Policy
  readonly values: Values
  /** What was said before, where it was refused. */
  readonly reason: string
  readonly onClose: () => void
  readonly onSaid: (reason: string) => void
}) {
  const { t } = useTranslation('policies')
  const { level, policy, values, onClose } = props
  const isBaseline = level.org === null
  const form = useForm({
    initial: { reason: props.reason },
    check({ reason }) {
      const { length } = reason.trim()
      if (length === 0) return { reason: t('review.missing') }
      return length > MOST_CHARACTERS ? { reason: t('review.tooLong', { count: length - MOST_CHARACTERS }) } : {}
    },
    send: async ({ reason }) => reason.trim(),
    onDone(reason) {
      onClose()
      props.onSaid(reason)
    },
  })
  return (
    <FormDialog
      form={form}
      isOpen
      onClose={onClose}
      title={t('review.title', { version: policy.version + 1 })}
      description={t(isBaseline ? 'review.textBaseline' : 'review.text')}
      submitLabel={t(isBaseline ? 'saveBaseline' : 'save')}
    >
      <Changes
        now={withoutUnset(values)}
        then={withoutUnset(documentOf(policy))}
        unset={t(isBaseline ? 'asDefault' : 'inherit')}
      />
      <TextAreaField
        label={t('review.reason')}
        hint={t('review.hint')}
        rows={3}
        value={form.values.reason}
        onChange={(reason) => form.set('reason', reason)}
        error={form.errorOf('reason')}
      />
    </FormDialog>
  )
}
