import { useQuery } from '@tanstack/react-query'
import { X } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type ShownAnnouncement, shownAnnouncementsQuery } from '../api/announcements.ts'
import { readStored, store } from '../session/preferences.ts'
import { Banner, type Tone } from '../ui/banner.tsx'
import { IconButton } from '../ui/button.tsx'

const PUT_AWAY = 'announcements'
const SEPARATOR = ' '
/** More are not told at once; older ones need not be remembered. */
const MOST_REMEMBERED = 50

const TONE: Readonly<Record<string, Tone>> = { info: 'info', warning: 'warn', critical: 'bad' }

/** Says something else, and it is another one. */
const keyOf = ({ id, edition }: ShownAnnouncement): string => `${id}/${edition}`

/** The most severe announcement that whoever sits here has not put away, and how to. */
export function useAnnouncement(): {
  readonly announcement: ShownAnnouncement | null
  readonly putAway: () => void
} {
  const { data } = useQuery(shownAnnouncementsQuery)
  const [away, setAway] = useState(() => (readStored(PUT_AWAY) ?? '').split(SEPARATOR))
  const announcement = data?.items.find((each) => !away.includes(keyOf(each))) ?? null
  const putAway = () => {
    if (announcement === null) return
    const next = [keyOf(announcement), ...away].slice(0, MOST_REMEMBERED)
    store(PUT_AWAY, next.join(SEPARATOR))
    setAway(next)
  }
  return { announcement, putAway }
}

/** What the deployment tells everybody, above the page. */
export function AnnouncementBanner(props: {
  readonly announcement: ShownAnnouncement
  readonly onPutAway: () => void
}) {
  const { t } = useTranslation('shell')
  const { text, severity } = props.announcement
  const close = (
    <IconButton label={t('putAway')} size="compact" onClick={props.onPutAway}>
      <X size={14} aria-hidden />
    </IconButton>
  )
  return <Banner tone={TONE[severity] ?? 'info'} isFlush title={text} action={close} />
}
