import { useQuery } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { ArrowLeft, Inbox, UserRoundCheck } from 'lucide-react'
import { useCallback, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { approvalCountsQuery } from '../../api/approvals.ts'
import { useList } from '../../api/list.ts'
import { CopyAsCurl } from '../../components/copy-as-curl.tsx'
import { FilterBar } from '../../components/filter-bar.tsx'
import { Page, PageHeader } from '../../components/page.tsx'
import { EmptyState, NoResults } from '../../components/states.tsx'
import { oneOf, useUrlState } from '../../components/url-state.ts'
import { useIsNarrow } from '../../components/use-is-narrow.ts'
import { useOrg } from '../../session/facts.ts'
import { usePageActions } from '../../shell/page-actions.ts'
import { usePageKeys } from '../../shell/page-keys.ts'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { Select } from '../../ui/select.tsx'
import { ToggleGroup } from '../../ui/toggle-group.tsx'
import { Batch, BATCH_BUTTON, BATCH_REJECT_BUTTON, BATCH_RETURN_BUTTON } from './batch.tsx'
import { GIVE_BUTTON, REJECT_BUTTON } from '../../components/decision.tsx'
import { Deputies } from './deputies.tsx'
import { History } from './history.tsx'
import { LeftoverDialog } from './leftover-dialog.tsx'
import { clearMarks, toggleMark, useMarks } from './marks.ts'
import { inboxQuery, ORDERS, RISKS, VIEWS, type Waiting } from './queries.ts'
import { Queue } from './queue.tsx'
import { Seen } from './seen.tsx'

const ANY = 'any'

/** What waits for the reader: the queue, the draft and the decision, side by side where there is room. */
export function ApprovalsPage() {
  const { t } = useTranslation('approvals')
  const org = useOrg()
  const url = useUrlState(['view', 'order', 'risk'])
  const view = oneOf(url.values.view, VIEWS) ?? 'queue'
  const { data: counts } = useQuery(approvalCountsQuery(org))
  const [isDeputies, setDeputies] = useState(false)
  const { run } = useParams({ strict: false })
  const isNarrow = useIsNarrow()
  usePageActions(
    useMemo(
      () => [
        {
          id: 'deputies',
          label: t('deputies.open'),
          keywords: ['deputy', 'delegate', 'holiday', 'absence'],
          icon: <UserRoundCheck size={15} />,
          run: () => setDeputies(true),
        },
      ],
      [t],
    ),
  )
  const count = (each: string): string => {
    const waiting = each === 'queue' || each === 'own' || each === 'delegated' ? counts?.[each] : undefined
    return waiting === undefined || waiting === 0 ? '' : ` (${waiting})`
  }
  const isDetailOnly = isNarrow && run !== undefined
  return (
    <Page kind="list">
      <PageHeader
        title={t('title')}
        purpose={t('purpose')}
        actions={
          <>
            <CopyAsCurl path={`/api/orgs/${org}/approvals`} query={{ view: view === 'history' ? undefined : view }} />
            <Button onClick={() => setDeputies(true)}>
              <UserRoundCheck size={15} aria-hidden />
              {t('deputies.open')}
            </Button>
          </>
        }
      />
      {!isDetailOnly && (
        <FilterBar
          isSet={url.values.risk !== undefined || url.values.order !== undefined}
          onClear={() => url.set({ risk: undefined, order: undefined })}
          views={
            <ToggleGroup
              label={t('view')}
              value={view}
              options={VIEWS.map((value) => ({ value, label: `${t(`views.${value}`)}${count(value)}` }))}
              onChange={(next) => url.set({ view: next === 'queue' ? undefined : next })}
            />
          }
        >
          {view !== 'history' && <QueueFilters url={url} />}
        </FilterBar>
      )}
      {view === 'history' && run === undefined ? (
        <History />
      ) : (
        <Panes view={view === 'history' ? null : view} url={url} />
      )}
      <Deputies isOpen={isDeputies} onClose={() => setDeputies(false)} />
      <LeftoverDialog />
    </Page>
  )
}

type Url = ReturnType<typeof useUrlState<'view' | 'order' | 'risk'>>

function QueueFilters({ url }: { readonly url: Url }) {
  const { t } = useTranslation('approvals')
  const { t: words } = useTranslation('words')
  return (
    <>
      <Select
        isCompact
        label={t('risk')}
        value={oneOf(url.values.risk, RISKS) ?? ANY}
        options={[
          { value: ANY, label: t('anyRisk') },
          ...RISKS.map((value) => ({ value, label: words(`risk.${value}`) })),
        ]}
        onChange={(risk) => url.set({ risk: risk === ANY ? undefined : risk })}
      />
      <Select
        isCompact
        label={t('order')}
        value={oneOf(url.values.order, ORDERS) ?? 'risk'}
        options={ORDERS.map((value) => ({ value, label: t(`orders.${value}`) }))}
        onChange={(order) => url.set({ order: order === 'risk' ? undefined : order })}
      />
    </>
  )
}

const press = (id: string): void => document.querySelector<HTMLElement>(`button#${id}`)?.click()

/** The queue beside what is seen of it; on a phone one or the other. Without a queue (history), what is seen alone. */
function Panes({ view, url }: { readonly view: 'queue' | 'own' | 'delegated' | null; readonly url: Url }) {
  const { t } = useTranslation('approvals')
  const org = useOrg()
  const { run } = useParams({ strict: false })
  const isNarrow = useIsNarrow()
  const marks = useMarks()
  const filter = {
    view: view ?? 'queue',
    order: oneOf(url.values.order, ORDERS),
    risk: oneOf(url.values.risk, RISKS),
  }
  const list = useList(inboxQuery(org, filter))
  const rows = view === null ? [] : (list.rows ?? [])
  const shown = run ?? (isNarrow ? null : (rows[0]?.run_id ?? null))
  const mark = useCallback(() => {
    if (shown !== null) toggleMark(shown)
  }, [shown])
  const go = useInboxKeys(rows, shown, mark)
  const navigate = useNavigate()
  // What was decided together waits no longer: the first of what does is next.
  const leave = () => {
    const search = (before: Readonly<Record<string, string | undefined>>) => before
    if (shown !== null && marks.includes(shown)) void navigate({ to: '/o/$org/approvals', params: { org }, search })
    clearMarks()
  }
  const isEmpty = list.rows?.length === 0
  if (isEmpty && shown === null) {
    if (filter.risk !== undefined) return <NoResults onClear={url.clear} />
    return (
      <EmptyState icon={Inbox} title={t(`empty.${filter.view}`)}>
        {t(`emptyText.${filter.view}`)}
      </EmptyState>
    )
  }
  const seen = shown === null ? null : <Seen key={shown} id={shown} onDecided={() => go(1)} />
  const back = (
    <ButtonLink
      variant="ghost"
      to="/o/$org/approvals"
      params={{ org }}
      search={{ ...url.values }}
      className="self-start"
    >
      <ArrowLeft size={15} aria-hidden className="rtl:-scale-x-100" />
      {t('back')}
    </ButtonLink>
  )
  if (isNarrow && run !== undefined) return <>{[back, seen]}</>
  if (view === null) return seen
  return (
    <div className="grid items-start gap-5 md:grid-cols-[minmax(240px,300px)_minmax(0,1fr)]">
      <div className="flex flex-col gap-3 md:sticky md:top-5">
        <Queue list={list} shown={shown} marks={marks} />
        <Batch marked={rows.filter(({ run_id }) => marks.includes(run_id))} onDone={leave} />
        <p className="meta hidden text-fg3 lg:block">{t('keys')}</p>
      </div>
      {seen}
    </div>
  )
}

/**
 * j and k go through the queue, a gives what is asked, r rejects, x marks. Of those that are marked b gives what is asked,
 * T returns and R rejects. Returns the way to the one after (1) or before (-1).
 */
function useInboxKeys(rows: readonly Waiting[], shown: string | null, mark: () => void): (step: 1 | -1) => void {
  const org = useOrg()
  const navigate = useNavigate()
  const go = useCallback(
    (step: 1 | -1) => {
      const at = rows.findIndex(({ run_id }) => run_id === shown)
      const next = rows[at + step]
      const search = (before: Readonly<Record<string, string | undefined>>) => before
      if (next !== undefined) void navigate({ to: '/o/$org/approvals/$run', params: { org, run: next.run_id }, search })
      else if (step === 1 && at >= 0) void navigate({ to: '/o/$org/approvals', params: { org }, search })
    },
    [rows, shown, org, navigate],
  )
  usePageKeys(
    useMemo(
      () => ({
        j: () => go(1),
        k: () => go(-1),
        a: () => press(GIVE_BUTTON),
        r: () => press(REJECT_BUTTON),
        x: mark,
        b: () => press(BATCH_BUTTON),
        T: () => press(BATCH_RETURN_BUTTON),
        R: () => press(BATCH_REJECT_BUTTON),
      }),
      [go, mark],
    ),
  )
  return go
}
