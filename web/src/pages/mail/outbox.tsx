import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Mail, MailOpen, RotateCw } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../../api/client.ts'
import { useList } from '../../api/list.ts'
import { toProblem } from '../../api/problem.ts'
import { CopyId } from '../../components/copy-id.tsx'
import type { Column } from '../../components/data-table-props.ts'
import { DataTable } from '../../components/data-table.tsx'
import { FilterBar, SearchBox } from '../../components/filter-bar.tsx'
import { problemText } from '../../components/problem-text.ts'
import { EmptyState } from '../../components/states.tsx'
import { TimeAgo } from '../../components/time-ago.tsx'
import { oneOf, useUrlState } from '../../components/url-state.ts'
import { Badge, type BadgeTone } from '../../ui/badge.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { toastDone, toastProblem } from '../../ui/toast.tsx'
import { ToggleGroup } from '../../ui/toggle-group.tsx'
import { MAIL_STATES, type Message, type OpenMessage, outboxKey, outboxQuery } from './queries.ts'

const ANY = 'any'
const TONE: Readonly<Record<Message['state'], BadgeTone>> = {
  queued: 'neutral',
  sending: 'info',
  sent: 'ok',
  failed: 'bad',
  expired: 'warn',
}

/** What was to be mailed. Without a mail server the links are copied from here. */
export function Outbox() {
  const { t } = useTranslation('mail')
  const { t: words } = useTranslation('words')
  const client = useQueryClient()
  const url = useUrlState(['q', 'state'])
  const filter = { search: url.values.q, state: oneOf(url.values.state, MAIL_STATES) }
  const list = useList(outboxQuery(filter))
  const columns = useColumns()
  const [shown, setShown] = useState<OpenMessage | null>(null)
  const tell = (error: Error) => toastProblem(problemText(words, toProblem(error)))
  const pathOf = (message: string) => ({ params: { path: { message } } })
  const open = useMutation({
    mutationFn: (message: string) => answerOf(api.POST('/api/platform/outbox/{message}/open', pathOf(message))),
    onSuccess: setShown,
    onError: tell,
  })
  const retry = useMutation({
    mutationFn: (message: string) => api.POST('/api/platform/outbox/{message}/retry', pathOf(message)),
    onSuccess() {
      toastDone(t('retried'))
      void client.invalidateQueries({ queryKey: outboxKey })
    },
    onError: tell,
  })
  return (
    <section aria-label={t('outbox')} className="flex flex-col gap-3">
      <h2 className="text-sm font-medium">{t('outbox')}</h2>
      <FilterBar
        isSet={url.isSet}
        onClear={url.clear}
        views={
          <ToggleGroup
            label={t('state')}
            value={filter.state ?? ANY}
            options={[
              { value: ANY, label: t('states.any') },
              ...MAIL_STATES.map((value) => ({ value, label: t(`states.${value}`) })),
            ]}
            onChange={(state) => url.set({ state: state === ANY ? undefined : state })}
          />
        }
      >
        <span className="flex-1" />
        <SearchBox label={t('search')} value={filter.search} onChange={(q) => url.set({ q }, true)} />
      </FilterBar>
      <DataTable
        label={t('outbox')}
        list={list}
        columns={columns}
        rowId={(row) => row.id}
        rowName={(row) => row.recipient}
        rowMenu={(row) => [
          {
            id: 'show',
            label: t('show'),
            icon: MailOpen,
            onSelect: () => open.mutate(row.id),
            disabledReason: row.is_kept ? null : t('notKept'),
          },
          ...(row.state === 'failed' || row.state === 'queued'
            ? [{ id: 'retry', label: t('sendNow'), icon: RotateCw, onSelect: () => retry.mutate(row.id) }]
            : []),
        ]}
        isFiltered={url.isSet}
        onClearFilters={url.clear}
        searched={filter.search}
        empty={
          <EmptyState icon={Mail} title={t('empty')}>
            {t('emptyText')}
          </EmptyState>
        }
      />
      <Opened message={shown} onClose={() => setShown(null)} />
    </section>
  )
}

function useColumns(): readonly Column<Message>[] {
  const { t } = useTranslation('mail')
  return [
    { id: 'recipient', header: t('recipient'), width: 'minmax(180px, 2fr)', cell: (row) => row.recipient },
    { id: 'subject', header: t('subject'), width: 'minmax(180px, 2fr)', cell: (row) => row.subject },
    {
      id: 'state',
      header: t('state'),
      width: '120px',
      cell: (row) => <Badge tone={TONE[row.state]}>{t(`states.${row.state}`)}</Badge>,
    },
    {
      id: 'reply',
      header: t('reply'),
      width: 'minmax(140px, 1fr)',
      isSecondary: true,
      cell: (row) => <span title={row.last_reply ?? undefined}>{row.last_reply ?? '–'}</span>,
    },
    { id: 'at', header: t('at'), width: '120px', cell: (row) => <TimeAgo at={row.created_at} /> },
  ]
}

function Opened({ message, onClose }: { readonly message: OpenMessage | null; readonly onClose: () => void }) {
  const { t } = useTranslation('mail')
  return (
    <Dialog
      isOpen={message !== null}
      onClose={onClose}
      title={message?.subject ?? ''}
      description={message?.recipient}
      width="wide"
    >
      <div className="flex flex-col gap-4">
        {message?.link != null && (
          <div>
            <p className="font-medium">{t('link')}</p>
            <CopyId id={message.link} label={t('link')} isWhole />
          </div>
        )}
        <pre className="overflow-x-auto rounded-lg border bg-sunken p-3 text-[13px] whitespace-pre-wrap">
          {message?.text}
        </pre>
      </div>
    </Dialog>
  )
}
