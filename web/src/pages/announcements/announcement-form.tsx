import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { type Announcement, SEVERITIES, type Severity, shownAnnouncementsQuery } from '../../api/announcements.ts'
import { answerOf, api } from '../../api/client.ts'
import { FormDialog } from '../../components/form-dialog.tsx'
import { useForm } from '../../components/form.tsx'
import { oneOf } from '../../components/url-state.ts'
import { Banner } from '../../ui/banner.tsx'
import { TextAreaField, TextField } from '../../ui/field.tsx'
import { RadioCards } from '../../ui/radio-cards.tsx'
import { toastDone } from '../../ui/toast.tsx'

const MOST_CHARACTERS = 300
const TONE = { info: 'info', warning: 'warn', critical: 'bad' } as const

type Values = {
  readonly text: string
  readonly severity: Severity
  /** As the fields of the browser write them, in its own time. Empty: now, and until it is ended. */
  readonly starts_at: string
  readonly ends_at: string
}

const MINUTE_MS = 60_000

/** An instant as a field for date and time holds it: without a zone, in that of the browser. */
function localOf(at: string | null): string {
  if (at === null) return ''
  const date = new Date(at)
  return new Date(date.getTime() - date.getTimezoneOffset() * MINUTE_MS).toISOString().slice(0, 16)
}

const instantOf = (local: string): string | null => (local === '' ? null : new Date(local).toISOString())

/** Tells everybody something, or says it otherwise. */
export function AnnouncementForm(props: { readonly announcement: Announcement | null; readonly onClose: () => void }) {
  const { t } = useTranslation('announcements')
  const client = useQueryClient()
  const { announcement: before, onClose } = props
  const form = useForm<Values, unknown>({
    initial: {
      text: before?.text ?? '',
      severity: oneOf(before?.severity, SEVERITIES) ?? 'info',
      starts_at: localOf(before?.starts_at ?? null),
      ends_at: localOf(before?.ends_at ?? null),
    },
    check: ({ text, starts_at, ends_at }) => ({
      ...(text.trim() === '' && { text: t('textMissing') }),
      ...(ends_at !== '' && ends_at <= starts_at && { ends_at: t('order') }),
    }),
    send: ({ text, severity, ...times }) => {
      const starts_at = instantOf(times.starts_at)
      const said = { text: text.trim().replaceAll(/\s+/g, ' '), severity, ends_at: instantOf(times.ends_at) }
      const body = { ...said, ...(starts_at !== null && { starts_at }) }
      if (before === null) return answerOf(api.POST('/api/platform/announcements', { body }))
      const path = { announcement: before.id }
      return answerOf(api.PATCH('/api/platform/announcements/{announcement}', { params: { path }, body }))
    },
    onDone() {
      onClose()
      toastDone(t(before === null ? 'added' : 'saved'))
      void client.invalidateQueries({ queryKey: ['platform', 'announcements'] })
      void client.invalidateQueries(shownAnnouncementsQuery)
    },
  })
  const { text, severity } = form.values
  return (
    <FormDialog
      form={form}
      isOpen
      onClose={onClose}
      title={t(before === null ? 'add' : 'editTitle')}
      description={t('formText')}
      submitLabel={t(before === null ? 'add' : 'save')}
    >
      <TextAreaField
        label={t('text')}
        hint={t('textHint', { count: MOST_CHARACTERS - text.length })}
        rows={3}
        value={text}
        onChange={(value) => form.set('text', value.slice(0, MOST_CHARACTERS))}
        error={form.errorOf('text')}
      />
      <RadioCards
        label={t('severity')}
        columns={3}
        value={severity}
        options={SEVERITIES.map((value) => ({ value, label: t(`severities.${value}`) }))}
        onChange={(value) => form.set('severity', value)}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          label={t('from')}
          hint={t('fromHint')}
          type="datetime-local"
          value={form.values.starts_at}
          onChange={(value) => form.set('starts_at', value)}
          error={form.errorOf('starts_at')}
        />
        <TextField
          label={t('until')}
          hint={t('untilHint')}
          type="datetime-local"
          value={form.values.ends_at}
          onChange={(value) => form.set('ends_at', value)}
          error={form.errorOf('ends_at')}
        />
      </div>
      {text.trim() !== '' && <Banner tone={TONE[severity]} title={text.trim()} />}
    </FormDialog>
  )
}
