import { useParams } from '@tanstack/react-router'
import { useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { currentViewing, onViewingChange, type Viewing } from '../api/viewing.ts'

/** What the organisation of this screen is looked at as; null when one looks as oneself. */
export function useViewing(): Viewing | null {
  const { org } = useParams({ strict: false })
  const viewing = useSyncExternalStore(onViewingChange, currentViewing)
  return viewing !== null && viewing.org === org ? viewing : null
}

/** Why nothing can be done here now; null when it can. */
export function useViewingReason(): string | null {
  const { t } = useTranslation('words')
  return useViewing() === null ? null : t('problem.viewing_as')
}
