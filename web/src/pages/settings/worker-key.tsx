import { useQuery } from '@tanstack/react-query'
import { Check, Copy, Eye } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useCopy } from '../../components/copy-id.tsx'
import { CopyId } from '../../components/copy-id.tsx'
import { Card, Facts } from '../../components/page.tsx'
import { ErrorState, Skeleton } from '../../components/states.tsx'
import { Moment } from '../../components/time-ago.tsx'
import { useUrlState } from '../../components/url-state.ts'
import { useOrg } from '../../session/facts.ts'
import { Button } from '../../ui/button.tsx'
import { workerKeyQuery } from './queries.ts'

/** The key with which workers sign in to git hosts, to be copied there. Looking at it is logged, so it is opened on purpose. */
export function WorkerKey() {
  const { t } = useTranslation('settings')
  const url = useUrlState(['show'])
  const isShown = url.values.show === 'worker-key'
  const card = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (isShown) card.current?.scrollIntoView({ block: 'nearest' })
  }, [isShown])
  return (
    <div ref={card}>
      <Card title={t('workerKey')} purpose={t('workerKeyText')}>
        {isShown ? (
          <OpenKey />
        ) : (
          <Button onClick={() => url.set({ show: 'worker-key' })}>
            <Eye size={15} aria-hidden />
            {t('showWorkerKey')}
          </Button>
        )}
      </Card>
    </div>
  )
}

function OpenKey() {
  const { t } = useTranslation('settings')
  const { t: words } = useTranslation('words')
  const [isCopied, copy] = useCopy()
  const { data, error, refetch } = useQuery(workerKeyQuery(useOrg()))
  if (data === undefined) {
    return error === null ? <Skeleton lines={4} /> : <ErrorState error={error} onRetry={() => void refetch()} />
  }
  return (
    <div className="flex flex-col gap-4">
      <div className="flex items-start gap-2">
        <pre
          tabIndex={0}
          role="region"
          aria-label={t('publicKey')}
          className="min-w-0 flex-1 rounded-lg border bg-sunken p-3 font-mono text-[12px] leading-[18px] break-all whitespace-pre-wrap"
        >
          {data.public_key}
        </pre>
        <Button onClick={() => copy(data.public_key)}>
          {isCopied ? <Check size={15} className="text-ok" aria-hidden /> : <Copy size={15} aria-hidden />}
          {isCopied ? words('copied') : t('copyKey')}
        </Button>
      </div>
      <Facts
        facts={[
          {
            label: t('fingerprint'),
            value: <CopyId id={data.fingerprint} label={t('fingerprint')} isWhole />,
          },
          { label: t('version'), value: data.version },
          { label: t('created'), value: <Moment at={data.created_at} /> },
        ]}
      />
    </div>
  )
}
