import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Send } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { appQuery, appsQuery } from '../../api/apps.ts'
import { runsKey } from '../../api/runs.ts'
import { AppFields } from '../../components/app-fields.tsx'
import { initialInput, readInput, type SentFiles, type TypedInput } from '../../components/app-input.ts'
import { useFieldLimits } from '../../components/app-limits.ts'
import { type AppContract, type AppField, readContract } from '../../components/contract.ts'
import { Form, type FormState, useForm } from '../../components/form.tsx'
import { askQuote, QuoteDialog, type Quoted } from '../../components/quote-dialog.tsx'
import { RunPlaceFields, type RunPlacing, useRunPlace } from '../../components/run-place.tsx'
import { Skeleton } from '../../components/states.tsx'
import { useOrg } from '../../session/facts.ts'
import { Button } from '../../ui/button.tsx'
import { ComboboxField } from '../../ui/combobox.tsx'
import { TextAreaField } from '../../ui/field.tsx'
import { openThread, say, type Thread, threadsKey } from './queries.ts'

const NOTE = 'note'
const TITLE_CHARS = 60

/** Where one writes: a note, or what an app is run with. Without a thread, what is written opens one. */
export function Composer({ thread }: { readonly thread: Pick<Thread, 'id' | 'project_id'> | null }) {
  const { t } = useTranslation('chat')
  const org = useOrg()
  const [app, setApp] = useState<string>(NOTE)
  const { data: apps } = useQuery(appsQuery(org, {}))
  const { data: chosen } = useQuery({ ...appQuery(org, app), enabled: app !== NOTE })
  const contract = app === NOTE || chosen === undefined ? null : readContract(chosen.contract)
  // Above the message, so that it stays chosen for the next.
  const placing = useRunPlace(org, contract, thread?.project_id ?? null)
  const [round, setRound] = useState(0)
  return (
    <section aria-label={t('compose')} className="flex flex-col gap-4">
      <ComboboxField
        label={t('app')}
        value={app}
        options={[
          { value: NOTE, label: t('noApp'), hint: t('noAppHint') },
          ...(apps?.items ?? []).map(({ app_id, name, description }) => ({
            value: app_id,
            label: name,
            hint: description,
          })),
        ]}
        onChange={(next) => setApp(next ?? NOTE)}
      />
      {app !== NOTE && chosen === undefined ? (
        <Skeleton />
      ) : (
        <Message
          key={`${app} ${round}`}
          thread={thread?.id ?? null}
          app={contract === null ? null : { id: app, contract }}
          placing={placing}
          onSaid={() => setRound(round + 1)}
        />
      )}
    </section>
  )
}

/** The field of an app that the message itself fills: its first text, one that is needed before one that is not. */
function mainOf({ fields }: AppContract): AppField | null {
  const texts = fields.filter(({ type }) => type === 'text')
  return texts.find(({ isRequired }) => isRequired) ?? texts[0] ?? null
}

type Values = { readonly message: string; readonly input: TypedInput }
/** What is to be said, and with which quoted run. */
type Said = { readonly content: string; readonly quoted: Quoted | null }

function Message(props: {
  readonly thread: string | null
  readonly app: { readonly id: string; readonly contract: AppContract } | null
  readonly placing: RunPlacing
  readonly onSaid: () => void
}) {
  const { app, placing } = props
  const { t } = useTranslation('chat')
  const { t: formText } = useTranslation('apps')
  const org = useOrg()
  const [sent] = useState<SentFiles>(() => new Map())
  const [asked, setAsked] = useState<Said | null>(null)
  const [missing, setMissing] = useState<Partial<Record<string, string>>>({})
  const main = app === null ? null : mainOf(app.contract)
  const others = app === null ? [] : app.contract.fields.filter((field) => field !== main)
  const speak = useSpeak(props.thread, placing.place.project_id, app?.id ?? null, props.onSaid)
  const initial: Values = { message: '', input: initialInput(others) }
  const { mistakesIn, excessOf, sayLimits } = useFieldLimits()
  const form = useForm<Values, Said>({
    initial,
    check({ message, input }) {
      const found = mistakesIn(others, input)
      setMissing(found)
      const isIncomplete = placing.isIncomplete() || Object.keys(found).length > 0
      const content = message.trim()
      const wrong = main === null ? undefined : mistakesIn([main], { [main.name]: content })[main.name]
      return {
        ...(wrong !== undefined && { message: wrong }),
        ...(content === '' && { message: t('messageMissing') }),
        ...(isIncomplete && { input: formText('form.missing') }),
      }
    },
    async send({ message, input: typed }) {
      const content = message.trim()
      if (app === null) return { content, quoted: null }
      const rest = await readInput(org, others, typed, sent)
      const input = { ...rest, ...(main !== null && { [main.name]: content }) }
      return { content, quoted: await askQuote(org, app.id, input, placing.place) }
    },
    onDone: (said) => (said.quoted === null ? void speak(said) : setAsked(said)),
  })
  const fields: FormState<TypedInput> = {
    ...form,
    values: form.values.input,
    changed: [],
    set: (name, value) => form.set('input', { ...form.values.input, [name]: value }),
    errorOf: (name) => missing[name] ?? null,
    reset: () => undefined,
  }
  const label = main?.label ?? t('message')
  const typed = form.values.message
  const hint = main === null ? '' : [main.description, sayLimits(main, typed)].filter(Boolean).join(' – ')
  const refused = main === null ? null : (form.problem?.field(`input/${main.name}`) ?? excessOf(main, typed))
  return (
    <>
      <Form form={form}>
        {others.length > 0 && <AppFields fields={others} form={fields} at="input" />}
        <TextAreaField
          label={label}
          {...(hint !== '' && { hint })}
          rows={4}
          value={typed}
          onChange={(message) => form.set('message', message)}
          error={form.errorOf('message') ?? refused}
        />
        <RunPlaceFields placing={placing} />
        <Button variant="primary" type="submit" isBusy={form.isBusy || !placing.isReady} className="self-end">
          <Send size={15} aria-hidden className="rtl:-scale-x-100" />
          {t(app === null ? 'sendNote' : 'seePrice')}
        </Button>
      </Form>
      <QuoteDialog
        quoted={asked?.quoted ?? null}
        onClose={() => setAsked(null)}
        start={async (quoted) => {
          if (asked !== null) await speak({ content: asked.content, quoted })
        }}
      />
    </>
  )
}

/** Says it in the thread, or in a new one that is named by how it begins, and goes there. */
function useSpeak(thread: string | null, project: string | undefined, app: string | null, onSaid: () => void) {
  const org = useOrg()
  const client = useQueryClient()
  const navigate = useNavigate()
  return async ({ content, quoted }: Said): Promise<void> => {
    const title = content.split('\n')[0]?.slice(0, TITLE_CHARS) ?? content
    const id = thread ?? (await openThread(org, title, project)).id
    const said = await say(org, id, content, quoted === null || app === null ? null : { ...quoted, app })
    client.setQueryData([...threadsKey(org), 'one', id], said)
    onSaid()
    void client.invalidateQueries({ queryKey: threadsKey(org) })
    void client.invalidateQueries({ queryKey: runsKey(org) })
    if (thread === null) await navigate({ to: '/o/$org/chat/$thread', params: { org, thread: id } })
  }
}
