import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Play } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { AppFields } from '../../components/app-fields.tsx'
import { initialInput, readInput, type SentFiles, type TypedInput } from '../../components/app-input.ts'
import { useFieldLimits } from '../../components/app-limits.ts'
import type { AppContract } from '../../components/contract.ts'
import { Form, useForm, useLeaveGuard } from '../../components/form.tsx'
import { Card } from '../../components/page.tsx'
import { askQuote, QuoteDialog, type Quoted } from '../../components/quote-dialog.tsx'
import { PLACE, RunPlaceFields, useRunPlace } from '../../components/run-place.tsx'
import { Button } from '../../ui/button.tsx'
import { toastDone } from '../../ui/toast.tsx'
import { startRun } from './queries.ts'

type Props = { readonly org: string; readonly app: string; readonly contract: AppContract }

/** The form of an app: what is filled in is quoted first, and runs when the price was confirmed. */
export function RunForm({ org, app, contract }: Props) {
  const { t } = useTranslation('apps')
  const navigate = useNavigate()
  const client = useQueryClient()
  const [quoted, setQuoted] = useState<Quoted | null>(null)
  const [sent] = useState<SentFiles>(() => new Map())
  const { mistakesIn } = useFieldLimits()
  const placing = useRunPlace(org, contract)
  const form = useForm<TypedInput, Quoted>({
    initial: initialInput(contract.fields),
    check: (values) => ({
      ...mistakesIn(contract.fields, values),
      ...(placing.isIncomplete() && { [PLACE]: t('form.missing') }),
    }),
    send: async (values) => askQuote(org, app, await readInput(org, contract.fields, values, sent), placing.place),
    onDone: setQuoted,
  })
  const guard = useLeaveGuard(form.isDirty && quoted === null)
  const start = async (asked: Quoted) => {
    const run = await startRun(org, app, asked)
    toastDone(t('started'))
    void client.invalidateQueries({ queryKey: ['org', org, 'runs'] })
    await navigate({ to: '/o/$org/runs/$run', params: { org, run: run.id } })
  }
  return (
    <Card title={t('run')} purpose={t('runPurpose')}>
      <Form form={form}>
        <AppFields fields={contract.fields} form={form} at="input" />
        <RunPlaceFields placing={placing} />
        <div>
          <Button variant="primary" type="submit" isBusy={form.isBusy || !placing.isReady}>
            <Play size={15} aria-hidden />
            {t('seePrice')}
          </Button>
        </div>
      </Form>
      {guard.question}
      <QuoteDialog quoted={quoted} onClose={() => setQuoted(null)} start={start} />
    </Card>
  )
}
