import { useTranslation } from 'react-i18next'
import type { MailServer } from '../../api/mail.ts'
import { FormDialog } from '../../components/form-dialog.tsx'
import { MailServerFields, useMailServerForm } from '../../components/mail-server-fields.tsx'
import { toastDone } from '../../ui/toast.tsx'

/** Where mail is handed to; its password is set apart. */
export function ServerForm({ server, onClose }: { readonly server: MailServer | null; readonly onClose: () => void }) {
  const { t } = useTranslation('mail')
  const form = useMailServerForm(server, () => {
    onClose()
    toastDone(t('serverSaved'))
  })
  return (
    <FormDialog form={form} isOpen onClose={onClose} title={t('server')} submitLabel={t('saveServer')}>
      <MailServerFields form={form} />
    </FormDialog>
  )
}
