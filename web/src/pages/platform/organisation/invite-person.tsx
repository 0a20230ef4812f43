import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../../../api/client.ts'
import type { PlatformOrganisation } from '../../../api/platform.ts'
import { FormDialog } from '../../../components/form-dialog.tsx'
import { useForm } from '../../../components/form.tsx'
import { ShownOnce } from '../../../components/shown-once.tsx'
import { TextField } from '../../../ui/field.tsx'
import { SelectField } from '../../../ui/select.tsx'
import { toastDone } from '../../../ui/toast.tsx'

const ROLES = ['org_owner', 'org_admin', 'org_member', 'end_user'] as const
const EMPTY: { readonly email: string; readonly role: (typeof ROLES)[number] } = { email: '', role: 'org_owner' }

/** The super-admin's invitation: the only one that names a role. */
export function InvitePerson(props: {
  readonly organisation: PlatformOrganisation
  readonly isOpen: boolean
  readonly onClose: () => void
}) {
  const { t } = useTranslation('platform')
  const [link, setLink] = useState<string | null>(null)
  const { id, name } = props.organisation
  const form = useForm({
    initial: EMPTY,
    check: ({ email }) => (email.includes('@') ? {} : { email: t('invite.emailMissing') }),
    send: ({ email, role }) =>
      answerOf(
        api.POST('/api/platform/organisations/{organisation}/invitations', {
          params: { path: { organisation: id } },
          body: { email: email.trim(), role },
        }),
      ),
    onDone(invitation) {
      form.reset(EMPTY)
      props.onClose()
      setLink(invitation.link)
      toastDone(t('invite.done', { email: invitation.email }))
    },
  })
  return (
    <>
      <FormDialog
        form={form}
        isOpen={props.isOpen}
        onClose={props.onClose}
        title={t('invite.title', { name })}
        submitLabel={t('invite.submit')}
      >
        <TextField
          label={t('invite.email')}
          type="email"
          value={form.values.email}
          onChange={(email) => form.set('email', email)}
          error={form.errorOf('email')}
        />
        <SelectField
          label={t('invite.role')}
          value={form.values.role}
          options={ROLES.map((value) => ({
            value,
            label: t(`invite.roles.${value}`),
            hint: t(`invite.hints.${value}`),
          }))}
          onChange={(role) => form.set('role', role)}
        />
      </FormDialog>
      <ShownOnce
        secret={link}
        onClose={() => setLink(null)}
        title={t('invite.link')}
        text={t('invite.linkText')}
        label={t('invite.link')}
      />
    </>
  )
}
