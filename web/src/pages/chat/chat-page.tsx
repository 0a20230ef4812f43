import { useQueryClient } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { ArrowLeft, MessageSquarePlus, MessagesSquare, Trash2 } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { type List, useList } from '../../api/list.ts'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { CopyAsCurl } from '../../components/copy-as-curl.tsx'
import { LoadMore } from '../../components/load-more.tsx'
import { Page, PageHeader } from '../../components/page.tsx'
import { EmptyState, ErrorState, Skeleton } from '../../components/states.tsx'
import { TimeAgo } from '../../components/time-ago.tsx'
import { useAccess, useOrg } from '../../session/facts.ts'
import { usePageActions } from '../../shell/page-actions.ts'
import { ButtonLink, IconButton, TextLink } from '../../ui/button.tsx'
import { cx } from '../../ui/cx.ts'
import { toastDone } from '../../ui/toast.tsx'
import { Composer } from './composer.tsx'
import { type Thread, threadsKey, threadsQuery } from './queries.ts'
import { ThreadView } from './thread-view.tsx'

/** Conversations with apps: the threads, and the one that is open, its drafts and their decisions in it. */
export function ChatPage() {
  const { t } = useTranslation('chat')
  const org = useOrg()
  const { can } = useAccess()
  const navigate = useNavigate()
  const { thread } = useParams({ strict: false })
  const list = useList(threadsQuery(org))
  usePageActions(
    useMemo(() => {
      const run = () => void navigate({ to: '/o/$org/chat', params: { org } })
      return [{ id: 'chat', label: t('create'), keywords: ['chat'], icon: <MessageSquarePlus size={15} />, run }]
    }, [t, navigate, org]),
  )
  const main = thread === undefined ? <NewChat mayRun={can('run.execute')} /> : <ThreadView key={thread} id={thread} />
  return (
    <Page kind="list">
      <PageHeader
        title={t('title')}
        purpose={t('purpose')}
        actions={
          <>
            <CopyAsCurl path={`/api/orgs/${org}/threads${thread === undefined ? '' : `/${thread}`}`} />
            {thread !== undefined && (
              <ButtonLink variant="primary" to="/o/$org/chat" params={{ org }}>
                <MessageSquarePlus size={15} aria-hidden />
                {t('create')}
              </ButtonLink>
            )}
          </>
        }
      />
      {/* One tree for every width: what is typed stays when a phone is turned. */}
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(200px,260px)_minmax(0,1fr)]">
        <div className={thread === undefined ? 'order-last lg:order-none' : 'hidden lg:block'}>
          <Threads list={list} shown={thread ?? null} />
        </div>
        <div className="flex min-w-0 flex-col gap-3">
          {thread !== undefined && (
            <ButtonLink variant="ghost" to="/o/$org/chat" params={{ org }} className="self-start lg:hidden">
              <ArrowLeft size={15} aria-hidden className="rtl:-scale-x-100" />
              {t('back')}
            </ButtonLink>
          )}
          {main}
        </div>
      </div>
    </Page>
  )
}

function NewChat({ mayRun }: { readonly mayRun: boolean }) {
  const { t } = useTranslation('chat')
  return (
    <div className="flex min-w-0 flex-col gap-4 rounded-xl border bg-surface p-4">
      <EmptyState icon={MessagesSquare} title={t('startTitle')}>
        {t(mayRun ? 'startText' : 'mayNotRun')}
      </EmptyState>
      {mayRun && <Composer thread={null} />}
    </div>
  )
}

function Threads({ list, shown }: { readonly list: List<Thread>; readonly shown: string | null }) {
  const { t } = useTranslation('chat')
  const org = useOrg()
  const client = useQueryClient()
  const navigate = useNavigate()
  const [removing, setRemoving] = useState<Thread | null>(null)
  if (list.error !== null) return <ErrorState error={list.error} onRetry={list.reload} />
  if (list.rows === null) return <Skeleton lines={6} />
  const remove = async () => {
    if (removing === null) return
    await api.DELETE('/api/orgs/{org}/threads/{thread}', { params: { path: { org, thread: removing.id } } })
    toastDone(t('removed', { title: removing.title }))
    if (removing.id === shown) await navigate({ to: '/o/$org/chat', params: { org } })
    await client.invalidateQueries({ queryKey: threadsKey(org) })
  }
  return (
    <section aria-label={t('threads')} className="overflow-clip rounded-xl border bg-surface lg:sticky lg:top-5">
      {list.rows.length === 0 && <p className="p-4 text-fg2">{t('noThreads')}</p>}
      <ul className="divide-y">
        {list.rows.map((thread) => (
          <li
            key={thread.id}
            className={cx('flex items-center gap-1 py-1 ps-3 pe-1', thread.id === shown && 'bg-accent-soft')}
          >
            <TextLink
              to="/o/$org/chat/$thread"
              params={{ org, thread: thread.id }}
              aria-current={thread.id === shown ? 'true' : undefined}
              className="min-w-0 flex-1 py-1 text-fg"
            >
              <span className="block truncate">{thread.title}</span>
              <span className="meta block text-fg2">
                <TimeAgo at={thread.updated_at} />
              </span>
            </TextLink>
            <IconButton
              size="compact"
              label={t('removeThis', { title: thread.title })}
              onClick={() => setRemoving(thread)}
            >
              <Trash2 size={14} aria-hidden />
            </IconButton>
          </li>
        ))}
      </ul>
      {list.hasMore && (
        <div className="border-t p-2 text-center">
          <LoadMore list={list} variant="ghost" label={t('more')} />
        </div>
      )}
      <ConfirmDialog
        isOpen={removing !== null}
        onClose={() => setRemoving(null)}
        title={t('removeTitle', { title: removing?.title ?? '' })}
        confirmLabel={t('removeChat')}
        onConfirm={remove}
      >
        {t('removeText')}
      </ConfirmDialog>
    </section>
  )
}
