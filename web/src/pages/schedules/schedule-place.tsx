import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { appQuery } from '../../api/apps.ts'
import { type AppContract, readContract } from '../../components/contract.ts'
import { FormDialog } from '../../components/form-dialog.tsx'
import { useForm } from '../../components/form.tsx'
import { RunPlaceFields, useRunPlace } from '../../components/run-place.tsx'
import { ErrorState, Skeleton } from '../../components/states.tsx'
import { useOrg } from '../../session/facts.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { toastDone } from '../../ui/toast.tsx'
import { changeSchedulePlace, placeOf, type Schedule, schedulesKey } from './queries.ts'

type Props = { readonly schedule: Schedule; readonly onClose: () => void }

/** Changes where the runs of a schedule belong. */
export function ChangePlace({ schedule, onClose }: Props) {
  const { t } = useTranslation('schedules')
  const org = useOrg()
  const app = useQuery(appQuery(org, schedule.app_id))
  if (app.data !== undefined) {
    return <PlaceForm schedule={schedule} contract={readContract(app.data.contract)} onClose={onClose} />
  }
  return (
    <Dialog isOpen onClose={onClose} title={t('placeOf', { name: schedule.name })}>
      {app.error === null ? (
        <Skeleton lines={4} />
      ) : (
        <ErrorState error={app.error} onRetry={() => void app.refetch()} />
      )}
    </Dialog>
  )
}

function PlaceForm({ schedule, contract, onClose }: Props & { readonly contract: AppContract }) {
  const { t } = useTranslation('schedules')
  const { t: formText } = useTranslation('apps')
  const org = useOrg()
  const client = useQueryClient()
  const now = placeOf(schedule)
  const placing = useRunPlace(org, contract, null, now)
  const { place } = placing
  const isMoved =
    place.project_id !== now.project_id ||
    place.use_case_id !== now.use_case_id ||
    place.jurisdiction !== now.jurisdiction
  const form = useForm({
    initial: { place: '' },
    check: () => (placing.isIncomplete() || !placing.isReady ? { place: formText('form.missing') } : {}),
    send: () => changeSchedulePlace(org, schedule, place),
    onDone() {
      toastDone(t('saved'))
      onClose()
      void client.invalidateQueries({ queryKey: schedulesKey(org) })
    },
  })
  return (
    <FormDialog
      // What was chosen is kept by the place itself.
      form={{ ...form, isDirty: placing.isReady && placing.hasChoice && isMoved }}
      isOpen
      onClose={onClose}
      title={t('placeOf', { name: schedule.name })}
      description={t('placeText')}
      submitLabel={t('save')}
    >
      {!placing.isReady && <Skeleton lines={4} />}
      {placing.isReady && !placing.hasChoice && <p className="text-fg2">{t('placeOnly')}</p>}
      {placing.isReady && <RunPlaceFields placing={placing} />}
    </FormDialog>
  )
}
