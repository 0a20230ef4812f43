import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../../api/client.ts'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { useAccess } from '../../session/facts.ts'
import { Button } from '../../ui/button.tsx'
import { toastDone } from '../../ui/toast.tsx'
import type { RunDetail } from '../../api/runs.ts'

/** Only the requester cancels: for anybody else the button says so. */
export function CancelRun({ org, run }: { readonly org: string; readonly run: RunDetail }) {
  const { t } = useTranslation('runs')
  const client = useQueryClient()
  const { organisation } = useAccess()
  const [isOpen, setOpen] = useState(false)
  const isOwn = organisation.membership?.member_id === run.requester_id
  return (
    <>
      <Button disabledReason={isOwn ? null : t('requesterOnly')} onClick={() => setOpen(true)}>
        {t('cancel')}
      </Button>
      <ConfirmDialog
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        title={t('cancelTitle', { app: run.app_name })}
        confirmLabel={t('cancel')}
        onConfirm={async () => {
          await answerOf(api.POST('/api/orgs/{org}/runs/{run}/cancel', { params: { path: { org, run: run.id } } }))
          toastDone(t('cancelled'))
          await client.invalidateQueries({ queryKey: ['org', org, 'runs'] })
        }}
      >
        {t('cancelText')}
      </ConfirmDialog>
    </>
  )
}
