import { useQuery, useQueryClient } from '@tanstack/react-query'
import { CalendarClock, FilePen, MapPin, Pause, Pencil, Play, Plus, SquareArrowOutUpRight } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { appsQuery } from '../../api/apps.ts'
import { api } from '../../api/client.ts'
import { useMemberName } from '../../api/directory.ts'
import { useList } from '../../api/list.ts'
import { toProblem } from '../../api/problem.ts'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { CopyAsCurl } from '../../components/copy-as-curl.tsx'
import type { Column } from '../../components/data-table-props.ts'
import { DataTable } from '../../components/data-table.tsx'
import { Page, PageHeader } from '../../components/page.tsx'
import { EmptyState } from '../../components/states.tsx'
import { TimeAgo } from '../../components/time-ago.tsx'
import { useUrlState } from '../../components/url-state.ts'
import { useAccess, useOrg } from '../../session/facts.ts'
import { usePageActions } from '../../shell/page-actions.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { toastDone, toastProblem } from '../../ui/toast.tsx'
import { changeSchedule, type Schedule, schedulesKey, schedulesQuery } from './queries.ts'
import { useRhythmText } from './rhythm-fields.tsx'
import { rhythmOf } from './rhythm.ts'
import { ChangeSchedule, NewSchedule } from './schedule-form.tsx'
import { ChangeInput } from './schedule-input.tsx'
import { ChangePlace } from './schedule-place.tsx'
import { ScheduleSheet } from './schedule-sheet.tsx'

/** Apps that run by the clock, when next, and what became of the last time. */
export function SchedulesPage() {
  const { t } = useTranslation('schedules')
  const org = useOrg()
  const { can } = useAccess()
  const url = useUrlState(['schedule'])
  const list = useList(schedulesQuery(org))
  const [isNew, setNew] = useState(false)
  const [changing, setChanging] = useState<Schedule | null>(null)
  const [feeding, setFeeding] = useState<Schedule | null>(null)
  const [moving, setMoving] = useState<Schedule | null>(null)
  const [ending, setEnding] = useState<Schedule | null>(null)
  const acts = useScheduleActs()
  const mayRun = can('run.execute')
  usePageActions(
    useMemo(() => {
      const icon = <Plus size={15} />
      return mayRun
        ? [{ id: 'schedule', label: t('createMore'), keywords: ['cron', 'timer'], icon, run: () => setNew(true) }]
        : []
    }, [mayRun, t]),
  )
  const create = (
    <Button variant="primary" disabledReason={mayRun ? null : t('needsRun')} onClick={() => setNew(true)}>
      <Plus size={15} aria-hidden />
      {t('createMore')}
    </Button>
  )
  const shown = list.rows?.find(({ id }) => id === url.values.schedule) ?? null
  return (
    <Page kind="list">
      <PageHeader
        title={t('title')}
        purpose={t('purpose')}
        actions={
          <>
            <CopyAsCurl path={`/api/orgs/${org}/schedules`} />
            {create}
          </>
        }
      />
      <DataTable
        label={t('title')}
        list={list}
        columns={useScheduleColumns((schedule) => url.set({ schedule: schedule.id }))}
        rowId={({ id }) => id}
        rowName={({ name }) => name}
        rowMenu={(schedule) => {
          const foreign = acts.isOwn(schedule) ? null : t('ownOnly')
          return [
            {
              id: 'see',
              label: t('see'),
              icon: SquareArrowOutUpRight,
              onSelect: () => url.set({ schedule: schedule.id }),
            },
            acts.toggle(schedule),
            {
              id: 'change',
              label: t('change'),
              icon: Pencil,
              disabledReason: foreign,
              onSelect: () => setChanging(schedule),
            },
            {
              id: 'input',
              label: t('changeInput'),
              icon: FilePen,
              disabledReason: foreign,
              onSelect: () => setFeeding(schedule),
            },
            {
              id: 'place',
              label: t('changePlace'),
              icon: MapPin,
              disabledReason: foreign,
              onSelect: () => setMoving(schedule),
            },
            { id: 'end', label: t('endMore'), isDangerous: true, onSelect: () => setEnding(schedule) },
          ]
        }}
        empty={
          <EmptyState icon={CalendarClock} title={t('emptyTitle')} action={create}>
            {t('emptyText')}
          </EmptyState>
        }
      />
      <ScheduleSheet schedule={shown} onClose={() => url.set({ schedule: undefined })} />
      <NewSchedule isOpen={isNew} onClose={() => setNew(false)} />
      {changing !== null && <ChangeSchedule schedule={changing} onClose={() => setChanging(null)} />}
      {feeding !== null && <ChangeInput schedule={feeding} onClose={() => setFeeding(null)} />}
      {moving !== null && <ChangePlace schedule={moving} onClose={() => setMoving(null)} />}
      <ConfirmDialog
        isOpen={ending !== null}
        onClose={() => setEnding(null)}
        title={t('endTitle', { name: ending?.name ?? '' })}
        confirmLabel={t('end')}
        onConfirm={() => acts.end(ending)}
      >
        {t('endText')}
      </ConfirmDialog>
    </Page>
  )
}

/** Pausing, resuming and ending. The first two can be taken back, so they are done at once. */
function useScheduleActs() {
  const { t } = useTranslation('schedules')
  const org = useOrg()
  const client = useQueryClient()
  const { organisation } = useAccess()
  const me = organisation.membership?.member_id
  const reread = () => client.invalidateQueries({ queryKey: schedulesKey(org) })
  const isOwn = (schedule: Schedule) => schedule.member_id === me
  const turn = ({ id, name }: Schedule, is_enabled: boolean, isUndo = false): void => {
    changeSchedule(org, id, { is_enabled }).then(
      (changed) => {
        const undo = { label: t('undo'), run: () => turn({ ...changed, name }, !is_enabled, true) }
        toastDone(t(is_enabled ? 'resumed' : 'paused', { name }), isUndo ? undefined : undo)
        void reread()
      },
      (error: unknown) => toastProblem(t('notChanged', { name }), toProblem(error).detail ?? undefined),
    )
  }
  return {
    isOwn,
    toggle: (schedule: Schedule) => ({
      id: 'toggle',
      label: t(schedule.is_enabled ? 'pause' : 'resume'),
      icon: schedule.is_enabled ? Pause : Play,
      disabledReason: isOwn(schedule) ? null : t('ownOnly'),
      onSelect: () => turn(schedule, !schedule.is_enabled),
    }),
    async end(schedule: Schedule | null) {
      if (schedule === null) return
      await api.DELETE('/api/orgs/{org}/schedules/{schedule}', { params: { path: { org, schedule: schedule.id } } })
      toastDone(t('ended', { name: schedule.name }))
      await reread()
    },
  }
}

function useScheduleColumns(onOpen: (schedule: Schedule) => void): readonly Column<Schedule>[] {
  const { t } = useTranslation('schedules')
  const org = useOrg()
  const nameOf = useMemberName()
  const text = useRhythmText()
  const { data: apps } = useQuery(appsQuery(org, {}))
  return [
    {
      id: 'name',
      header: t('name'),
      width: 'minmax(180px, 3fr)',
      cell: (schedule) => (
        <span className="flex min-w-0 items-center gap-2">
          <button
            type="button"
            className="truncate rounded-xs text-start font-medium hover:underline"
            onClick={() => onOpen(schedule)}
          >
            {schedule.name}
          </button>
          {!schedule.is_enabled && <Badge>{t('isPaused')}</Badge>}
        </span>
      ),
    },
    {
      id: 'app',
      header: t('app'),
      width: 'minmax(140px, 2fr)',
      isSecondary: true,
      cell: ({ app_id }) => apps?.items.find((app) => app.app_id === app_id)?.name ?? t('appGone'),
    },
    {
      id: 'rhythm',
      header: t('rhythm'),
      width: 'minmax(180px, 3fr)',
      cell: ({ cron, time_zone }) => (
        <span className="min-w-0">
          <span className="block truncate">{text(rhythmOf(cron))}</span>
          <span className="meta block truncate text-fg3">{time_zone}</span>
        </span>
      ),
    },
    {
      id: 'who',
      header: t('who'),
      width: 'minmax(120px, 2fr)',
      isSecondary: true,
      cell: ({ member_id }) => nameOf(member_id),
    },
    {
      id: 'next',
      header: t('next'),
      width: 'minmax(110px, 1fr)',
      isNumber: true,
      cell: ({ next_at }) => (next_at === null ? '–' : <TimeAgo at={next_at} />),
    },
    {
      id: 'last',
      header: t('last'),
      width: 'minmax(120px, 1fr)',
      isNumber: true,
      cell: ({ last_at, last_refusal }) =>
        last_at === null ? (
          '–'
        ) : last_refusal === null ? (
          <TimeAgo at={last_at} />
        ) : (
          <Badge tone="bad">{t('refused')}</Badge>
        ),
    },
  ]
}
