import { useMutation } from '@tanstack/react-query'
import { CircleCheck, CircleX } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { ProviderDesk, TestCall } from '../api/provider-desk.ts'
import { useFormat } from './format.ts'

/** Asks a provider for its models, or one of its models for a word. */
export const useTestCall = (desk: ProviderDesk) =>
  useMutation({
    mutationFn: ({ provider, model }: { readonly provider: string; readonly model: string | null }) =>
      desk.test(provider, model),
  })

/** What came of a test call, and what to do when it failed. */
export function TestResult({ result }: { readonly result: TestCall }) {
  const { t } = useTranslation('providers')
  const format = useFormat()
  const { ok, error, status, message, models } = result
  const Icon = ok ? CircleCheck : CircleX
  return (
    <div role="status" className="flex gap-2.5 rounded-lg border p-3">
      <Icon size={16} aria-hidden className={ok ? 'mt-0.5 shrink-0 text-ok' : 'mt-0.5 shrink-0 text-bad'} />
      <div className="min-w-0 flex-1">
        <p className="font-medium">
          {error === null ? t('testWorked') : t(`testError.${error}`)}
          <span className="meta ms-2 font-normal text-fg3 tabular-nums">
            {t('latency', { count: format.number(result.latency_ms) })}
            {status !== null && ` · HTTP ${status}`}
          </span>
        </p>
        {error !== null && <p className="text-fg2">{t(`testAdvice.${error}`)}</p>}
        {message !== null && <p className="meta mt-1 break-words text-fg3">{t('saidProvider', { message })}</p>}
        {models.length > 0 && (
          <p className="meta mt-1 line-clamp-3 break-words text-fg3">{t('serves', { models: models.join(', ') })}</p>
        )}
      </div>
    </div>
  )
}
