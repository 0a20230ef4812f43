import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Play } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { toProblem } from '../../api/problem.ts'
import { walletQuery } from '../../api/wallet.ts'
import { Form, useForm, useLeaveGuard } from '../../components/form.tsx'
import { Money } from '../../components/figures.tsx'
import { Card, Facts } from '../../components/page.tsx'
import { ProblemBanner } from '../../components/problem-banner.tsx'
import { RiskBadge } from '../../components/state-badge.tsx'
import { TimeAgo } from '../../components/time-ago.tsx'
import { useAccess } from '../../session/facts.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { toastDone } from '../../ui/toast.tsx'
import type { AppContract, AppField } from '../../components/contract.ts'
import { FieldControl, type Typed } from './field-control.tsx'
import { type Quote, quoteRun, type RunInput, startRun, uploadFile } from './queries.ts'

type Values = Readonly<Record<string, Typed>>
type Props = { readonly org: string; readonly app: string; readonly contract: AppContract }

const initialOf = ({ fields }: AppContract): Values =>
  Object.fromEntries(
    fields.map(({ name, type, initial }) => [name, initial ?? (type === 'boolean' ? false : emptyOf(type))]),
  )

const emptyOf = (type: AppField['type']): Typed =>
  type === 'file' || type === 'files' ? [] : type === 'number' ? null : ''

const isEmpty = (value: Typed | undefined): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)

/** The form of an app: what is filled in is quoted first, and runs when the price was confirmed. */
export function RunForm({ org, app, contract }: Props) {
  const { t } = useTranslation('apps')
  const [quoted, setQuoted] = useState<{ readonly quote: Quote; readonly input: RunInput } | null>(null)
  // Files are sent once, however often the price is asked.
  const [sent] = useState(() => new Map<File, string>())
  const form = useForm<Values, { quote: Quote; input: RunInput }>({
    initial: initialOf(contract),
    check: (values) => mistakesIn(contract.fields, values, t('missing')),
    async send(values) {
      const input = await inputOf(org, contract.fields, values, sent)
      return { quote: await quoteRun(org, app, input), input }
    },
    onDone: setQuoted,
  })
  const guard = useLeaveGuard(form.isDirty && quoted === null)
  return (
    <Card title={t('run')} purpose={t('runPurpose')}>
      <Form form={form}>
        {contract.fields.map((field) => (
          <FieldControl
            key={field.name}
            field={field}
            value={form.values[field.name] ?? null}
            error={form.errorOf(field.name) ?? form.problem?.field(`input/${field.name}`) ?? null}
            onChange={(value) => form.set(field.name, value)}
          />
        ))}
        {contract.fields.length === 0 && <p className="text-fg2">{t('noFields')}</p>}
        <div>
          <Button variant="primary" type="submit" isBusy={form.isBusy}>
            <Play size={15} aria-hidden />
            {t('seePrice')}
          </Button>
        </div>
      </Form>
      {guard.question}
      <QuoteDialog org={org} app={app} quoted={quoted} onClose={() => setQuoted(null)} />
    </Card>
  )
}

function mistakesIn(fields: readonly AppField[], values: Values, missing: string): Partial<Record<string, string>> {
  return Object.fromEntries(
    fields.flatMap(({ name, isRequired, type }) =>
      isRequired && type !== 'boolean' && isEmpty(values[name]) ? [[name, missing]] : [],
    ),
  )
}

/** What the server takes: files by their ids, and nothing of what was left empty. */
async function inputOf(
  org: string,
  fields: readonly AppField[],
  values: Values,
  sent: Map<File, string>,
): Promise<RunInput> {
  const input: Record<string, unknown> = {}
  for (const { name, type } of fields) {
    const value = values[name]
    if (isEmpty(value)) continue
    if (type !== 'file' && type !== 'files') {
      input[name] = value
      continue
    }
    const ids: string[] = []
    for (const file of Array.isArray(value) ? value : []) {
      if (!(file instanceof File)) continue
      const id = sent.get(file) ?? (await uploadFile(org, file))
      sent.set(file, id)
      ids.push(id)
    }
    input[name] = type === 'file' ? ids[0] : ids
  }
  return input
}

/** The price and what will be asked of whom, before anything is held. */
function QuoteDialog(props: {
  readonly org: string
  readonly app: string
  readonly quoted: { readonly quote: Quote; readonly input: RunInput } | null
  readonly onClose: () => void
}) {
  const { org, app, quoted } = props
  const { t } = useTranslation('apps')
  const navigate = useNavigate()
  const client = useQueryClient()
  const { can } = useAccess()
  const { data: wallet } = useQuery({ ...walletQuery(org), enabled: can('billing.view') })
  const start = useMutation({
    mutationFn: async () => (quoted === null ? null : startRun(org, app, quoted.input, quoted.quote.id)),
    onSuccess(run) {
      if (run === null) return
      toastDone(t('started'))
      void client.invalidateQueries({ queryKey: ['org', org, 'runs'] })
      void navigate({ to: '/o/$org/runs/$run', params: { org, run: run.id } })
    },
  })
  const quote = quoted?.quote
  return (
    <Dialog
      isOpen={quoted !== null}
      onClose={props.onClose}
      title={t('confirmTitle')}
      description={t('confirmText')}
      footer={
        <>
          <Button onClick={props.onClose}>{t('back')}</Button>
          <Button variant="primary" isBusy={start.isPending} onClick={() => start.mutate()}>
            {t('runApp')}
          </Button>
        </>
      }
    >
      {quote !== undefined && (
        <div className="flex flex-col gap-4">
          <Facts
            facts={[
              {
                label: t('price'),
                value:
                  wallet === undefined ? (
                    '–'
                  ) : (
                    <span className="text-base font-semibold">
                      <Money micros={quote.quote_micros} currency={wallet.currency} />
                    </span>
                  ),
              },
              { label: t('priceHolds'), value: <TimeAgo at={quote.expires_at} /> },
              { label: t('risk'), value: <RiskBadge risk={quote.risk} /> },
              { label: t('path'), value: <Path quote={quote} /> },
            ]}
          />
          {!quote.has_quota && <p className="text-warn">{t('noQuota')}</p>}
          {start.error !== null && <ProblemBanner problem={toProblem(start.error)} />}
        </div>
      )}
    </Dialog>
  )
}

/** Who has to look at the draft before it is final. */
function Path({ quote }: { readonly quote: Quote }) {
  const { t } = useTranslation('apps')
  if (quote.levels.length === 0) return t('noLevels')
  return (
    <ol className="flex flex-col gap-1">
      {quote.levels.map(({ level, quorum }) => (
        <li key={level}>
          {t(`levels.${level}`, { defaultValue: String(level) })}
          {quorum > 1 && <span className="text-fg3"> · {t('quorum', { count: quorum })}</span>}
        </li>
      ))}
    </ol>
  )
}
