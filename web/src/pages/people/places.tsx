import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Card } from '../../components/page.tsx'
import { ErrorState, Skeleton } from '../../components/states.tsx'
import { useOrg } from '../../session/facts.ts'
import { Badge } from '../../ui/badge.tsx'
import { TextLink } from '../../ui/button.tsx'
import { type Place, placesQuery } from './queries.ts'

/** Where somebody may do something, as what, and why. */
export function Places({ person }: { readonly person: string }) {
  const { t } = useTranslation('people')
  const org = useOrg()
  const { data, error, refetch } = useQuery(placesQuery(org, person))
  if (data === undefined) {
    return error === null ? <Skeleton lines={6} /> : <ErrorState error={error} onRetry={() => void refetch()} />
  }
  return (
    <div className="flex flex-col gap-5">
      <PlaceCard title={t('workspaces')} kind="workspaces" org={org} places={data.workspaces} />
      <PlaceCard title={t('projects')} kind="projects" org={org} places={data.projects} />
      <p className="text-fg2">{t('liveKeys', { count: data.api_keys })}</p>
    </div>
  )
}

function PlaceCard(props: {
  readonly title: string
  readonly kind: 'workspaces' | 'projects'
  readonly org: string
  readonly places: readonly Place[]
}) {
  const { t } = useTranslation('people')
  const { org, kind } = props
  return (
    <Card title={props.title} isFlush>
      {props.places.length === 0 ? (
        <p className="px-4 py-4 text-fg2">{t('noPlaces')}</p>
      ) : (
        <ul className="divide-y border-t">
          {props.places.map(({ id, name, role, why, source }) => (
            <li key={id} className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2">
              <span className="min-w-0 flex-1 basis-40 truncate">
                {kind === 'projects' ? (
                  <TextLink to="/o/$org/projects/$project" params={{ org, project: id }} className="text-fg">
                    {name}
                  </TextLink>
                ) : (
                  <TextLink to="/o/$org/workspaces/$workspace" params={{ org, workspace: id }} className="text-fg">
                    {name}
                  </TextLink>
                )}
              </span>
              <span className="text-fg2">{t(`placeRole.${role}`, { defaultValue: role })}</span>
              <Badge tone={source === 'connection' ? 'info' : 'neutral'}>
                {t(source === null ? `placeWhy.${why}` : `placeSource.${source}`)}
              </Badge>
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}
