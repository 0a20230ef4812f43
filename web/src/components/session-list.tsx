import { useMutation } from '@tanstack/react-query'
import { MonitorSmartphone } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { toProblem } from '../api/problem.ts'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { toastProblem } from '../ui/toast.tsx'
import { problemText } from './problem-text.ts'

type SessionShown = {
  readonly id: string
  readonly device: string | null
  /** What the browser says of itself, where it is told. */
  readonly user_agent?: string
  readonly is_current: boolean
}

type RowProps<Session> = {
  /** From where it is used and since when. */
  readonly aboutOf: (session: Session) => ReactNode
  readonly onEnd: (session: string) => Promise<unknown>
}

/** Where somebody is signed in. Each place can be ended but the reader's own; why it could not be is told. */
export function SessionList<Session extends SessionShown>(
  props: RowProps<Session> & { readonly label: string; readonly sessions: readonly Session[] },
) {
  return (
    <ul aria-label={props.label} className="divide-y">
      {props.sessions.map((session) => (
        <SessionRow key={session.id} session={session} aboutOf={props.aboutOf} onEnd={props.onEnd} />
      ))}
    </ul>
  )
}

function SessionRow<Session extends SessionShown>({
  session,
  aboutOf,
  onEnd,
}: RowProps<Session> & { readonly session: Session }) {
  const { t } = useTranslation('words')
  const end = useMutation({
    mutationFn: () => onEnd(session.id),
    onError: (error) => toastProblem(problemText(t, toProblem(error))),
  })
  return (
    <li className="flex flex-wrap items-center gap-3 py-2.5 first:pt-0 last:pb-0">
      <MonitorSmartphone size={16} className="shrink-0 text-fg3" aria-hidden />
      <div className="min-w-0 flex-1">
        <p className="truncate" title={session.user_agent}>
          {session.device ?? t('unknownBrowser')}
        </p>
        <p className="meta text-fg3">{aboutOf(session)}</p>
      </div>
      {session.is_current ? (
        <Badge tone="ok">{t('thisSession')}</Badge>
      ) : (
        <Button size="compact" isBusy={end.isPending} onClick={() => end.mutate()}>
          {t('endSession')}
        </Button>
      )}
    </li>
  )
}
