import { useQueryClient } from '@tanstack/react-query'
import { Plus, X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../../api/client.ts'
import { Form, type FormState, SaveBar, useForm, useLeaveGuard } from '../../components/form.tsx'
import { Card } from '../../components/page.tsx'
import { type Organisation, organisationQuery } from '../../session/facts.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { toastDone } from '../../ui/toast.tsx'

type Entry = { readonly id: string; readonly word: string; readonly value: string }
type Values = { readonly name: string; readonly metadata: readonly Entry[] }

const MOST = 50
const WORD = /^[a-z][a-z0-9_]{0,63}$/

const entriesOf = (metadata: Readonly<Record<string, string>>): readonly Entry[] =>
  Object.entries(metadata).map(([word, value]) => ({ id: word, word, value }))

/** What the server would refuse, by what it is. */
function mistakeOf(entries: readonly Entry[]): 'wordWrong' | 'wordTwice' | 'valueLong' | null {
  if (entries.some(({ word }) => !WORD.test(word.trim()))) return 'wordWrong'
  if (new Set(entries.map(({ word }) => word.trim())).size < entries.length) return 'wordTwice'
  return entries.some(({ value }) => value.length > 1000) ? 'valueLong' : null
}

/** Name and metadata of the organisation. What is not changed is not sent. */
export function OrganisationForm({ organisation }: { readonly organisation: Organisation }) {
  const { t } = useTranslation('settings')
  const client = useQueryClient()
  const initial: Values = { name: organisation.name, metadata: entriesOf(organisation.metadata) }
  const form = useForm({
    initial,
    check: ({ name, metadata }) => {
      const mistake = mistakeOf(metadata)
      return {
        ...(name.trim() === '' && { name: t('nameMissing') }),
        ...(mistake !== null && { metadata: t(mistake) }),
      }
    },
    send: ({ name, metadata }) => {
      const body = {
        ...(name !== initial.name && { name }),
        ...(JSON.stringify(metadata) !== JSON.stringify(initial.metadata) && {
          metadata: Object.fromEntries(metadata.map((entry) => [entry.word.trim(), entry.value])),
        }),
      }
      return answerOf(api.PATCH('/api/orgs/{org}', { params: { path: { org: organisation.id } }, body }))
    },
    onDone() {
      toastDone(t('saved'))
      void client.invalidateQueries({ queryKey: organisationQuery(organisation.id).queryKey })
      void client.invalidateQueries({ queryKey: ['me'] })
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
          <MetadataFields form={form} />
        </div>
      </Card>
      <SaveBar form={form} />
      {guard.question}
    </Form>
  )
}

/** Words with a value each, such as a cost centre. */
function MetadataFields({ form }: { readonly form: FormState<Values> }) {
  const { t } = useTranslation('settings')
  const entries = form.values.metadata
  const change = (id: string, patch: Partial<Entry>) =>
    form.set(
      'metadata',
      entries.map((entry) => (entry.id === id ? { ...entry, ...patch } : entry)),
    )
  const error = form.errorOf('metadata')
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1.5 font-medium">{t('metadata')}</legend>
      <p className="meta text-fg3">{t('metadataHint')}</p>
      {entries.map((entry, index) => (
        <div key={entry.id} className="flex items-end gap-2">
          <TextField
            className="w-2/5"
            label={t('wordOf', { count: index + 1 })}
            isMono
            value={entry.word}
            onChange={(word) => change(entry.id, { word })}
          />
          <TextField
            className="min-w-0 flex-1"
            label={t('valueOf', { count: index + 1 })}
            value={entry.value}
            onChange={(value) => change(entry.id, { value })}
          />
          <IconButton
            label={t('removeEntry', { word: entry.word })}
            size="large"
            onClick={() =>
              form.set(
                'metadata',
                entries.filter(({ id }) => id !== entry.id),
              )
            }
          >
            <X size={15} aria-hidden />
          </IconButton>
        </div>
      ))}
      {error !== null && (
        <p role="alert" className="meta text-bad">
          {error}
        </p>
      )}
      <div>
        <Button
          size="compact"
          disabledReason={entries.length >= MOST ? t('metadataFull') : null}
          onClick={() => form.set('metadata', [...entries, { id: crypto.randomUUID(), word: '', value: '' }])}
        >
          <Plus size={14} aria-hidden />
          {t('addEntry')}
        </Button>
      </div>
    </fieldset>
  )
}
