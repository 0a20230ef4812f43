import { useQuery } from '@tanstack/react-query'
import { ClipboardCheck } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { Version } from '../../api/app-desk.ts'
import { wholeList } from '../../api/list.ts'
import type { Column } from '../../components/data-table-props.ts'
import { DataTable } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/states.tsx'
import { TimeAgo } from '../../components/time-ago.tsx'
import { Badge } from '../../ui/badge.tsx'
import { TextLink } from '../../ui/button.tsx'
import { useDesk } from './desk.ts'
import { submissionsQuery } from './queries.ts'

/** The versions that wait for a reviewer, the longest waiting first. */
export function Submissions() {
  const { t } = useTranslation('catalogue')
  const { desk, versionHref, isMe } = useDesk()
  const query = useQuery(submissionsQuery(desk))
  const href = ({ id }: Version): string => versionHref(id)
  const columns: readonly Column<Version>[] = [
    {
      id: 'name',
      header: t('app'),
      width: 'minmax(180px, 3fr)',
      cell: (version) => (
        <TextLink to={href(version)} className="truncate font-medium text-fg">
          {version.name}
        </TextLink>
      ),
    },
    { id: 'version', header: t('version'), width: 'minmax(90px, 1fr)', cell: ({ version }) => version ?? '–' },
    {
      id: 'whose',
      header: t('whose'),
      width: 'minmax(140px, 2fr)',
      cell: ({ author_id }) =>
        isMe(author_id) ? <Badge>{t('ownVersion')}</Badge> : <Badge tone="warn">{t('waitsForYou')}</Badge>,
    },
    {
      id: 'at',
      header: t('submitted'),
      width: 'minmax(120px, 1fr)',
      isNumber: true,
      cell: ({ submitted_at }) => (submitted_at === null ? '–' : <TimeAgo at={submitted_at} />),
    },
  ]
  return (
    <DataTable
      label={t('tabs.review')}
      list={wholeList(query.data?.items, query)}
      columns={columns}
      rowId={({ id }) => id}
      rowName={({ name }) => name}
      rowHref={href}
      empty={
        <EmptyState icon={ClipboardCheck} title={t('emptyReview')}>
          {t('emptyReviewText')}
        </EmptyState>
      }
    />
  )
}
