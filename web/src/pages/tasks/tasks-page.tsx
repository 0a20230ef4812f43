import { ClipboardCheck } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useMemberName } from '../../api/directory.ts'
import { useList } from '../../api/list.ts'
import { CopyAsCurl } from '../../components/copy-as-curl.tsx'
import type { Column } from '../../components/data-table-props.ts'
import { DataTable } from '../../components/data-table.tsx'
import { FilterBar } from '../../components/filter-bar.tsx'
import { Page, PageHeader } from '../../components/page.tsx'
import { RiskBadge } from '../../components/state-badge.tsx'
import { EmptyState } from '../../components/states.tsx'
import { TimeAgo } from '../../components/time-ago.tsx'
import { oneOf, useUrlState } from '../../components/url-state.ts'
import { useOrg } from '../../session/facts.ts'
import { Badge } from '../../ui/badge.tsx'
import { TextLink } from '../../ui/button.tsx'
import { ToggleGroup } from '../../ui/toggle-group.tsx'
import { type Task, tasksQuery } from './queries.ts'

const VIEWS = ['open', 'answered'] as const

/** What runs ask of the reader before they can go on. */
export function TasksPage() {
  const { t } = useTranslation('tasks')
  const org = useOrg()
  const url = useUrlState(['view'])
  const view = oneOf(url.values.view, VIEWS) ?? 'open'
  const list = useList(tasksQuery(org, view === 'answered'))
  return (
    <Page kind="list">
      <PageHeader
        title={t('title')}
        purpose={t('purpose')}
        actions={
          <CopyAsCurl
            path={`/api/orgs/${org}/human-tasks`}
            query={{ answered: view === 'answered' ? 'true' : undefined }}
          />
        }
      />
      <FilterBar
        isSet={false}
        onClear={url.clear}
        views={
          <ToggleGroup
            label={t('view')}
            value={view}
            options={VIEWS.map((value) => ({ value, label: t(`views.${value}`) }))}
            onChange={(next) => url.set({ view: next === 'open' ? undefined : next })}
          />
        }
      >
        {null}
      </FilterBar>
      <DataTable
        label={t('title')}
        list={list}
        columns={useTaskColumns(view)}
        rowId={({ id }) => id}
        rowName={({ title }) => title}
        rowHref={({ id }) => `/o/${org}/tasks/${id}`}
        empty={
          <EmptyState icon={ClipboardCheck} title={t(`empty.${view}`)}>
            {t(`emptyText.${view}`)}
          </EmptyState>
        }
      />
    </Page>
  )
}

const isLate = ({ due_at, answered_at }: Task): boolean =>
  due_at !== null && answered_at === null && Date.parse(due_at) < Date.now()

function useTaskColumns(view: (typeof VIEWS)[number]): readonly Column<Task>[] {
  const { t } = useTranslation('tasks')
  const org = useOrg()
  const nameOf = useMemberName()
  return [
    {
      id: 'title',
      header: t('task'),
      width: 'minmax(200px, 4fr)',
      cell: (task) => (
        <span className="flex min-w-0 items-center gap-2">
          <TextLink to="/o/$org/tasks/$task" params={{ org, task: task.id }} className="truncate font-medium text-fg">
            {task.title}
          </TextLink>
          {isLate(task) && <Badge tone="bad">{t('late')}</Badge>}
        </span>
      ),
    },
    { id: 'app', header: t('app'), width: 'minmax(140px, 2fr)', cell: ({ app_name }) => app_name },
    {
      id: 'who',
      header: t('requester'),
      width: 'minmax(120px, 2fr)',
      isSecondary: true,
      cell: ({ requester_id }) => nameOf(requester_id),
    },
    {
      id: 'for',
      header: t('for'),
      width: 'minmax(120px, 2fr)',
      isSecondary: true,
      cell: ({ role }) => (role === null ? t('you') : t(`roles.${role}`, { defaultValue: role })),
    },
    { id: 'risk', header: t('risk'), width: 'minmax(80px, 1fr)', cell: ({ risk }) => <RiskBadge risk={risk} /> },
    view === 'open'
      ? {
          id: 'due',
          header: t('due'),
          width: 'minmax(110px, 1fr)',
          isNumber: true,
          cell: ({ due_at }) => (due_at === null ? '–' : <TimeAgo at={due_at} />),
        }
      : {
          id: 'answered',
          header: t('answered'),
          width: 'minmax(110px, 1fr)',
          isNumber: true,
          cell: ({ answered_at }) => (answered_at === null ? '–' : <TimeAgo at={answered_at} />),
        },
    {
      id: 'opened',
      header: t('opened'),
      width: 'minmax(110px, 1fr)',
      isNumber: true,
      isSecondary: true,
      cell: ({ opened_at }) => <TimeAgo at={opened_at} />,
    },
  ]
}
