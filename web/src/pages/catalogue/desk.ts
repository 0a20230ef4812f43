import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useParams } from '@tanstack/react-router'
import { type Desk, organisationDesk, platformDesk } from '../../api/app-desk.ts'
import { accessOf, meQuery, organisationQuery } from '../../session/facts.ts'

export type Here = {
  readonly desk: Desk
  /** Before `/builder` and `/catalogue`. */
  readonly base: string
  readonly versionHref: (version: string) => string
  readonly draftHref: (version: string) => string
  readonly isPlatform: boolean
  readonly canReview: boolean
  readonly canPublish: boolean
  readonly canManage: boolean
  /** Whether the reader is who a version names as its author. */
  readonly isMe: (author_id: string | null) => boolean
}

/** The desk of the address: the organisation's in `/o/…`, the platform's in `/platform/…`. */
export function useDesk(): Here {
  const { org } = useParams({ strict: false })
  const { data: me } = useQuery(meQuery)
  const { data: organisation } = useQuery({ ...organisationQuery(org ?? ''), enabled: org !== undefined })
  return useMemo(() => {
    const access = organisation === undefined ? null : accessOf(organisation)
    const isPlatform = org === undefined
    const may = (permission: 'app.review' | 'app.publish' | 'catalog.manage') =>
      isPlatform || access?.can(permission) === true
    const base = isPlatform ? '/platform' : `/o/${org}`
    return {
      base,
      isPlatform,
      versionHref: (version) => `${base}/catalogue/versions/${version}`,
      draftHref: (version) => `${base}/builder/${version}`,
      desk: isPlatform ? platformDesk() : organisationDesk(org),
      canReview: may('app.review'),
      canPublish: may('app.publish'),
      canManage: may('catalog.manage'),
      isMe: (author_id) =>
        author_id !== null && (author_id === me?.id || author_id === organisation?.membership?.member_id),
    }
  }, [org, me, organisation])
}
