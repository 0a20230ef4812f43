import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../api/client.ts'
import { FormDialog } from './form-dialog.tsx'
import { useForm } from './form.tsx'
import { useOrg } from '../session/facts.ts'
import { TextAreaField } from '../ui/field.tsx'
import { toastDone } from '../ui/toast.tsx'
import { inboxKey, type RunDetail, runsKey } from '../api/runs.ts'

export type WhyAct = 'return' | 'reject'

/** Returning and rejecting say why: whoever asked reads it. */
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
  const form = useForm({
    initial: { why: '' },
    check: ({ why }) => (why.trim() === '' ? { why: t(`why.${act}.missing`) } : {}),
    send({ why }) {
      const params = { path: { org, run: run.id } }
      return act === 'return'
        ? answerOf(api.POST('/api/orgs/{org}/runs/{run}/return', { params, body: { draft, comments: why.trim() } }))
        : answerOf(api.POST('/api/orgs/{org}/runs/{run}/reject', { params, body: { draft, reason: why.trim() } }))
    },
    onDone() {
      form.reset({ why: '' })
      toastDone(t(`done.${act}`, { app: run.app_name }))
      props.onClose()
      props.onDecided()
      void client.invalidateQueries({ queryKey: inboxKey(org) })
      void client.invalidateQueries({ queryKey: runsKey(org) })
    },
  })
  return (
    <FormDialog
      form={form}
      isOpen={props.act !== null}
      onClose={props.onClose}
      title={t(`why.${act}.title`, { app: run.app_name })}
      description={t(`why.${act}.text`)}
      submitLabel={t(`why.${act}.submit`)}
      isDangerous={act === 'reject'}
    >
      <TextAreaField
        label={t(`why.${act}.label`)}
        rows={5}
        value={form.values.why}
        onChange={(why) => form.set('why', why)}
        error={form.errorOf('why')}
      />
    </FormDialog>
  )
}
