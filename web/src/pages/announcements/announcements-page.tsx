import { useQueryClient } from '@tanstack/react-query'
import { Megaphone, Pencil, Plus, RotateCcw, X } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Announcement, announcementsQuery, shownAnnouncementsQuery } from '../../api/announcements.ts'
import { answerOf, api } from '../../api/client.ts'
import { useList } from '../../api/list.ts'
import { toProblem } from '../../api/problem.ts'
import { CopyAsCurl } from '../../components/copy-as-curl.tsx'
import type { Column } from '../../components/data-table-props.ts'
import { DataTable } from '../../components/data-table.tsx'
import { Page, PageHeader } from '../../components/page.tsx'
import { problemText } from '../../components/problem-text.ts'
import { EmptyState } from '../../components/states.tsx'
import { Moment } from '../../components/time-ago.tsx'
import { usePageActions } from '../../shell/page-actions.ts'
import { Badge, type BadgeTone } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import type { MenuItem } from '../../ui/menu.tsx'
import { toastDone, toastProblem } from '../../ui/toast.tsx'
import { AnnouncementForm } from './announcement-form.tsx'

const SEVERITY_TONE: Readonly<Record<string, BadgeTone>> = { info: 'info', warning: 'warn', critical: 'bad' }
const STATE_TONE: Readonly<Record<string, BadgeTone>> = { planned: 'info', shown: 'ok', over: 'neutral' }

/** What everybody is told, has been, and will be. */
export function AnnouncementsPage() {
  const { t } = useTranslation('announcements')
  const list = useList(announcementsQuery)
  const [editing, setEditing] = useState<Announcement | 'new' | null>(null)
  const columns = useColumns(setEditing)
  const setEnded = useEnd()
  usePageActions(
    useMemo(
      () => [
        { id: 'announce', label: t('addMore'), icon: <Plus size={15} aria-hidden />, run: () => setEditing('new') },
      ],
      [t],
    ),
  )
  const menuOf = (row: Announcement): readonly MenuItem[] => [
    { id: 'edit', label: t('editMore'), icon: Pencil, onSelect: () => setEditing(row) },
    ...(row.state === 'over'
      ? row.ended_at === null
        ? []
        : [{ id: 'again', label: t('again'), icon: RotateCcw, onSelect: () => setEnded(row, false) }]
      : [{ id: 'end', label: t('end'), icon: X, isDangerous: true, onSelect: () => setEnded(row, true) }]),
  ]
  return (
    <Page kind="list">
      <PageHeader
        title={t('title')}
        purpose={t('purpose')}
        actions={
          <>
            <CopyAsCurl path="/api/platform/announcements" />
            <Button variant="primary" onClick={() => setEditing('new')}>
              <Plus size={15} aria-hidden />
              {t('add')}
            </Button>
          </>
        }
      />
      <DataTable
        label={t('title')}
        list={list}
        columns={columns}
        rowId={({ id }) => id}
        rowName={({ text }) => text}
        rowMenu={menuOf}
        empty={
          <EmptyState
            icon={Megaphone}
            title={t('empty')}
            action={<Button onClick={() => setEditing('new')}>{t('add')}</Button>}
          >
            {t('emptyText')}
          </EmptyState>
        }
      />
      {editing !== null && (
        <AnnouncementForm
          key={editing === 'new' ? 'new' : editing.id}
          announcement={editing === 'new' ? null : editing}
          onClose={() => setEditing(null)}
        />
      )}
    </Page>
  )
}

/** Ends an announcement or shows it again; either can be taken back by the other. */
function useEnd(): (row: Announcement, is_ended: boolean) => void {
  const { t } = useTranslation('announcements')
  const { t: words } = useTranslation('words')
  const client = useQueryClient()
  const put = async (id: string, is_ended: boolean) => {
    const path = { announcement: id }
    await answerOf(api.PATCH('/api/platform/announcements/{announcement}', { params: { path }, body: { is_ended } }))
    void client.invalidateQueries({ queryKey: ['platform', 'announcements'] })
    void client.invalidateQueries(shownAnnouncementsQuery)
  }
  const tell = (error: unknown) => toastProblem(problemText(words, toProblem(error)))
  return ({ id }, is_ended) =>
    void put(id, is_ended).then(
      () =>
        toastDone(t(is_ended ? 'ended' : 'shownAgain'), {
          label: t('undo'),
          run: () => void put(id, !is_ended).then(() => toastDone(t(is_ended ? 'shownAgain' : 'ended')), tell),
        }),
      tell,
    )
}

function useColumns(open: (row: Announcement) => void): readonly Column<Announcement>[] {
  const { t } = useTranslation('announcements')
  return [
    {
      id: 'text',
      header: t('text'),
      width: 'minmax(220px, 4fr)',
      cell: (row) => (
        <button
          type="button"
          className="max-w-full truncate rounded-xs text-start font-medium hover:underline"
          onClick={() => open(row)}
        >
          {row.text}
        </button>
      ),
    },
    {
      id: 'severity',
      header: t('severity'),
      width: 'minmax(120px, 1fr)',
      cell: ({ severity }) => (
        <Badge tone={SEVERITY_TONE[severity] ?? 'neutral'}>
          {t(`severities.${severity}`, { defaultValue: severity })}
        </Badge>
      ),
    },
    {
      id: 'state',
      header: t('state'),
      width: 'minmax(110px, 1fr)',
      cell: ({ state }) => (
        <Badge tone={STATE_TONE[state] ?? 'neutral'}>{t(`states.${state}`, { defaultValue: state })}</Badge>
      ),
    },
    {
      id: 'starts_at',
      header: t('from'),
      width: 'minmax(170px, 1.5fr)',
      isNumber: true,
      cell: ({ starts_at }) => <Moment at={starts_at} />,
    },
    {
      id: 'ends_at',
      header: t('until'),
      width: 'minmax(170px, 1.5fr)',
      isNumber: true,
      cell: ({ ended_at, ends_at }) => {
        const end = ended_at ?? ends_at
        return end === null ? <span className="text-fg3">{t('open')}</span> : <Moment at={end} />
      },
    },
  ]
}
