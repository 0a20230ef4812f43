import { useTranslation } from 'react-i18next'
import { TextField } from '../ui/field.tsx'
import { toastDone } from '../ui/toast.tsx'
import { Form, SaveBar, useForm, useLeaveGuard } from './form.tsx'
import { entriesOf, MetadataFields, metadataMistake, metadataOf } from './metadata-fields.tsx'
import { Card } from './page.tsx'

type Named = { readonly name: string; readonly metadata: Parameters<typeof entriesOf>[0] }
type OrganisationChange = { readonly name?: string; readonly metadata?: ReturnType<typeof metadataOf> }

/** Name and metadata of an organisation, as its own administrators and super-admins see them. What is not changed is not sent. */
export function OrganisationForm(props: {
  readonly organisation: Named
  readonly onSend: (change: OrganisationChange) => Promise<unknown>
  readonly onSaved: () => void
}) {
  const { t } = useTranslation('settings')
  const initial = { name: props.organisation.name, metadata: entriesOf(props.organisation.metadata) }
  const form = useForm({
    initial,
    check: ({ name, metadata }) => {
      const mistake = metadataMistake(metadata)
      return {
        ...(name.trim() === '' && { name: t('nameMissing') }),
        ...(mistake !== null && { metadata: t(mistake) }),
      }
    },
    send: ({ name, metadata }) =>
      props.onSend({
        ...(name !== initial.name && { name }),
        ...(JSON.stringify(metadata) !== JSON.stringify(initial.metadata) && { metadata: metadataOf(metadata) }),
      }),
    onDone() {
      toastDone(t('saved'))
      props.onSaved()
    },
  })
  const guard = useLeaveGuard(form.isDirty)
  return (
    <Form form={form}>
      <Card title={t('general')}>
        <div className="flex flex-col gap-4">
          <TextField
            label={t('name')}
            value={form.values.name}
            onChange={(name) => form.set('name', name)}
            error={form.errorOf('name')}
            maxLength={200}
          />
          <MetadataFields
            entries={form.values.metadata}
            error={form.errorOf('metadata')}
            onChange={(metadata) => form.set('metadata', metadata)}
          />
        </div>
      </Card>
      <SaveBar form={form} />
      {guard.question}
    </Form>
  )
}
