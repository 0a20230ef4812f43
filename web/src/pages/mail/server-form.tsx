import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../../api/client.ts'
import { FormDialog } from '../../components/form-dialog.tsx'
import { type Mistakes, useForm } from '../../components/form.tsx'
import { TextField } from '../../ui/field.tsx'
import { NumberField } from '../../ui/number-field.tsx'
import { SelectField } from '../../ui/select.tsx'
import { toastDone } from '../../ui/toast.tsx'
import { type MailServer, mailServerKey } from './queries.ts'

const SECURITIES = ['starttls', 'tls', 'none'] as const
const MAX_PORT = 65_535

type Values = {
  readonly host: string
  readonly port: number | null
  readonly security: (typeof SECURITIES)[number]
  readonly user_name: string
  readonly from_address: string
}
const EMPTY: Values = { host: '', port: 587, security: 'starttls', user_name: '', from_address: '' }

const valuesOf = ({ host, port, security, user_name, from_address }: MailServer): Values => ({
  host,
  port,
  security,
  from_address,
  user_name: user_name ?? '',
})

/** Where mail is handed to; its password is set apart. */
export function ServerForm({ server, onClose }: { readonly server: MailServer | null; readonly onClose: () => void }) {
  const { t } = useTranslation('mail')
  const client = useQueryClient()
  const form = useForm({
    initial: server === null ? EMPTY : valuesOf(server),
    check: (values): Mistakes<Values> => ({
      ...(values.host.trim() === '' && { host: t('hostMissing') }),
      ...(values.port === null && { port: t('portMissing') }),
      ...(!values.from_address.includes('@') && { from_address: t('addressMissing') }),
    }),
    send: ({ port, user_name, ...body }) =>
      answerOf(
        api.PUT('/api/platform/mail-server', {
          body: { ...body, port: port ?? 0, user_name: user_name.trim() === '' ? null : user_name },
        }),
      ),
    onDone() {
      onClose()
      toastDone(t('serverSaved'))
      void client.invalidateQueries({ queryKey: mailServerKey })
    },
  })
  const { values } = form
  return (
    <FormDialog form={form} isOpen onClose={onClose} title={t('server')} submitLabel={t('saveServer')}>
      <TextField
        label={t('host')}
        value={values.host}
        onChange={(value) => form.set('host', value)}
        error={form.errorOf('host')}
      />
      <NumberField
        label={t('port')}
        min={1}
        max={MAX_PORT}
        format={{ useGrouping: false }}
        value={values.port}
        onChange={(value) => form.set('port', value)}
        error={form.errorOf('port')}
      />
      <SelectField
        label={t('security')}
        value={values.security}
        options={SECURITIES.map((value) => ({ value, label: t(`securities.${value}`) }))}
        onChange={(value) => form.set('security', value)}
      />
      <TextField
        label={t('from')}
        type="email"
        value={values.from_address}
        onChange={(value) => form.set('from_address', value)}
        error={form.errorOf('from_address')}
      />
      <TextField
        label={t('userName')}
        hint={t('userNameHint')}
        value={values.user_name}
        onChange={(value) => form.set('user_name', value)}
        error={form.errorOf('user_name')}
      />
    </FormDialog>
  )
}
