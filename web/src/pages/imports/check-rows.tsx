import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { toProblem } from '../../api/problem.ts'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { Kpi, KpiRow } from '../../components/figures.tsx'
import { useFormat } from '../../components/format.ts'
import { ProblemBanner } from '../../components/problem-banner.tsx'
import { EmptyState, ErrorState, Skeleton } from '../../components/states.tsx'
import { oneOf, useUrlState } from '../../components/url-state.ts'
import { CircleCheck } from 'lucide-react'
import { Button } from '../../ui/button.tsx'
import { ToggleGroup } from '../../ui/toggle-group.tsx'
import { homeOf, type Import, type ImportDesk, importQuery } from './desk.ts'
import { RowGrid } from './row-grid.tsx'
import { useMending, useRows, type View, VIEWS } from './rows.ts'

/** The second step: what is wrong with each row, mended in place; nobody is imported before the button below. */
export function CheckRows({ desk, found }: { readonly desk: ImportDesk; readonly found: Import }) {
  const { t } = useTranslation('imports')
  const format = useFormat()
  const url = useUrlState(['show'])
  const [usual] = useState<View>(found.counts.error > 0 ? 'error' : 'all')
  const view = oneOf(url.values.show, VIEWS) ?? usual
  const { valid, error, dropped } = found.counts
  const counts: Readonly<Record<View, number>> = { error, all: valid + error + dropped }
  return (
    <>
      <KpiRow>
        <Kpi label={t('readyRows')} value={format.number(valid)} />
        <Kpi label={t('errorRows')} value={format.number(error)} />
        <Kpi label={t('leftOutRows')} value={format.number(dropped)} />
      </KpiRow>
      <ToggleGroup
        label={t('rows')}
        value={view}
        options={VIEWS.map((value) => ({ value, label: t(`views.${value}`, { shown: format.number(counts[value]) }) }))}
        onChange={(show) => url.set({ show })}
      />
      <Rows desk={desk} id={found.id} view={view} />
      <StartBar desk={desk} found={found} />
    </>
  )
}

function Rows({ desk, id, view }: { readonly desk: ImportDesk; readonly id: string; readonly view: View }) {
  const { t } = useTranslation('imports')
  const { rows, error, reload } = useRows(desk, id, view)
  const mending = useMending(desk, id, view)
  if (error !== null) return <ErrorState error={error} onRetry={reload} />
  if (rows === null) return <Skeleton lines={8} />
  if (rows.length === 0) {
    return (
      <div className="rounded-xl border bg-surface">
        <EmptyState icon={CircleCheck} title={t('noErrors')}>
          {t('noErrorsText')}
        </EmptyState>
      </div>
    )
  }
  // The one organisation of everybody is a column only where somebody names another.
  const cells = desk.cells.filter(
    (cell) => cell !== 'org_id' || desk.org === null || rows.some((row) => row.org_id !== desk.org),
  )
  return <RowGrid rows={rows} cells={cells} mending={mending} />
}

function StartBar({ desk, found }: { readonly desk: ImportDesk; readonly found: Import }) {
  const { t } = useTranslation('imports')
  const format = useFormat()
  const client = useQueryClient()
  const router = useRouter()
  const [isDiscarding, setDiscarding] = useState(false)
  const { valid, error } = found.counts
  const start = useMutation({
    mutationFn: () => desk.start(found.id),
    onSuccess: (started) => client.setQueryData(importQuery(desk, found.id).queryKey, started),
  })
  const discard = async () => {
    await desk.discard(found.id)
    await client.invalidateQueries({ queryKey: [...desk.key, 'all'] })
    router.history.push(homeOf(desk))
  }
  const isOwn = desk.org !== null
  return (
    <div className="sticky bottom-4 z-20 flex flex-col gap-2 rounded-xl border bg-raised px-4 py-2.5 shadow-pop">
      {start.error !== null && <ProblemBanner problem={toProblem(start.error)} />}
      <div className="flex flex-wrap items-center gap-2">
        <p className="min-w-0 flex-1 basis-60" aria-live="polite">
          {t(isOwn ? 'willInvite' : 'willImport', { count: valid, shown: format.number(valid) })}{' '}
          {error > 0 && <span className="text-fg3">{t('stayOut', { count: error, shown: format.number(error) })}</span>}
        </p>
        <Button variant="ghost" onClick={() => setDiscarding(true)}>
          {t('discardMore')}
        </Button>
        <Button
          variant="primary"
          isBusy={start.isPending}
          disabledReason={valid === 0 ? t('nothingReady') : null}
          onClick={() => start.mutate()}
        >
          {t(isOwn ? 'inviteNow' : 'importNow', { count: valid, shown: format.number(valid) })}
        </Button>
      </div>
      <ConfirmDialog
        isOpen={isDiscarding}
        onClose={() => setDiscarding(false)}
        title={t('discardTitle', { file: found.file_name })}
        confirmLabel={t('discard')}
        onConfirm={discard}
      >
        {t('discardText')}
      </ConfirmDialog>
    </div>
  )
}
