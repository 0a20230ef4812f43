import { useQueryClient } from '@tanstack/react-query'
import { Flag, type LucideIcon, MessageSquareText, PencilLine, Replace, SquarePen } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../api/client.ts'
import { type HumanRecord, inboxKey, type RunDetail, runsKey, type Supervision } from '../api/runs.ts'
import { useOrg } from '../session/facts.ts'
import { Button } from '../ui/button.tsx'
import { TextAreaField } from '../ui/field.tsx'
import { Menu } from '../ui/menu.tsx'
import { SelectField } from '../ui/select.tsx'
import { toastDone, toastProblem } from '../ui/toast.tsx'
import { toProblem } from '../api/problem.ts'
import { partAt } from './contract.ts'
import { FormDialog } from './form-dialog.tsx'
import { useForm } from './form.tsx'
import { placesIn, readValue, writeValue } from './places.ts'

type Kind = HumanRecord['kind']
const KINDS: readonly Kind[] = ['edit', 'note', 'flag', 'override']
const ICON: Readonly<Record<Kind, LucideIcon>> = {
  edit: PencilLine,
  note: MessageSquareText,
  flag: Flag,
  override: Replace,
}

type Part = { readonly pointer: string; readonly label: string }
type Writing = { readonly kind: Kind; readonly part: Part; readonly record: HumanRecord | null }
type RecordDraft = Pick<HumanRecord, 'kind' | 'pointer' | 'text'> & { readonly id?: string; readonly value?: unknown }

/** What somebody who may write over a draft does with it. */
export type Writer = {
  /** Stands beside the title of a part. */
  readonly menuOf: (part: Part) => ReactNode
  readonly change: (record: HumanRecord) => void
  readonly remove: (record: HumanRecord) => void
  readonly dialog: ReactNode
}

const draftOf = ({ id, kind, pointer, text, value }: HumanRecord): RecordDraft => ({
  id,
  kind,
  pointer,
  text,
  ...(value !== undefined && { value }),
})

/** Writing over the output of a run; null for who may not, or may no longer. */
export function useWriter(run: RunDetail, supervision: Supervision, output: unknown): Writer | null {
  const { t } = useTranslation('approvals')
  const org = useOrg()
  const client = useQueryClient()
  const [writing, setWriting] = useState<Writing | null>(null)
  const put = async (records: readonly RecordDraft[], replaces = supervision.human_layer_sha256) => {
    const written = await answerOf(
      api.PUT('/api/orgs/{org}/runs/{run}/human-layer', {
        params: { path: { org, run: run.id } },
        body: { replaces, records: [...records] },
      }),
    )
    await Promise.all([
      client.invalidateQueries({ queryKey: runsKey(org) }),
      client.invalidateQueries({ queryKey: inboxKey(org) }),
    ])
    return written
  }
  if (!supervision.mine.acts.includes('edit')) return null
  const kept = supervision.human_layer
  const remove = (record: HumanRecord) => {
    const others = kept.filter(({ id }) => id !== record.id).map(draftOf)
    put(others).then(
      ({ human_layer_sha256 }) =>
        toastDone(t('write.removed'), {
          label: t('write.undo'),
          run: () => void put([...others, withoutId(draftOf(record))], human_layer_sha256),
        }),
      (error: unknown) => toastProblem(t('write.notRemoved'), toProblem(error).detail ?? undefined),
    )
  }
  return {
    menuOf: (part) => <WriteMenu part={part} onChoose={(kind) => setWriting({ kind, part, record: null })} />,
    change: (record) =>
      setWriting({ kind: record.kind, part: { pointer: record.pointer, label: t('write.place') }, record }),
    remove,
    dialog: writing !== null && (
      <WriteDialog
        key={`${writing.part.pointer} ${writing.kind} ${writing.record?.id ?? ''}`}
        writing={writing}
        output={output}
        onClose={() => setWriting(null)}
        put={(record) => {
          const isSame = ({ id }: HumanRecord) => id === record.id
          return put(
            kept.some(isSame)
              ? kept.map((each) => (isSame(each) ? record : draftOf(each)))
              : [...kept.map(draftOf), record],
          )
        }}
      />
    ),
  }
}

/** Taken away and put back, it is a new record: the server gives it a new id. */
const withoutId = ({ id: _id, ...record }: RecordDraft): RecordDraft => record

function WriteMenu({ part, onChoose }: { readonly part: Part; readonly onChoose: (kind: Kind) => void }) {
  const { t } = useTranslation('approvals')
  return (
    <Menu
      trigger={
        <Button size="compact" variant="ghost" aria-label={t('write.over', { part: part.label })}>
          <SquarePen size={14} aria-hidden />
          {t('write.open')}
        </Button>
      }
      groups={[
        {
          items: KINDS.map((kind) => ({
            id: kind,
            label: t(`write.kinds.${kind}`),
            hint: t(`write.hints.${kind}`),
            icon: ICON[kind],
            onSelect: () => onChoose(kind),
          })),
        },
      ]}
    />
  )
}

function WriteDialog(props: {
  readonly writing: Writing
  readonly output: unknown
  readonly put: (record: RecordDraft) => Promise<unknown>
  readonly onClose: () => void
}) {
  const { t } = useTranslation('approvals')
  const { kind, part, record } = props.writing
  const changes = kind === 'edit' || kind === 'override'
  const places = placesIn(part, partAt(props.output, part.pointer))
  const first =
    record?.pointer ?? (changes ? places.find(({ value }) => isPlain(value)) : places[0])?.pointer ?? part.pointer
  const valueAt = (pointer: string) => partAt(props.output, pointer)
  const form = useForm({
    initial: {
      pointer: first,
      value: writeValue(record?.value === undefined ? valueAt(first) : record.value),
      text: record?.text ?? '',
    },
    check: ({ pointer, value, text }) => ({
      ...(changes && readValue(value, valueAt(pointer)) === undefined && { value: t('write.notJson') }),
      ...(changes && value === writeValue(valueAt(pointer)) && { value: t('write.same') }),
      ...(kind !== 'edit' && text.trim() === '' && { text: t(`write.textMissing.${kind}`) }),
    }),
    send: ({ pointer, value, text }) =>
      props.put({
        ...(record !== null && { id: record.id }),
        kind,
        pointer,
        text: text.trim(),
        ...(changes && { value: readValue(value, valueAt(pointer)) }),
      }),
    onDone() {
      toastDone(t('write.done'))
      props.onClose()
    },
  })
  return (
    <FormDialog
      form={form}
      isOpen
      onClose={props.onClose}
      title={t(`write.titles.${kind}`)}
      description={t('write.text')}
      submitLabel={t(`write.submit.${kind}`)}
    >
      {record === null && places.length > 1 && (
        <SelectField
          label={t('write.place')}
          value={form.values.pointer}
          options={places.map(({ pointer, label }) => ({ value: pointer, label }))}
          onChange={(pointer) => {
            form.set('pointer', pointer)
            form.set('value', writeValue(valueAt(pointer)))
          }}
        />
      )}
      {changes && (
        <TextAreaField
          label={t('write.instead')}
          rows={6}
          isMono={typeof valueAt(form.values.pointer) !== 'string'}
          value={form.values.value}
          onChange={(value) => form.set('value', value)}
          error={form.errorOf('value')}
        />
      )}
      <TextAreaField
        label={t(`write.textLabel.${kind}`)}
        {...(kind === 'edit' && { note: t('optional') })}
        rows={3}
        value={form.values.text}
        onChange={(text) => form.set('text', text)}
        error={form.errorOf('text') ?? form.problem?.fields.map(({ message }) => message).join(' ') ?? null}
      />
    </FormDialog>
  )
}

const isPlain = (value: unknown): boolean => typeof value !== 'object' || value === null
