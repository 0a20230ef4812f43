import { useParams } from '@tanstack/react-router'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { X } from 'lucide-react'
import { useUrlState } from '../components/url-state.ts'
import { organisationQuery } from '../session/facts.ts'
import { Banner } from '../ui/banner.tsx'
import { IconButton } from '../ui/button.tsx'
import { AnnouncementBanner, useAnnouncement } from './announcement-banner.tsx'

/** One message above the page: that one was sent away, what everybody is told, or that the organisation cannot be worked in. */
export function Notices() {
  const { t } = useTranslation('shell')
  const { org } = useParams({ strict: false })
  const url = useUrlState(['denied'])
  const { data: organisation } = useQuery({ ...organisationQuery(org ?? ''), enabled: false })
  const { announcement, putAway } = useAnnouncement()
  const { denied } = url.values
  if (denied !== undefined) {
    const close = (
      <IconButton label={t('dismiss')} size="compact" onClick={() => url.set({ denied: undefined }, true)}>
        <X size={14} aria-hidden />
      </IconButton>
    )
    return (
      <Banner tone="warn" isFlush isAlert title={t('sentAway')} action={close}>
        {t('sentAwayText', { permission: denied })}
      </Banner>
    )
  }
  if (announcement !== null) return <AnnouncementBanner announcement={announcement} onPutAway={putAway} />
  if (org !== undefined && organisation !== undefined && organisation.status !== 'active') {
    return (
      <Banner tone="warn" isFlush title={t(`status.${organisation.status}`)}>
        {t(`statusText.${organisation.status}`)}
      </Banner>
    )
  }
  return null
}
