import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { DoorOpen } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../../../api/client.ts'
import { type PlatformOrganisation, settingsQuery } from '../../../api/platform.ts'
import { FormDialog } from '../../../components/form-dialog.tsx'
import { useForm } from '../../../components/form.tsx'
import { useUrlState } from '../../../components/url-state.ts'
import { useMe } from '../../../session/facts.ts'
import { Button } from '../../../ui/button.tsx'
import { TextAreaField } from '../../../ui/field.tsx'
import { NumberField } from '../../../ui/number-field.tsx'
import { keyOf } from './queries.ts'

const MAX_MINUTES = 60
const MIN_REASON = 10
const EMPTY: { readonly reason: string; readonly minutes: number | null } = { reason: '', minutes: MAX_MINUTES }

/** The way into an organisation: at once, or with a reason that its owners read where the platform demands one. */
export function Enter({ organisation }: { readonly organisation: PlatformOrganisation }) {
  const { t } = useTranslation('platform')
  const router = useRouter()
  const url = useUrlState(['enter'])
  const me = useMe()
  const { data: settings } = useQuery(settingsQuery)
  const isMember = me.organisations.some(({ id }) => id === organisation.id)
  const needsReason = settings?.content_access === 'reason_required' && !isMember
  const go = () => router.history.push(`/o/${organisation.id}/home`)
  return (
    <>
      <Button variant="primary" onClick={() => (needsReason ? url.set({ enter: 'yes' }) : go())}>
        <DoorOpen size={15} aria-hidden />
        {t(needsReason ? 'enter.openMore' : 'enter.open')}
      </Button>
      <WithReason
        organisation={organisation}
        isOpen={needsReason && url.values.enter !== undefined}
        onClose={() => url.set({ enter: undefined }, true)}
        onOpen={go}
      />
    </>
  )
}

function WithReason(props: {
  readonly organisation: PlatformOrganisation
  readonly isOpen: boolean
  readonly onClose: () => void
  readonly onOpen: () => void
}) {
  const { t } = useTranslation('platform')
  const client = useQueryClient()
  const { id, name } = props.organisation
  const form = useForm({
    initial: EMPTY,
    check: ({ reason, minutes }) => ({
      ...(reason.trim().length < MIN_REASON && { reason: t('enter.reasonMissing', { count: MIN_REASON }) }),
      ...((minutes === null || minutes < 1 || minutes > MAX_MINUTES) && { minutes: t('enter.minutesWrong') }),
    }),
    send: ({ reason, minutes }) =>
      answerOf(
        api.POST('/api/platform/content-accesses', {
          body: { organisation_id: id, reason: reason.trim(), ...(minutes !== null && { minutes }) },
        }),
      ),
    onDone() {
      form.reset(EMPTY)
      void client.invalidateQueries({ queryKey: keyOf(id) })
      void client.invalidateQueries({ queryKey: ['org', id] })
      props.onOpen()
    },
  })
  return (
    <FormDialog
      form={form}
      isOpen={props.isOpen}
      onClose={props.onClose}
      title={t('enter.title', { name })}
      description={t('enter.text')}
      submitLabel={t('enter.open')}
    >
      <TextAreaField
        label={t('reason')}
        hint={t('enter.reasonHint')}
        rows={3}
        value={form.values.reason}
        onChange={(reason) => form.set('reason', reason)}
        error={form.errorOf('reason')}
      />
      <NumberField
        label={t('enter.minutes')}
        min={1}
        max={MAX_MINUTES}
        step={1}
        unit={t('enter.unit')}
        value={form.values.minutes}
        onChange={(minutes) => form.set('minutes', minutes)}
        error={form.errorOf('minutes')}
      />
    </FormDialog>
  )
}
