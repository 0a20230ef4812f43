import { Pencil, Trash2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useMemberName } from '../api/directory.ts'
import type { HumanRecord } from '../api/runs.ts'
import { Badge } from '../ui/badge.tsx'
import { IconButton } from '../ui/button.tsx'
import { partAt, readLayout } from './contract.ts'
import { type OutputPart, OutputView } from './output-view.tsx'
import { TimeAgo } from './time-ago.tsx'
import type { Writer } from './write-over.tsx'

type DraftProps = {
  /** Of the version that made the output; null where it is not there any more, and the output is shown as it is. */
  readonly contract: unknown
  readonly output: unknown
  readonly records: readonly HumanRecord[]
  readonly label: string
  /** For who may write over it. */
  readonly writer?: Writer | null
}

/** The machine's output laid out as its app says, with what people wrote over it marked at its place. */
export function DraftView({ contract, output, records, label, writer = null }: DraftProps) {
  const parts = partsOf(contract, output, label)
  const isAt = ({ pointer }: HumanRecord, part: OutputPart) =>
    pointer === part.pointer || (part.pointer !== '' && pointer.startsWith(`${part.pointer}/`))
  const elsewhere = records.filter((record) => !parts.some((part) => isAt(record, part)))
  return (
    <div className="flex flex-col gap-5">
      <OutputView
        parts={parts}
        {...(writer !== null && { actsOf: writer.menuOf })}
        noteOf={(pointer) => (
          <Records
            output={output}
            writer={writer}
            records={records.filter((record) => parts.some((part) => part.pointer === pointer && isAt(record, part)))}
          />
        )}
      />
      <Records output={output} records={elsewhere} writer={writer} />
      {writer?.dialog}
    </div>
  )
}

/** The parts of an output: by the layout of its app, else by its members. */
function partsOf(contract: unknown, output: unknown, label: string): readonly OutputPart[] {
  const layout = readLayout(contract)
  if (layout.length > 0) return layout.map((part) => ({ ...part, value: partAt(output, part.pointer) }))
  if (typeof output !== 'object' || output === null || Array.isArray(output)) {
    return [{ pointer: '', label, format: 'json', columns: [], value: output }]
  }
  return Object.entries(output).map(([name, value]: [string, unknown]) => ({
    pointer: `/${name}`,
    label: name.replaceAll('_', ' '),
    format: 'text',
    columns: [],
    value,
  }))
}

function RecordActs({ record, writer }: { readonly record: HumanRecord; readonly writer: Writer }) {
  const { t } = useTranslation('words')
  const what = t(`layer.${record.kind}`)
  return (
    <span className="ms-auto flex gap-1">
      <IconButton size="compact" label={t('changeThis', { what })} onClick={() => writer.change(record)}>
        <Pencil size={13} aria-hidden />
      </IconButton>
      <IconButton size="compact" label={t('removeThis', { what })} onClick={() => writer.remove(record)}>
        <Trash2 size={13} aria-hidden />
      </IconButton>
    </span>
  )
}

const wordsOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value, null, 2))

function Records({
  output,
  records,
  writer,
}: {
  readonly output: unknown
  readonly records: readonly HumanRecord[]
  readonly writer: Writer | null
}) {
  const { t } = useTranslation('words')
  const nameOf = useMemberName()
  if (records.length === 0) return null
  return (
    <ul className="flex flex-col gap-2">
      {records.map((record) => (
        <li key={record.id} className="rounded-md border-s-2 border-warn bg-warn-soft px-3 py-2">
          <div className="meta flex flex-wrap items-center gap-x-2 text-fg2">
            <Badge tone="warn">{t(`layer.${record.kind}`)}</Badge>
            <span>{nameOf(record.by) ?? t('layer.nobody')}</span>
            <TimeAgo at={record.at} />
            {record.pointer !== '' && <code className="font-mono text-[12px]">{record.pointer}</code>}
            {writer !== null && <RecordActs record={record} writer={writer} />}
          </div>
          {record.value !== undefined && (
            <div className="mt-1 grid gap-1 break-words whitespace-pre-line">
              <del className="text-fg3">{wordsOf(partAt(output, record.pointer) ?? null)}</del>
              <ins className="font-medium no-underline">{wordsOf(record.value)}</ins>
            </div>
          )}
          {record.text !== '' && <p className="mt-1 break-words whitespace-pre-line">{record.text}</p>}
        </li>
      ))}
    </ul>
  )
}
