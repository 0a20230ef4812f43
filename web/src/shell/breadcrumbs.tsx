import { useQuery } from '@tanstack/react-query'
import { Link, useMatches, useParams } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useDeploymentName } from '../components/brand.tsx'
import { entryOf, pathOf } from '../navigation.ts'
import { organisationQuery } from '../session/facts.ts'
import { useShown } from './page-name.ts'
import { useRememberedVisits } from './visits.ts'

/** Where one is: organisation or platform, the page, and the thing it shows. Sets the title of the document as well. */
export function Breadcrumbs() {
  const { t } = useTranslation('shell')
  const { org } = useParams({ strict: false })
  const { data: organisation } = useQuery({ ...organisationQuery(org ?? ''), enabled: false })
  const page = useMatches({ select: (matches) => matches.at(-1)?.staticData.page ?? null })
  const shown = useShown()?.name ?? null
  useRememberedVisits()
  const entry = page === null ? null : entryOf(page)
  const place = org !== undefined ? (organisation?.name ?? null) : entry?.group === 'platform' ? t('platform') : null
  const name = entry === null ? null : t(`nav.${entry.id}`)
  const title = [shown, name, place, useDeploymentName()].filter((part) => part !== null).join(' · ')
  useEffect(() => {
    document.title = title
  }, [title])
  const parts = [
    ...(place === null ? [] : [{ text: place, href: org === undefined ? '/platform' : `/o/${org}/home` }]),
    ...(name === null || entry === null ? [] : [{ text: name, href: pathOf(entry, org ?? null) }]),
    ...(shown === null ? [] : [{ text: shown, href: null }]),
  ]
  return (
    <nav aria-label={t('breadcrumb')} className="min-w-0 flex-1">
      <ol className="flex min-w-0 items-center gap-1.5 text-fg3">
        {parts.map(({ text, href }, index) => {
          const isLast = index === parts.length - 1
          return (
            <li key={text} className={isLast ? 'min-w-0 truncate' : 'hidden min-w-0 items-center gap-1.5 sm:flex'}>
              {isLast || href === null ? (
                <span aria-current="page" className="truncate text-fg">
                  {text}
                </span>
              ) : (
                <>
                  <Link to={href} className="max-w-52 truncate hover:text-fg">
                    {text}
                  </Link>
                  <span aria-hidden>/</span>
                </>
              )}
            </li>
          )
        })}
      </ol>
    </nav>
  )
}
