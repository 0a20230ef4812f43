import { useMutation, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../api/answer.ts'
import { answerOf, api } from '../api/client.ts'
import { toProblem } from '../api/problem.ts'
import type { RunPlace } from '../api/run-place.ts'
import { walletQuery } from '../api/wallet.ts'
import { useAccess, useOrg } from '../session/facts.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import type { AppInput } from './app-input.ts'
import { Money } from './figures.tsx'
import { Facts } from './page.tsx'
import { ProblemBanner } from './problem-banner.tsx'
import { RiskBadge } from './state-badge.tsx'
import { TimeAgo } from './time-ago.tsx'

export type Quote = Answer<'/api/orgs/{org}/apps/{app}/quotes', 'post'>
/** An input that was quoted, and where its run belongs. */
export type Quoted = { readonly quote: Quote; readonly input: AppInput; readonly place: RunPlace }

/** What a run with this input would cost and need; it costs nothing to ask. */
export async function askQuote(org: string, app: string, input: AppInput, place: RunPlace): Promise<Quoted> {
  const params = { path: { org, app } }
  const body = { input, ...place }
  return { quote: await answerOf(api.POST('/api/orgs/{org}/apps/{app}/quotes', { params, body })), input, place }
}

/** The price and what will be asked of whom, before anything is held. */
export function QuoteDialog(props: {
  readonly quoted: Quoted | null
  readonly onClose: () => void
  /** Starts the run that was quoted: the money is held from here on. */
  readonly start: (quoted: Quoted) => Promise<unknown>
  /** What is asked where not a run is started with it. */
  readonly words?: { readonly title: string; readonly text: string; readonly confirm: string }
}) {
  const { quoted, onClose, words } = props
  const { t } = useTranslation('apps')
  const start = useMutation({ mutationFn: async () => (quoted === null ? null : props.start(quoted)) })
  const close = () => {
    start.reset()
    onClose()
  }
  return (
    <Dialog
      isOpen={quoted !== null}
      onClose={close}
      title={words?.title ?? t('quote.title')}
      description={words?.text ?? t('quote.text')}
      footer={
        <>
          <Button onClick={close}>{t('quote.back')}</Button>
          <Button variant="primary" isBusy={start.isPending} onClick={() => start.mutate()}>
            {words?.confirm ?? t('quote.run')}
          </Button>
        </>
      }
    >
      {quoted !== null && (
        <div className="flex flex-col gap-4">
          <QuoteFacts quote={quoted.quote} />
          {!quoted.quote.has_quota && <p className="text-warn">{t('quote.noQuota')}</p>}
          {start.error !== null && <ProblemBanner problem={toProblem(start.error)} />}
        </div>
      )}
    </Dialog>
  )
}

function QuoteFacts({ quote }: { readonly quote: Quote }) {
  const { t } = useTranslation('apps')
  const org = useOrg()
  const { can } = useAccess()
  const { data: wallet } = useQuery({ ...walletQuery(org), enabled: can('billing.view') })
  const price =
    wallet === undefined ? (
      '–'
    ) : (
      <span className="text-base font-semibold">
        <Money micros={quote.quote_micros} currency={wallet.currency} />
      </span>
    )
  return (
    <Facts
      facts={[
        { label: t('quote.price'), value: price },
        { label: t('quote.holds'), value: <TimeAgo at={quote.expires_at} /> },
        { label: t('quote.risk'), value: <RiskBadge risk={quote.risk} /> },
        { label: t('quote.path'), value: <Path quote={quote} /> },
        { label: t('quote.limits'), value: t('quote.most', { seconds: quote.max_seconds, steps: quote.max_steps }) },
      ]}
    />
  )
}

/** Who has to look at the draft before it is final. */
function Path({ quote }: { readonly quote: Quote }) {
  const { t } = useTranslation('apps')
  if (quote.levels.length === 0) return t('quote.noLevels')
  return (
    <ol className="flex flex-col gap-1">
      {quote.levels.map(({ level, quorum }) => (
        <li key={level}>
          {t(`quote.levels.${level}`, { defaultValue: String(level) })}
          {quorum > 1 && <span className="text-fg3"> · {t('quote.quorum', { count: quorum })}</span>}
        </li>
      ))}
    </ol>
  )
}
