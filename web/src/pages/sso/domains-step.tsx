import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Globe, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { toProblem } from '../../api/problem.ts'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { CopyLine } from '../../components/copy-line.tsx'
import { Form, useForm } from '../../components/form.tsx'
import { Card } from '../../components/page.tsx'
import { ProblemBanner } from '../../components/problem-banner.tsx'
import { EmptyState, ErrorState, Skeleton } from '../../components/states.tsx'
import { TimeAgo } from '../../components/time-ago.tsx'
import { Badge } from '../../ui/badge.tsx'
import { Button, IconButton } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { toastDone } from '../../ui/toast.tsx'
import { type Domain, domainsQuery } from './desk.ts'
import type { StepProps } from './step.ts'

/** The domains whose people come through this provider, each proven by a DNS record. */
export function DomainsStep({ desk, connection, onNext }: StepProps) {
  const { t } = useTranslation('sso')
  const { data, error, refetch } = useQuery(domainsQuery(desk, connection.id))
  const isProven = data?.some(({ verified_at }) => verified_at !== null) === true
  return (
    <Card title={t('step.domains')} purpose={t('domainsText')}>
      <div className="flex flex-col gap-4">
        <AddDomain desk={desk} connection={connection} />
        {error !== null && <ErrorState error={error} onRetry={() => void refetch()} />}
        {data === undefined && error === null && <Skeleton />}
        {data?.length === 0 && (
          <EmptyState icon={Globe} title={t('noDomains')}>
            {t('noDomainsText')}
          </EmptyState>
        )}
        {data?.map((domain) => (
          <DomainCard key={domain.domain} desk={desk} connection={connection} domain={domain} />
        ))}
        <div className="flex justify-end">
          <Button variant={isProven ? 'primary' : 'secondary'} onClick={onNext}>
            {t('next')}
          </Button>
        </div>
      </div>
    </Card>
  )
}

type Of = Pick<StepProps, 'desk' | 'connection'>

function useRereadDomains({ desk, connection }: Of) {
  const client = useQueryClient()
  return () => client.invalidateQueries(domainsQuery(desk, connection.id))
}

function AddDomain(props: Of) {
  const { t } = useTranslation('sso')
  const reread = useRereadDomains(props)
  const form = useForm({
    initial: { domain: '' },
    check: ({ domain }) => (domain.includes('.') ? {} : { domain: t('domainMissing') }),
    send: ({ domain }) => props.desk.claim(props.connection.id, domain.trim().toLowerCase()),
    onDone() {
      form.reset({ domain: '' })
      void reread()
    },
  })
  return (
    <Form form={form}>
      <div className="flex items-end gap-2">
        <TextField
          className="min-w-0 flex-1"
          label={t('domain')}
          placeholder="example.com"
          inputMode="url"
          value={form.values.domain}
          onChange={(value) => form.set('domain', value)}
          error={form.errorOf('domain')}
        />
        <Button size="large" type="submit" isBusy={form.isBusy}>
          {t('addDomain')}
        </Button>
      </div>
    </Form>
  )
}

function DomainCard(props: Of & { readonly domain: Domain }) {
  const { t } = useTranslation('sso')
  const { desk, connection, domain: found } = props
  const reread = useRereadDomains(props)
  const [isRemoving, setRemoving] = useState(false)
  const { domain, record, verified_at, checked_at } = found
  const verify = useMutation({
    mutationFn: () => desk.verify(connection.id, domain),
    onSuccess: () => toastDone(t('domainProven', { domain })),
    onSettled: reread,
  })
  const grant = useMutation({
    mutationFn: async () => desk.grant?.(connection.id, domain),
    onSuccess: () => toastDone(t('domainProven', { domain })),
    onSettled: reread,
  })
  const failure = verify.error ?? grant.error
  return (
    <section aria-label={domain} className="flex flex-col gap-3 rounded-lg border p-3">
      <div className="flex flex-wrap items-center gap-2">
        <h3 className="min-w-0 flex-1 truncate font-medium">{domain}</h3>
        {verified_at === null ? (
          <Badge tone="warn">{t('waitsForProof')}</Badge>
        ) : (
          <Badge tone="ok">{t(found.verified_by === 'superadmin' ? 'provenByPlatform' : 'proven')}</Badge>
        )}
        <IconButton size="compact" label={t('removeDomain', { domain })} onClick={() => setRemoving(true)}>
          <Trash2 size={14} aria-hidden />
        </IconButton>
      </div>
      {verified_at === null && (
        <>
          <p className="text-fg2">{t('recordText')}</p>
          <CopyLine label={t('recordName')} text={record.name} />
          <CopyLine label={t('recordValue')} text={record.value} />
          {failure !== null && <ProblemBanner problem={toProblem(failure)} />}
          <div className="flex flex-wrap items-center justify-end gap-2">
            {checked_at !== null && (
              <p className="meta min-w-0 flex-1 text-fg3">
                {t('lookedFor')} <TimeAgo at={checked_at} />
              </p>
            )}
            {desk.grant !== null && (
              <Button isBusy={grant.isPending} onClick={() => grant.mutate()}>
                {t('grantDomain')}
              </Button>
            )}
            <Button variant="primary" isBusy={verify.isPending} onClick={() => verify.mutate()}>
              {t(checked_at === null ? 'checkRecord' : 'checkAgain')}
            </Button>
          </div>
        </>
      )}
      <ConfirmDialog
        isOpen={isRemoving}
        onClose={() => setRemoving(false)}
        title={t('removeDomainTitle', { domain })}
        confirmLabel={t('giveUpDomain')}
        onConfirm={async () => {
          await desk.release(connection.id, domain)
          await reread()
        }}
      >
        {t('removeDomainText')}
      </ConfirmDialog>
    </section>
  )
}
