import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Blocks, Plus, Upload } from 'lucide-react'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { WorkedApp } from '../../api/app-desk.ts'
import { useList } from '../../api/list.ts'
import { toProblem } from '../../api/problem.ts'
import type { Column } from '../../components/data-table-props.ts'
import { DataTable } from '../../components/data-table.tsx'
import { NameDialog } from '../../components/name-dialog.tsx'
import { Page, PageHeader } from '../../components/page.tsx'
import { ProblemBanner } from '../../components/problem-banner.tsx'
import { StateBadge } from '../../components/state-badge.tsx'
import { EmptyState } from '../../components/states.tsx'
import { TimeAgo } from '../../components/time-ago.tsx'
import { Button, TextLink } from '../../ui/button.tsx'
import { toastDone } from '../../ui/toast.tsx'
import { useDesk } from './desk.ts'
import { starter } from './parts.ts'
import { workedQuery } from './queries.ts'
import { wordsQuery } from './words.ts'

/** The apps that are written here, each with its newest version. */
export function BuilderPage() {
  const { t, i18n } = useTranslation('builder')
  const { desk, draftHref, versionHref, isPlatform } = useDesk()
  const navigate = useNavigate()
  const client = useQueryClient()
  const list = useList(workedQuery(desk))
  const { data: words } = useQuery(wordsQuery)
  const hrefOf = ({ state, version_id }: WorkedApp): string =>
    state === 'draft' ? draftHref(version_id) : versionHref(version_id)
  const [isNew, setNew] = useState(false)
  const [problem, setProblem] = useState<unknown>(null)
  const file = useRef<HTMLInputElement>(null)
  const open = async (version: { readonly id: string }) => {
    await client.invalidateQueries({ queryKey: desk.key })
    await navigate({ to: draftHref(version.id) })
  }
  const take = async (archive: File | undefined) => {
    if (archive === undefined) return
    setProblem(null)
    try {
      await open(await desk.importArchive(archive))
      toastDone(t('imported'))
    } catch (error) {
      setProblem(error)
    }
  }
  const create = (
    <Button variant="primary" onClick={() => setNew(true)}>
      <Plus size={15} aria-hidden />
      {t('newApp')}
    </Button>
  )
  return (
    <Page kind="list">
      <PageHeader
        title={t(isPlatform ? 'titlePlatform' : 'title')}
        purpose={t(isPlatform ? 'purposePlatform' : 'purpose')}
        actions={
          <>
            <input
              ref={file}
              type="file"
              accept=".zip,application/zip"
              hidden
              onChange={(event) => void take(event.target.files?.[0])}
            />
            <Button onClick={() => file.current?.click()}>
              <Upload size={15} aria-hidden />
              {t('import')}
            </Button>
            {create}
          </>
        }
      />
      {problem !== null && <ProblemBanner problem={toProblem(problem)} />}
      <DataTable
        label={t('title')}
        list={list}
        columns={useColumns(hrefOf)}
        rowId={(app) => app.version_id}
        rowName={(app) => app.name}
        rowHref={hrefOf}
        empty={
          <EmptyState icon={Blocks} title={t('emptyTitle')} action={create}>
            {t('emptyText')}
          </EmptyState>
        }
      />
      <NameDialog
        isOpen={isNew}
        onClose={() => setNew(false)}
        title={t('newApp')}
        text={t('newAppText')}
        submitLabel={t('newApp')}
        send={(name) => desk.create(starter(name, i18n.language, words ?? { categories: [] }))}
        onDone={(version) => void open(version)}
      />
    </Page>
  )
}

function useColumns(hrefOf: (app: WorkedApp) => string): readonly Column<WorkedApp>[] {
  const { t } = useTranslation('builder')
  return [
    {
      id: 'name',
      header: t('app'),
      width: 'minmax(180px, 3fr)',
      cell: (app) => (
        <TextLink to={hrefOf(app)} className="truncate font-medium text-fg">
          {app.name}
        </TextLink>
      ),
    },
    { id: 'version', header: t('f.version'), width: 'minmax(80px, 1fr)', cell: (app) => app.version ?? '–' },
    { id: 'state', header: t('state'), width: 'minmax(110px, 1fr)', cell: (app) => <StateBadge state={app.state} /> },
    {
      id: 'current',
      header: t('publishedVersion'),
      width: 'minmax(120px, 1fr)',
      isSecondary: true,
      cell: (app) => app.current?.version ?? '–',
    },
    {
      id: 'at',
      header: t('changed'),
      width: 'minmax(120px, 1fr)',
      isNumber: true,
      cell: (app) => <TimeAgo at={app.updated_at} />,
    },
  ]
}
