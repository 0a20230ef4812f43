import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { ArrowDown, ArrowUp, Boxes } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../../api/client.ts'
import { toProblem } from '../../api/problem.ts'
import { Card } from '../../components/page.tsx'
import { ProblemBanner } from '../../components/problem-banner.tsx'
import { RiskBadge } from '../../components/state-badge.tsx'
import { EmptyState, ErrorState, Skeleton } from '../../components/states.tsx'
import { useAccess } from '../../session/facts.ts'
import { Button, ButtonLink, IconButton, TextLink } from '../../ui/button.tsx'
import { toastDone } from '../../ui/toast.tsx'
import { catalogueKey, catalogueQuery, type InternalApp } from './queries.ts'

/** The organisation's own apps: the promoted ones stand first in the start menu, in this order. */
export function InternalApps({ org }: { readonly org: string }) {
  const { t } = useTranslation('catalogue')
  const client = useQueryClient()
  const { can } = useAccess()
  const { data, error, refetch } = useQuery(catalogueQuery(org))
  const promote = useMutation({
    mutationFn: (app_ids: readonly string[]) =>
      answerOf(
        api.PUT('/api/orgs/{org}/catalog/promotions', { params: { path: { org } }, body: { app_ids: [...app_ids] } }),
      ),
    onSuccess: () => toastDone(t('changed')),
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: catalogueKey(org) }),
        client.invalidateQueries({ queryKey: ['org', org, 'apps'] }),
      ]),
  })
  if (data === undefined && error !== null) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (data === undefined) return <Skeleton lines={6} />
  if (data.internal_apps.length === 0) {
    return (
      <EmptyState
        icon={Boxes}
        title={t('emptyInternal')}
        action={
          can('app.publish') ? (
            <ButtonLink to="/o/$org/builder" params={{ org }}>
              {t('openBuilder')}
            </ButtonLink>
          ) : undefined
        }
      >
        {t('emptyInternalText')}
      </EmptyState>
    )
  }
  const promoted = data.internal_apps
    .filter(({ position }) => position !== null)
    .sort((a, b) => (a.position ?? 0) - (b.position ?? 0))
  const others = data.internal_apps.filter(({ position }) => position === null)
  const ids = promoted.map(({ app_id }) => app_id)
  const move = (at: number, step: 1 | -1) => {
    const [from, to] = [ids[at], ids[at + step]]
    if (from === undefined || to === undefined) return
    promote.mutate(ids.map((id) => (id === from ? to : id === to ? from : id)))
  }
  return (
    <div className="flex flex-col gap-5">
      {promote.error !== null && <ProblemBanner problem={toProblem(promote.error)} />}
      <Card title={t('promoted')} purpose={t('promotedText')} isFlush>
        {promoted.length === 0 && <p className="px-4 py-3 text-fg2">{t('nonePromoted')}</p>}
        <ol className="divide-y">
          {promoted.map((app, at) => (
            <Row key={app.app_id} org={org} app={app}>
              <IconButton
                label={t('moveUp', { name: app.name })}
                disabledReason={at === 0 ? t('isFirst') : null}
                onClick={() => move(at, -1)}
              >
                <ArrowUp size={15} aria-hidden />
              </IconButton>
              <IconButton
                label={t('moveDown', { name: app.name })}
                disabledReason={at === promoted.length - 1 ? t('isLast') : null}
                onClick={() => move(at, 1)}
              >
                <ArrowDown size={15} aria-hidden />
              </IconButton>
              <Button size="compact" onClick={() => promote.mutate(ids.filter((id) => id !== app.app_id))}>
                {t('demote')}
              </Button>
            </Row>
          ))}
        </ol>
      </Card>
      <Card title={t('otherInternal')} isFlush>
        {others.length === 0 && <p className="px-4 py-3 text-fg2">{t('allPromoted')}</p>}
        <ul className="divide-y">
          {others.map((app) => (
            <Row key={app.app_id} org={org} app={app}>
              <Button size="compact" onClick={() => promote.mutate([...ids, app.app_id])}>
                {t('promote')}
              </Button>
            </Row>
          ))}
        </ul>
      </Card>
    </div>
  )
}

function Row(props: { readonly org: string; readonly app: InternalApp; readonly children: React.ReactNode }) {
  const { app, org } = props
  return (
    <li className="flex flex-wrap items-center gap-3 px-4 py-2.5">
      <div className="min-w-0 flex-1 basis-60">
        <TextLink
          to="/o/$org/catalogue/versions/$version"
          params={{ org, version: app.version_id }}
          className="font-medium text-fg"
        >
          {app.name}
        </TextLink>
        <p className="meta flex gap-2 text-fg3">
          {app.version} <RiskBadge risk={app.risk} />
        </p>
      </div>
      <div className="flex items-center gap-1.5">{props.children}</div>
    </li>
  )
}
