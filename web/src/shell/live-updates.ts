import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { organisationQuery } from '../session/facts.ts'
import { onAccessChange } from '../session/session-events.ts'
import { toastProblem } from '../ui/toast.tsx'

/** Keeps what is on the screen true while others work. */
export function useLiveUpdates(org: string | null): void {
  const client = useQueryClient()
  const { t } = useTranslation('shell')
  useEffect(
    () =>
      onAccessChange(() => {
        if (org === null) return
        toastProblem(t('accessChanged'), t('accessChangedText'))
        void client.invalidateQueries({ queryKey: organisationQuery(org).queryKey })
      }),
    [client, org, t],
  )
}
