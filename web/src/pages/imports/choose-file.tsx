import { useMutation } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { ClipboardPaste, Download, FileUp } from 'lucide-react'
import { type ClipboardEvent, type DragEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { toProblem } from '../../api/problem.ts'
import { Card } from '../../components/page.tsx'
import { ProblemBanner } from '../../components/problem-banner.tsx'
import { Button, buttonClass } from '../../ui/button.tsx'
import { cx } from '../../ui/cx.ts'
import { TextAreaField } from '../../ui/field.tsx'
import { type ImportDesk, pathOf } from './desk.ts'
import { MapColumns } from './map-columns.tsx'
import { parseTable } from './table-text.ts'

/** So many characters are read without being shown first: a text box of that size is slow. */
const MUCH = 20_000

type Table = { readonly name: string; readonly rows: readonly (readonly string[])[] }

/** Takes a workbook as it is; of a text the columns are asked for first. */
export function ChooseFile({ desk }: { readonly desk: ImportDesk }) {
  const { t } = useTranslation('imports')
  const router = useRouter()
  const [table, setTable] = useState<Table | null>(null)
  const send = useMutation({
    mutationFn: ({ file, name }: { readonly file: Blob; readonly name: string }) => desk.create(file, name),
    onSuccess: ({ id }) => router.history.push(pathOf(desk, id)),
  })
  const take = async (file: File | undefined) => {
    if (file === undefined) return
    send.reset()
    if (/\.(?:csv|tsv|txt)$/i.test(file.name)) setTable({ name: file.name, rows: parseTable(await file.text()) })
    else send.mutate({ file, name: file.name })
  }
  return (
    <>
      {send.error !== null && <ProblemBanner problem={toProblem(send.error)} />}
      {table === null ? (
        <div className="grid items-start gap-5 lg:grid-cols-2">
          <FileCard desk={desk} isBusy={send.isPending} onFile={(file) => void take(file)} />
          <PasteCard onText={(text) => setTable({ name: t('pastedName'), rows: parseTable(text) })} />
        </div>
      ) : (
        <MapColumns
          desk={desk}
          rows={table.rows}
          isBusy={send.isPending}
          onBack={() => setTable(null)}
          onFile={(file) => send.mutate({ file, name: `${table.name.replace(/\.\w+$/, '')}.xlsx` })}
        />
      )}
    </>
  )
}

function FileCard(props: {
  readonly desk: ImportDesk
  readonly isBusy: boolean
  readonly onFile: (file: File | undefined) => void
}) {
  const { t } = useTranslation('imports')
  const input = useRef<HTMLInputElement>(null)
  const [isOver, setOver] = useState(false)
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    props.onFile(event.dataTransfer.files[0])
  }
  return (
    <Card title={t('chooseTitle')} purpose={t('chooseText')}>
      <div
        className={cx(
          'flex flex-col items-center gap-3 rounded-lg border border-dashed border-field px-4 py-8 text-center',
          isOver && 'bg-accent-soft',
        )}
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <p className="text-fg2">{t('dropHere')}</p>
        <div className="flex flex-wrap justify-center gap-2">
          <Button variant="primary" isBusy={props.isBusy} onClick={() => input.current?.click()}>
            <FileUp size={15} aria-hidden />
            {t('chooseFile')}
          </Button>
          <a className={buttonClass('secondary')} href={`${props.desk.path}/template`} download>
            <Download size={15} aria-hidden />
            {t('template')}
          </a>
        </div>
        <input
          ref={input}
          type="file"
          hidden
          aria-label={t('chooseFile')}
          accept=".xlsx,.csv,.tsv,.txt"
          onChange={(event) => {
            props.onFile(event.target.files?.[0])
            event.target.value = ''
          }}
        />
        <p className="meta max-w-sm text-fg3">{t(props.desk.org === null ? 'columnsPlatform' : 'columns')}</p>
      </div>
    </Card>
  )
}

function PasteCard({ onText }: { readonly onText: (text: string) => void }) {
  const { t } = useTranslation('imports')
  const [text, setText] = useState('')
  const take = (event: ClipboardEvent) => {
    const pasted = event.clipboardData.getData('text')
    if (pasted.length < MUCH) return
    event.preventDefault()
    onText(pasted)
  }
  return (
    <Card title={t('pasteTitle')} purpose={t('pasteText')}>
      <div className="flex flex-col items-start gap-3" onPaste={take}>
        <TextAreaField
          className="w-full"
          label={t('rows')}
          isMono
          rows={7}
          placeholder={'email\tname\trole\nana@example.com\tAna Lima\tmember'}
          value={text}
          onChange={setText}
        />
        <Button disabledReason={text.includes('@') ? null : t('pasteFirst')} onClick={() => onText(text)}>
          <ClipboardPaste size={15} aria-hidden />
          {t('useRows')}
        </Button>
      </div>
    </Card>
  )
}
