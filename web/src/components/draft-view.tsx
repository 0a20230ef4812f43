import { useTranslation } from 'react-i18next'
import { useMemberName } from '../api/directory.ts'
import { Badge } from '../ui/badge.tsx'
import { partAt, readLayout } from './contract.ts'
import { type OutputPart, OutputView } from './output-view.tsx'
import { TimeAgo } from './time-ago.tsx'

/** What a person wrote over the machine's output; see the route of a run's supervision. */
export type HumanRecord = {
  readonly id: string
  readonly kind: 'note' | 'edit' | 'flag' | 'override'
  readonly pointer: string
  readonly value?: unknown
  readonly text: string
  readonly by: string | null
  readonly at: string
}

type DraftProps = {
  /** Of the version that made the output; null where it is not there any more, and the output is shown as it is. */
  readonly contract: unknown
  readonly output: unknown
  readonly records: readonly HumanRecord[]
  readonly label: string
}

/** The machine's output laid out as its app says, with what people wrote over it marked at its place. */
export function DraftView({ contract, output, records, label }: DraftProps) {
  const parts = partsOf(contract, output, label)
  const isAt = ({ pointer }: HumanRecord, part: OutputPart) =>
    pointer === part.pointer || (part.pointer !== '' && pointer.startsWith(`${part.pointer}/`))
  const elsewhere = records.filter((record) => !parts.some((part) => isAt(record, part)))
  return (
    <div className="flex flex-col gap-5">
      <OutputView
        parts={parts}
        noteOf={(pointer) => (
          <Records
            output={output}
            records={records.filter((record) => parts.some((part) => part.pointer === pointer && isAt(record, part)))}
          />
        )}
      />
      <Records output={output} records={elsewhere} />
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

const wordsOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value, null, 2))

function Records({ output, records }: { readonly output: unknown; readonly records: readonly HumanRecord[] }) {
  const { t } = useTranslation('words')
  const nameOf = useMemberName()
  if (records.length === 0) return null
  return (
    <ul className="flex flex-col gap-2">
      {records.map((record) => (
        <li key={record.id} className="rounded-md border-s-2 border-warn bg-warn-soft px-3 py-2">
          <p className="meta flex flex-wrap items-center gap-x-2 text-fg2">
            <Badge tone="warn">{t(`layer.${record.kind}`)}</Badge>
            <span>{nameOf(record.by) ?? t('layer.nobody')}</span>
            <TimeAgo at={record.at} />
            {record.pointer !== '' && <code className="font-mono text-[12px]">{record.pointer}</code>}
          </p>
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
