import { Plus, X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Button, IconButton } from '../ui/button.tsx'
import { TextField } from '../ui/field.tsx'

export type MetadataEntry = { readonly id: string; readonly word: string; readonly value: string }

const MOST = 50
const WORD = /^[a-z][a-z0-9_]{0,63}$/

export const entriesOf = (metadata: Readonly<Record<string, string>>): readonly MetadataEntry[] =>
  Object.entries(metadata).map(([word, value]) => ({ id: word, word, value }))

/** What the server would refuse, by what it is. */
export function metadataMistake(entries: readonly MetadataEntry[]): 'wordWrong' | 'wordTwice' | 'valueLong' | null {
  if (entries.some(({ word }) => !WORD.test(word.trim()))) return 'wordWrong'
  if (new Set(entries.map(({ word }) => word.trim())).size < entries.length) return 'wordTwice'
  return entries.some(({ value }) => value.length > 1000) ? 'valueLong' : null
}

/** The words as the server takes them. */
export const metadataOf = (entries: readonly MetadataEntry[]): Record<string, string> =>
  Object.fromEntries(entries.map((entry) => [entry.word.trim(), entry.value]))

/** Words with a value each, such as a cost centre. */
export function MetadataFields(props: {
  readonly entries: readonly MetadataEntry[]
  readonly error: string | null
  readonly onChange: (entries: readonly MetadataEntry[]) => void
}) {
  const { t } = useTranslation('settings')
  const { entries, error, onChange } = props
  const change = (id: string, patch: Partial<MetadataEntry>) =>
    onChange(entries.map((entry) => (entry.id === id ? { ...entry, ...patch } : entry)))
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
            onClick={() => onChange(entries.filter(({ id }) => id !== entry.id))}
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
          onClick={() => onChange([...entries, { id: crypto.randomUUID(), word: '', value: '' }])}
        >
          <Plus size={14} aria-hidden />
          {t('addEntry')}
        </Button>
      </div>
    </fieldset>
  )
}
