import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { usePlatformNames } from '../../api/accounts.ts'
import { useMemberName } from '../../api/directory.ts'
import { CopyAsCurl } from '../../components/copy-as-curl.tsx'
import { CopyId } from '../../components/copy-id.tsx'
import { JsonView } from '../../components/json-view.tsx'
import { Card, Columns, type Fact, Facts, Page, PageHeader } from '../../components/page.tsx'
import { StateBadge } from '../../components/state-badge.tsx'
import { Moment, TimeAgo } from '../../components/time-ago.tsx'
import { oneOf, useUrlState } from '../../components/url-state.ts'
import { usePageName } from '../../shell/page-name.ts'
import { Banner } from '../../ui/banner.tsx'
import { TextLink } from '../../ui/button.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { Checks } from './checks.tsx'
import { ContractView } from './contract-view.tsx'
import { useDesk } from './desk.ts'
import { Diff } from './diff.tsx'
import { NextAct } from './next-act.tsx'
import { versionQuery, versionsQuery } from './queries.ts'
import { TestBench } from './test-bench.tsx'
import type { VersionDetail } from '../../api/app-desk.ts'
import { VersionActs } from './version-acts.tsx'

const TABS = ['checks', 'contract', 'diff', 'tests', 'files'] as const

/** One version of an app: what it says, what the checks say of it, what changed, and what is asked of whom. */
export function VersionPage() {
  const { t } = useTranslation('catalogue')
  const { desk, canPublish, canReview } = useDesk()
  const { version: id = '' } = useParams({ strict: false })
  const { data: version } = useSuspenseQuery(versionQuery(desk, id))
  const url = useUrlState(['tab'])
  const tab = oneOf(url.values.tab, TABS) ?? 'checks'
  usePageName(version.name)
  const failed = version.checks.filter(({ result }) => result === 'failed').length
  return (
    <Page kind="detail">
      <PageHeader
        title={`${version.name} ${version.version ?? ''}`}
        badge={<StateBadge state={version.state} />}
        purpose={t(`says.${version.state}`)}
        actions={
          <>
            <CopyAsCurl path={desk.archiveHref(id).replace(/\/archive$/, '')} />
            <VersionActs version={version} />
          </>
        }
      />
      {version.reason !== null && <Banner tone="warn" title={version.reason} />}
      <Columns side={<Side version={version} />}>
        <NextAct version={version} />
        <Card>
          <Tabs
            label={version.name}
            value={tab}
            onChange={(next) => url.set({ tab: next === 'checks' ? undefined : next })}
            tabs={[
              {
                value: 'checks',
                label: t('parts.checks'),
                ...(failed > 0 && { count: failed }),
                content: <Checks checks={version.checks} />,
              },
              { value: 'contract', label: t('parts.contract'), content: <ContractView content={version.content} /> },
              { value: 'diff', label: t('parts.diff'), content: <Diff version={version} /> },
              ...(canPublish || canReview
                ? [{ value: 'tests' as const, label: t('parts.tests'), content: <TestBench version={version} /> }]
                : []),
              {
                value: 'files',
                label: t('parts.files'),
                content: <JsonView label={t('parts.files')} value={version.content} />,
              },
            ]}
          />
        </Card>
      </Columns>
    </Page>
  )
}

function Side({ version }: { readonly version: VersionDetail }) {
  const { t } = useTranslation('catalogue')
  const { isMe } = useDesk()
  const facts: readonly Fact[] = [
    { label: t('author'), value: isMe(version.author_id) ? t('you') : <Author id={version.author_id} /> },
    { label: t('revision'), value: version.revision },
    { label: t('created'), value: <Moment at={version.created_at} /> },
    ...(version.submitted_at === null ? [] : [{ label: t('submitted'), value: <Moment at={version.submitted_at} /> }]),
    ...(version.published_at === null ? [] : [{ label: t('published'), value: <Moment at={version.published_at} /> }]),
    ...(version.oath === null ? [] : [{ label: t('oath'), value: <Moment at={version.oath.accepted_at} /> }]),
    ...(version.content_hash === null
      ? []
      : [{ label: t('hash'), value: <CopyId id={version.content_hash} label={t('hash')} /> }]),
  ]
  return (
    <>
      <Card title={t('about')}>
        <Facts facts={facts} />
      </Card>
      <Reviews version={version} />
      <OtherVersions version={version} />
    </>
  )
}

function Reviews({ version }: { readonly version: VersionDetail }) {
  const { t } = useTranslation('catalogue')
  const { isMe } = useDesk()
  if (version.reviews.length === 0) return null
  return (
    <Card title={t('reviews')}>
      <ol className="flex flex-col gap-3">
        {version.reviews.map((review) => (
          <li key={review.id}>
            <p className="flex flex-wrap items-center gap-2">
              <StateBadge state={review.decision} />
              <span>{isMe(review.reviewer_id) ? t('you') : <Author id={review.reviewer_id} />}</span>
              <span className="meta text-fg3">
                <TimeAgo at={review.decided_at} />
              </span>
            </p>
            {review.comment !== null && <p className="mt-1 break-words whitespace-pre-line">{review.comment}</p>}
          </li>
        ))}
      </ol>
    </Card>
  )
}

function OtherVersions({ version }: { readonly version: VersionDetail }) {
  const { t } = useTranslation('catalogue')
  const { desk, versionHref } = useDesk()
  const { data } = useQuery(versionsQuery(desk, version.app_id))
  const others = (data?.items ?? []).filter(({ id }) => id !== version.id)
  if (others.length === 0) return null
  return (
    <Card title={t('otherVersions')}>
      <ul className="flex flex-col gap-2">
        {others.map((other) => (
          <li key={other.id} className="flex items-center gap-2">
            <TextLink to={versionHref(other.id)}>{other.version ?? t('unnumbered')}</TextLink>
            <StateBadge state={other.state} />
          </li>
        ))}
      </ul>
    </Card>
  )
}

/** Who wrote a version or looked at it, by name: on the platform that of an account. */
function Author({ id }: { readonly id: string | null }) {
  const { isPlatform } = useDesk()
  if (id === null) return '–'
  return isPlatform ? <AccountName id={id} /> : <MemberName id={id} />
}

function MemberName({ id }: { readonly id: string }) {
  return useMemberName()(id)
}

function AccountName({ id }: { readonly id: string }) {
  return usePlatformNames([id])(id)
}
