import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { appQuery, appsQuery } from '../../api/apps.ts'
import { answerOf, api } from '../../api/client.ts'
import { walletQuery } from '../../api/wallet.ts'
import { AppFields } from '../../components/app-fields.tsx'
import { initialInput, readInput, type SentFiles, type TypedInput } from '../../components/app-input.ts'
import { useFieldLimits } from '../../components/app-limits.ts'
import { type AppContract, readContract } from '../../components/contract.ts'
import { FormDialog } from '../../components/form-dialog.tsx'
import { type FormState, useForm } from '../../components/form.tsx'
import { askQuote } from '../../components/quote-dialog.tsx'
import { RunPlaceFields, useRunPlace } from '../../components/run-place.tsx'
import { Skeleton } from '../../components/states.tsx'
import { useAccess, useMe, useOrg } from '../../session/facts.ts'
import { ComboboxField } from '../../ui/combobox.tsx'
import { Sheet } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/field.tsx'
import { MoneyField } from '../../ui/number-field.tsx'
import { toastDone } from '../../ui/toast.tsx'
import { changeSchedule, type Schedule, schedulesKey } from './queries.ts'
import { RhythmFields } from './rhythm-fields.tsx'
import { cronOf, type Rhythm, rhythmOf } from './rhythm.ts'

type Values = {
  readonly name: string
  readonly rhythm: Rhythm
  readonly time_zone: string
  readonly max_price_micros: number | null
  readonly input: TypedInput
}

const zoneOfBrowser = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone

/** Chooses the app first: what else is asked follows from it. */
export function NewSchedule({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) {
  const { t } = useTranslation('schedules')
  const org = useOrg()
  const [app, setApp] = useState<string | null>(null)
  const { data: apps } = useQuery({ ...appsQuery(org, {}), enabled: isOpen })
  const { data: chosen } = useQuery({ ...appQuery(org, app ?? ''), enabled: app !== null })
  const close = () => {
    setApp(null)
    onClose()
  }
  if (chosen !== undefined && app !== null) {
    return <CreateForm key={app} app={app} contract={readContract(chosen.contract)} onClose={close} />
  }
  return (
    <Sheet isOpen={isOpen} onClose={close} title={t('create')} description={t('createText')} width="wide">
      <ComboboxField
        label={t('app')}
        hint={t('appHint')}
        value={app}
        options={(apps?.items ?? []).map(({ app_id, name, description }) => ({
          value: app_id,
          label: name,
          hint: description,
        }))}
        onChange={setApp}
      />
      {app !== null && <Skeleton />}
    </Sheet>
  )
}

function CreateForm(props: { readonly app: string; readonly contract: AppContract; readonly onClose: () => void }) {
  const { t } = useTranslation('schedules')
  const { t: words } = useTranslation('words')
  const { t: formText } = useTranslation('apps')
  const org = useOrg()
  const me = useMe()
  const client = useQueryClient()
  const { app, contract } = props
  const [sent] = useState<SentFiles>(() => new Map())
  const initial: Values = {
    name: contract.name,
    rhythm: rhythmOf(null),
    time_zone: me.time_zone ?? zoneOfBrowser(),
    max_price_micros: null,
    input: initialInput(contract.fields),
  }
  const { mistakesIn } = useFieldLimits()
  const placing = useRunPlace(org, contract)
  const [missing, setMissing] = useState<Partial<Record<string, string>>>({})
  const form = useForm({
    initial,
    check(values) {
      const found = mistakesIn(contract.fields, values.input)
      setMissing(found)
      const isIncomplete = placing.isIncomplete() || Object.keys(found).length > 0
      return {
        ...(values.name.trim() === '' && { name: words('nameMissing') }),
        ...(isIncomplete && { input: formText('form.missing') }),
      }
    },
    async send({ name, rhythm, time_zone, max_price_micros, input: typed }) {
      const input = await readInput(org, contract.fields, typed, sent)
      const { place } = placing
      const most = max_price_micros ?? (await askQuote(org, app, input, place)).quote.quote_micros
      const cron = cronOf(rhythm)
      const body = { name: name.trim(), app_id: app, input, ...place, cron, time_zone, max_price_micros: most }
      return answerOf(api.POST('/api/orgs/{org}/schedules', { params: { path: { org } }, body }))
    },
    onDone({ name }) {
      toastDone(t('created', { name }))
      props.onClose()
      void client.invalidateQueries({ queryKey: schedulesKey(org) })
    },
  })
  const fields: FormState<TypedInput> = {
    ...form,
    values: form.values.input,
    changed: [],
    set: (name, value) => form.set('input', { ...form.values.input, [name]: value }),
    errorOf: (name) => missing[name] ?? null,
    reset: () => undefined,
  }
  return (
    <FormDialog
      form={form}
      isOpen
      onClose={props.onClose}
      title={t('createFor', { app: contract.name })}
      description={t('createText')}
      submitLabel={t('create')}
      isSheet
    >
      <TimingFields form={form} />
      <fieldset className="flex flex-col gap-4">
        <legend className="pb-3 text-sm font-medium">{t('input')}</legend>
        <AppFields fields={contract.fields} form={fields} at="input" />
      </fieldset>
      <RunPlaceFields placing={placing} />
    </FormDialog>
  )
}

/** Changes when a schedule begins runs, and what one may cost. */
export function ChangeSchedule({ schedule, onClose }: { readonly schedule: Schedule; readonly onClose: () => void }) {
  const { t } = useTranslation('schedules')
  const { t: words } = useTranslation('words')
  const org = useOrg()
  const client = useQueryClient()
  const initial: Values = {
    name: schedule.name,
    rhythm: rhythmOf(schedule.cron),
    time_zone: schedule.time_zone,
    max_price_micros: schedule.max_price_micros,
    input: {},
  }
  const form = useForm({
    initial,
    check: ({ name, max_price_micros }) => ({
      ...(name.trim() === '' && { name: words('nameMissing') }),
      ...(max_price_micros === null && { max_price_micros: t('priceMissing') }),
    }),
    send: ({ name, rhythm, time_zone, max_price_micros }) =>
      changeSchedule(org, schedule.id, {
        name: name.trim(),
        cron: cronOf(rhythm),
        time_zone,
        max_price_micros: max_price_micros ?? schedule.max_price_micros,
      }),
    onDone() {
      toastDone(t('saved'))
      onClose()
      void client.invalidateQueries({ queryKey: schedulesKey(org) })
    },
  })
  return (
    <FormDialog
      form={form}
      isOpen
      onClose={onClose}
      title={t('changeThis', { name: schedule.name })}
      submitLabel={t('save')}
      isSheet
    >
      <TimingFields form={form} isChange />
    </FormDialog>
  )
}

function TimingFields({ form, isChange = false }: { readonly form: FormState<Values>; readonly isChange?: boolean }) {
  const { t } = useTranslation('schedules')
  const org = useOrg()
  const { can } = useAccess()
  const { data: wallet } = useQuery({ ...walletQuery(org), enabled: can('billing.view') })
  const { values } = form
  return (
    <>
      <TextField
        label={t('name')}
        value={values.name}
        onChange={(name) => form.set('name', name)}
        error={form.errorOf('name')}
        maxLength={200}
      />
      <RhythmFields
        rhythm={values.rhythm}
        time_zone={values.time_zone}
        error={form.problem?.field('cron') ?? null}
        onRhythm={(rhythm) => form.set('rhythm', rhythm)}
        onZone={(time_zone) => form.set('time_zone', time_zone)}
      />
      <MoneyField
        label={t('mostPrice')}
        hint={t(isChange ? 'mostPriceHint' : 'mostPriceNew')}
        value_micros={values.max_price_micros}
        onChange={(micros) => form.set('max_price_micros', micros)}
        currency={wallet?.currency ?? ''}
        error={form.errorOf('max_price_micros')}
      />
    </>
  )
}
