import { FileSpreadsheet } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useList } from '../../api/list.ts'
import type { Column } from '../../components/data-table-props.ts'
import { CopyAsCurl } from '../../components/copy-as-curl.tsx'
import { DataTable } from '../../components/data-table.tsx'
import { useFormat } from '../../components/format.ts'
import { Page, PageHeader } from '../../components/page.tsx'
import { EmptyState } from '../../components/states.tsx'
import { Moment } from '../../components/time-ago.tsx'
import { Badge, type BadgeTone } from '../../ui/badge.tsx'
import { TextLink } from '../../ui/button.tsx'
import { ChooseFile } from './choose-file.tsx'
import { type Import, type ImportDesk, importsQuery, pathOf, useDesk } from './desk.ts'
import { ImportSteps } from './steps.tsx'

const TONE: Readonly<Record<Import['state'], BadgeTone>> = {
  checked: 'warn',
  running: 'info',
  finished: 'ok',
  discarded: 'neutral',
}

/** The first step: a file or pasted rows; below it the imports before this one. */
export function ImportPage() {
  const { t } = useTranslation('imports')
  const desk = useDesk()
  const isPlatform = desk.org === null
  const list = useList(importsQuery(desk))
  return (
    <Page kind="detail">
      <PageHeader
        title={t('title')}
        purpose={t(isPlatform ? 'purposePlatform' : 'purpose')}
        actions={<CopyAsCurl path={desk.path} />}
      />
      <ImportSteps now="file" />
      <ChooseFile desk={desk} />
      <h2 className="text-sm font-medium">{t('earlier')}</h2>
      <DataTable
        label={t('earlier')}
        list={list}
        columns={useColumns(desk)}
        rowId={(row) => row.id}
        rowName={(row) => row.file_name}
        rowHref={(row) => pathOf(desk, row.id)}
        empty={
          <EmptyState icon={FileSpreadsheet} title={t('noneYet')}>
            {t('noneYetText')}
          </EmptyState>
        }
      />
    </Page>
  )
}

function useColumns(desk: ImportDesk): readonly Column<Import>[] {
  const { t } = useTranslation('imports')
  const format = useFormat()
  return [
    {
      id: 'file',
      header: t('file'),
      width: 'minmax(180px, 3fr)',
      cell: (row) => (
        <TextLink to={pathOf(desk, row.id)} className="truncate font-medium text-fg">
          {row.file_name}
        </TextLink>
      ),
    },
    {
      id: 'state',
      header: t('state'),
      width: '150px',
      cell: (row) => <Badge tone={TONE[row.state]}>{t(`states.${row.state}`)}</Badge>,
    },
    {
      id: 'done',
      header: t(desk.org === null ? 'imported' : 'invited'),
      width: '110px',
      isNumber: true,
      cell: ({ counts }) => format.number(counts.created + counts.added),
    },
    {
      id: 'errors',
      header: t('errors'),
      width: '90px',
      isNumber: true,
      cell: ({ counts }) => format.number(counts.error + counts.failed),
    },
    {
      id: 'made',
      header: t('uploaded'),
      width: '170px',
      isNumber: true,
      cell: (row) => <Moment at={row.created_at} />,
    },
  ]
}
