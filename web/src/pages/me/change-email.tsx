import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../../api/client.ts'
import { FormDialog } from '../../components/form-dialog.tsx'
import { type Mistakes, useForm } from '../../components/form.tsx'
import { TextField } from '../../ui/field.tsx'
import { toastDone } from '../../ui/toast.tsx'

const EMPTY = { email: '', current_password: '' }

/** Asks for another address; it counts once its mailbox has confirmed it. */
export function ChangeEmail({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) {
  const { t } = useTranslation('me')
  const form = useForm({
    initial: EMPTY,
    check: (values): Mistakes<typeof EMPTY> => ({
      ...(!values.email.includes('@') && { email: t('emailMissing') }),
      ...(values.current_password === '' && { current_password: t('currentMissing') }),
    }),
    send: (body) => answerOf(api.POST('/api/me/email', { body })),
    onDone(_, { email }) {
      form.reset(EMPTY)
      onClose()
      toastDone(t('emailSent', { email }))
    },
  })
  return (
    <FormDialog
      form={form}
      isOpen={isOpen}
      onClose={onClose}
      title={t('changeEmailTitle')}
      description={t('changeEmailText')}
      submitLabel={t('changeEmailTitle')}
    >
      <TextField
        label={t('newEmail')}
        type="email"
        inputMode="email"
        value={form.values.email}
        onChange={(value) => form.set('email', value)}
        error={form.errorOf('email')}
      />
      <TextField
        label={t('currentPassword')}
        type="password"
        autoComplete="current-password"
        value={form.values.current_password}
        onChange={(value) => form.set('current_password', value)}
        error={form.errorOf('current_password')}
      />
    </FormDialog>
  )
}
