import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { appQuery } from '../../api/apps.ts'
import { AppFields } from '../../components/app-fields.tsx'
import { readInput, type SentFiles, type TypedInput, typedOf } from '../../components/app-input.ts'
import { useFieldLimits } from '../../components/app-limits.ts'
import { type AppContract, readContract } from '../../components/contract.ts'
import { FormDialog } from '../../components/form-dialog.tsx'
import { useForm } from '../../components/form.tsx'
import { askQuote, QuoteDialog, type Quoted } from '../../components/quote-dialog.tsx'
import { ErrorState, Skeleton } from '../../components/states.tsx'
import { useOrg } from '../../session/facts.ts'
import { Sheet } from '../../ui/dialog.tsx'
import { toastDone } from '../../ui/toast.tsx'
import { changeScheduleInput, placeOf, type Schedule, scheduleInputQuery, schedulesKey } from './queries.ts'

type Props = { readonly schedule: Schedule; readonly onClose: () => void }

/** Changes what the runs of a schedule are given; what one costs is shown and confirmed anew. */
export function ChangeInput({ schedule, onClose }: Props) {
  const { t } = useTranslation('schedules')
  const org = useOrg()
  const app = useQuery(appQuery(org, schedule.app_id))
  const given = useQuery(scheduleInputQuery(org, schedule.id))
  if (app.data !== undefined && given.data !== undefined) {
    const { input, sent } = given.data
    const contract = readContract(app.data.contract)
    return <InputForm schedule={schedule} contract={contract} given={input} sent={sent} onClose={onClose} />
  }
  const error = app.error ?? given.error
  return (
    <Sheet isOpen onClose={onClose} title={t('inputOf', { name: schedule.name })}>
      {error === null ? (
        <Skeleton lines={6} />
      ) : (
        <ErrorState error={error} onRetry={() => void Promise.all([app.refetch(), given.refetch()])} />
      )}
    </Sheet>
  )
}

function InputForm(
  props: Props & {
    readonly contract: AppContract
    readonly given: Readonly<Record<string, unknown>>
    readonly sent: SentFiles
  },
) {
  const { t } = useTranslation('schedules')
  const { t: formText } = useTranslation('apps')
  const org = useOrg()
  const client = useQueryClient()
  const { schedule, contract, given, sent, onClose } = props
  const [quoted, setQuoted] = useState<Quoted | null>(null)
  const { mistakesIn } = useFieldLimits()
  const form = useForm<TypedInput, Quoted>({
    initial: typedOf(contract.fields, given, sent),
    check: (values) => mistakesIn(contract.fields, values),
    send: async (values) =>
      askQuote(org, schedule.app_id, await readInput(org, contract.fields, values, sent), placeOf(schedule)),
    onDone: setQuoted,
  })
  const change = async ({ quote, input }: Quoted) => {
    const max_price_micros = Math.max(schedule.max_price_micros, quote.quote_micros)
    await changeScheduleInput(org, schedule.id, { input: { ...input }, max_price_micros })
    toastDone(t('saved'))
    onClose()
    await client.invalidateQueries({ queryKey: schedulesKey(org) })
  }
  return (
    <>
      <FormDialog
        form={form}
        isOpen
        onClose={onClose}
        title={t('inputOf', { name: schedule.name })}
        description={t('inputText')}
        submitLabel={formText('seePrice')}
        isSheet
      >
        <AppFields fields={contract.fields} form={form} at="input" />
      </FormDialog>
      <QuoteDialog
        quoted={quoted}
        onClose={() => setQuoted(null)}
        start={change}
        words={{
          title: t('inputTitle'),
          text: t((quoted?.quote.quote_micros ?? 0) > schedule.max_price_micros ? 'inputDearer' : 'inputWithin'),
          confirm: t('inputConfirm'),
        }}
      />
    </>
  )
}
