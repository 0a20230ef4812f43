import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { CopyAsCurl } from '../../components/copy-as-curl.tsx'
import { useFormat } from '../../components/format.ts'
import { Card, Page, PageHeader } from '../../components/page.tsx'
import { EmptyState, ErrorState, Skeleton } from '../../components/states.tsx'
import { FileX } from 'lucide-react'
import { ButtonLink } from '../../ui/button.tsx'
import { usePageName } from '../../shell/page-name.ts'
import { Progress } from '../../ui/progress.tsx'
import { CheckRows } from './check-rows.tsx'
import { homeOf, type Import, type ImportDesk, importQuery, useDesk } from './desk.ts'
import { Result } from './result.tsx'
import { type ImportStep, ImportSteps } from './steps.tsx'

const STEP: Readonly<Record<Import['state'], ImportStep>> = {
  checked: 'check',
  running: 'run',
  finished: 'result',
  discarded: 'file',
}

/** One import, at the step where it stands: checked, running, or done. It goes on without this page. */
export function ImportRunPage() {
  const { t } = useTranslation('imports')
  const desk = useDesk()
  const { import: id = '' } = useParams({ strict: false })
  const { data: found, error, refetch } = useQuery(importQuery(desk, id))
  usePageName(found?.file_name ?? null)
  if (found === undefined) {
    return (
      <Page kind="list">
        <h1 tabIndex={-1} className="sr-only">
          {t('title')}
        </h1>
        {error === null ? <Skeleton lines={8} /> : <ErrorState error={error} onRetry={() => void refetch()} />}
      </Page>
    )
  }
  return (
    <Page kind="list">
      <PageHeader
        title={found.file_name}
        purpose={t(`purposeOf.${found.state}`)}
        actions={<CopyAsCurl path={`${desk.path}/${id}`} />}
      />
      <ImportSteps now={STEP[found.state]} />
      <Stage desk={desk} found={found} />
    </Page>
  )
}

function Stage({ desk, found }: { readonly desk: ImportDesk; readonly found: Import }) {
  const { t } = useTranslation('imports')
  switch (found.state) {
    case 'checked':
      return <CheckRows desk={desk} found={found} />
    case 'running':
      return <Running found={found} />
    case 'finished':
      return <Result desk={desk} found={found} />
    case 'discarded':
      return (
        <Card>
          <EmptyState
            icon={FileX}
            title={t('states.discarded')}
            action={
              <ButtonLink to={homeOf(desk)} variant="primary">
                {t('another')}
              </ButtonLink>
            }
          >
            {t('discardedText')}
          </EmptyState>
        </Card>
      )
  }
}

function Running({ found }: { readonly found: Import }) {
  const { t } = useTranslation('imports')
  const format = useFormat()
  const { valid, claimed, created, added, failed } = found.counts
  const done = created + added + failed
  const all = done + valid + claimed
  return (
    <Card>
      <div className="flex flex-col gap-3 pt-2">
        <Progress
          label={t('running')}
          value={done}
          max={all}
          text={t('doneOf', { done: format.number(done), all: format.number(all) })}
        />
        <p className="text-fg2">{t('runningText')}</p>
      </div>
    </Card>
  )
}
