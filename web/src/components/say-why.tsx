import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../api/client.ts'
import { inboxKey, type RunDetail, runsKey } from '../api/runs.ts'
import { useOrg } from '../session/facts.ts'
import { toastDone } from '../ui/toast.tsx'
import { type WhyAct, WhyDialog } from './why-dialog.tsx'

/** Returning and rejecting a draft say why. */
export function SayWhy(props: {
  readonly run: RunDetail
  readonly draft: string
  readonly act: WhyAct | null
  readonly onClose: () => void
  readonly onDecided: () => void
}) {
  const { t } = useTranslation('approvals')
  const org = useOrg()
  const client = useQueryClient()
  const { draft, run } = props
  const act = props.act ?? 'return'
  const params = { path: { org, run: run.id } }
  return (
    <WhyDialog
      act={act}
      isOpen={props.act !== null}
      onClose={props.onClose}
      title={t(`why.${act}.title`, { app: run.app_name })}
      text={t(`why.${act}.text`)}
      submitLabel={t(`why.${act}.submit`)}
      send={(why) =>
        act === 'return'
          ? answerOf(api.POST('/api/orgs/{org}/runs/{run}/return', { params, body: { draft, comments: why } }))
          : answerOf(api.POST('/api/orgs/{org}/runs/{run}/reject', { params, body: { draft, reason: why } }))
      }
      onDone={() => {
        toastDone(t(`done.${act}`, { app: run.app_name }))
        props.onDecided()
        void client.invalidateQueries({ queryKey: inboxKey(org) })
        void client.invalidateQueries({ queryKey: runsKey(org) })
      }}
    />
  )
}
