import { useMutation, useQuery } from '@tanstack/react-query'
import { Check, Copy, Download } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../../api/client.ts'
import { useMemberName } from '../../api/directory.ts'
import { toProblem } from '../../api/problem.ts'
import { receiptKeyQuery, receiptsQuery, type RunDetail } from '../../api/runs.ts'
import { useCopy } from '../../components/copy-id.tsx'
import { Card } from '../../components/page.tsx'
import { saveFile } from '../../components/save-file.ts'
import { Moment } from '../../components/time-ago.tsx'
import { useOrg } from '../../session/facts.ts'
import { IconButton } from '../../ui/button.tsx'
import { toastProblem } from '../../ui/toast.tsx'

const FILE = 'receipt.json'

/** What was decided, as receipts that prove themselves, and how to check one without Reeve. */
export function Receipts({ run }: { readonly run: RunDetail }) {
  const { t } = useTranslation('runs')
  const { t: approvals } = useTranslation('approvals')
  const org = useOrg()
  const nameOf = useMemberName()
  const { data } = useQuery(receiptsQuery(org, run.id))
  const { data: key } = useQuery(receiptKeyQuery(org))
  const save = useMutation({
    mutationFn: (receipt: string) =>
      answerOf(
        api.GET('/api/orgs/{org}/runs/{run}/receipts/{receipt}', { params: { path: { org, run: run.id, receipt } } }),
      ),
    onSuccess: ({ content }) => saveFile(new Blob([content], { type: 'application/json' }), FILE),
    onError: (error) => toastProblem(t('receipts.notSaved'), toProblem(error).detail ?? undefined),
  })
  if (data === undefined || data.items.length === 0) return null
  const nameOfReceipt = ({ act, member_id }: (typeof data.items)[number]): string =>
    act === null
      ? t('receipts.final')
      : t('receipts.by', {
          act: approvals(`acted.${act}`, { defaultValue: act }),
          name: nameOf(member_id) ?? t('receipts.policy'),
        })
  return (
    <Card title={t('receipts.title')} purpose={t('receipts.purpose')}>
      <ul className="flex flex-col divide-y">
        {data.items.map((receipt) => (
          <li key={receipt.id} className="flex items-center gap-2 py-1.5">
            <span className="min-w-0 flex-1">
              <span className="block truncate">{nameOfReceipt(receipt)}</span>
              <span className="meta block text-fg3">
                <Moment at={receipt.created_at} />
              </span>
            </span>
            <IconButton
              size="compact"
              label={t('receipts.download', { what: nameOfReceipt(receipt) })}
              isBusy={save.isPending && save.variables === receipt.id}
              onClick={() => save.mutate(receipt.id)}
            >
              <Download size={14} aria-hidden />
            </IconButton>
          </li>
        ))}
      </ul>
      {key !== undefined && <Command text={`reeve verify receipt ${FILE} --fingerprint ${key.fingerprint}`} />}
    </Card>
  )
}

function Command({ text }: { readonly text: string }) {
  const { t } = useTranslation('runs')
  const { t: words } = useTranslation('words')
  const [isCopied, copy] = useCopy()
  return (
    <div className="mt-3">
      <p className="meta pb-1 text-fg3">{t('receipts.check')}</p>
      <div className="flex items-start gap-1 rounded-lg border bg-sunken p-2">
        <code className="min-w-0 flex-1 font-mono text-[12px] leading-[18px] break-all">{text}</code>
        <IconButton
          size="compact"
          label={isCopied ? words('copied') : words('copyThis', { what: t('receipts.command') })}
          onClick={() => copy(text)}
        >
          {isCopied ? <Check size={14} className="text-ok" aria-hidden /> : <Copy size={14} aria-hidden />}
        </IconButton>
      </div>
    </div>
  )
}
