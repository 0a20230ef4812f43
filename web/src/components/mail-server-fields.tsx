import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../api/client.ts'
import { type MailServer, mailServerKey } from '../api/mail.ts'
import { TextField } from '../ui/field.tsx'
import { NumberField } from '../ui/number-field.tsx'
import { SelectField } from '../ui/select.tsx'
import { type FormState, type Mistakes, useForm } from './form.tsx'

const SECURITIES = ['starttls', 'tls', 'none'] as const
const MAX_PORT = 65_535

export type MailServerDraft = {
  readonly host: string
  readonly port: number | null
  readonly security: (typeof SECURITIES)[number]
  readonly user_name: string
  readonly from_address: string
}
const EMPTY: MailServerDraft = { host: '', port: 587, security: 'starttls', user_name: '', from_address: '' }

const valuesOf = ({ host, port, security, user_name, from_address }: MailServer): MailServerDraft => ({
  host,
  port,
  security,
  from_address,
  user_name: user_name ?? '',
})

/** The form of the server that mail is handed to; its password is set apart. */
export function useMailServerForm(server: MailServer | null, onDone: () => void): FormState<MailServerDraft> {
  const { t } = useTranslation('mail')
  const client = useQueryClient()
  return useForm({
    initial: server === null ? EMPTY : valuesOf(server),
    check: (values): Mistakes<MailServerDraft> => ({
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
      void client.invalidateQueries({ queryKey: mailServerKey })
      void client.invalidateQueries({ queryKey: ['platform', 'overview'] })
      onDone()
    },
  })
}

/** Where the server is, how it is spoken to, and as whom. */
export function MailServerFields({ form }: { readonly form: FormState<MailServerDraft> }) {
  const { t } = useTranslation('mail')
  const { values } = form
  return (
    <>
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
    </>
  )
}
