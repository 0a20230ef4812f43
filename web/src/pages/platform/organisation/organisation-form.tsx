import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../../../api/client.ts'
import type { PlatformOrganisation } from '../../../api/platform.ts'
import { Form, SaveBar, useForm, useLeaveGuard } from '../../../components/form.tsx'
import {
  entriesOf,
  type MetadataEntry,
  MetadataFields,
  metadataMistake,
  metadataOf,
} from '../../../components/metadata-fields.tsx'
import { Card } from '../../../components/page.tsx'
import { TextField } from '../../../ui/field.tsx'
import { toastDone } from '../../../ui/toast.tsx'
import { keyOf } from './queries.ts'

type Values = { readonly name: string; readonly metadata: readonly MetadataEntry[] }

/** Name and metadata of an organisation, as its own administrators see them too. What is not changed is not sent. */
export function OrganisationForm({ organisation }: { readonly organisation: PlatformOrganisation }) {
  const { t } = useTranslation('settings')
  const client = useQueryClient()
  const initial: Values = { name: organisation.name, metadata: entriesOf(organisation.metadata) }
  const form = useForm({
    initial,
    check: ({ name, metadata }) => {
      const mistake = metadataMistake(metadata)
      return {
        ...(name.trim() === '' && { name: t('nameMissing') }),
        ...(mistake !== null && { metadata: t(mistake) }),
      }
    },
    send: ({ name, metadata }) => {
      const body = {
        ...(name !== initial.name && { name }),
        ...(JSON.stringify(metadata) !== JSON.stringify(initial.metadata) && { metadata: metadataOf(metadata) }),
      }
      const params = { path: { organisation: organisation.id } }
      return answerOf(api.PATCH('/api/platform/organisations/{organisation}', { params, body }))
    },
    onDone() {
      toastDone(t('saved'))
      void client.invalidateQueries({ queryKey: keyOf(organisation.id) })
      void client.invalidateQueries({ queryKey: ['platform', 'organisations'] })
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
