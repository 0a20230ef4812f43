import { useTranslation } from 'react-i18next'
import { TextField } from '../ui/field.tsx'
import { toastDone } from '../ui/toast.tsx'
import { Form, type FormState, SaveBar, useForm, useLeaveGuard } from './form.tsx'
import { entriesOf, type MetadataEntry, MetadataFields, metadataMistake, metadataOf } from './metadata-fields.tsx'
import { Card } from './page.tsx'

type Named = { readonly name: string; readonly metadata: Parameters<typeof entriesOf>[0] }
type Values = { readonly name: string; readonly metadata: readonly MetadataEntry[] }
type OrganisationChange = { readonly name?: string; readonly metadata?: ReturnType<typeof metadataOf> }

type DetailsOptions = {
  readonly organisation: Named
  readonly onSend: (change: OrganisationChange) => Promise<unknown>
  readonly onSaved: () => void
}

/** The form over name and metadata of an organisation. What is not changed is not sent. */
export function useOrganisationDetails({ organisation, onSend, onSaved }: DetailsOptions): FormState<Values> {
  const { t } = useTranslation('settings')
  const initial: Values = { name: organisation.name, metadata: entriesOf(organisation.metadata) }
  return useForm({
    initial,
    check: ({ name, metadata }) => {
      const mistake = metadataMistake(metadata)
      return {
        ...(name.trim() === '' && { name: t('nameMissing') }),
        ...(mistake !== null && { metadata: t(mistake) }),
      }
    },
    send: ({ name, metadata }) =>
      onSend({
        ...(name !== initial.name && { name }),
        ...(JSON.stringify(metadata) !== JSON.stringify(initial.metadata) && { metadata: metadataOf(metadata) }),
      }),
    onDone: onSaved,
  })
}

/** The fields of `useOrganisationDetails`. */
export function OrganisationDetails({ form }: { readonly form: FormState<Values> }) {
  const { t } = useTranslation('settings')
  return (
    <>
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
    </>
  )
}

/** Name and metadata of an organisation, as its own administrators and super-admins see them. */
export function OrganisationForm(props: DetailsOptions) {
  const { t } = useTranslation('settings')
  const form = useOrganisationDetails({
    ...props,
    onSaved() {
      toastDone(t('saved'))
      props.onSaved()
    },
  })
  const guard = useLeaveGuard(form.isDirty)
  return (
    <Form form={form}>
      <Card title={t('general')}>
        <div className="flex flex-col gap-4">
          <OrganisationDetails form={form} />
        </div>
      </Card>
      <SaveBar form={form} />
      {guard.question}
    </Form>
  )
}
