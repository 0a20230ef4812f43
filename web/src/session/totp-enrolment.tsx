import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { CopyId } from '../components/copy-id.tsx'
import { Form, useForm } from '../components/form.tsx'
import { QrCode } from '../components/qr-code.tsx'
import { ErrorState, Skeleton } from '../components/states.tsx'
import { Button } from '../ui/button.tsx'
import { TextField } from '../ui/field.tsx'
import { beginTotp, confirmTotp, factorsQuery } from './factors.ts'

/** Sets an authenticator app up: scan, then prove it. `onDone` gets the recovery codes when there are new ones. */
export function TotpEnrolment({ onDone }: { readonly onDone: (codes: readonly string[] | null) => void }) {
  const { t } = useTranslation('proof')
  const client = useQueryClient()
  // Kept while the dialog is open and no longer: every call makes another secret.
  const begun = useQuery({
    queryKey: ['me', 'totp', 'new secret'],
    queryFn: beginTotp,
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    retry: false,
  })
  const form = useForm({
    initial: { code: '' },
    check: ({ code }) => (code.trim() === '' ? { code: t('codeMissing') } : {}),
    send: ({ code }) => confirmTotp(code),
    onDone(codes) {
      void client.invalidateQueries({ queryKey: factorsQuery.queryKey })
      onDone(codes)
    },
  })
  if (begun.error !== null) return <ErrorState error={begun.error} onRetry={() => void begun.refetch()} />
  if (begun.data === undefined) return <Skeleton lines={6} />
  const { uri, secret } = begun.data
  return (
    <Form form={form}>
      <div className="flex flex-wrap gap-4">
        {uri !== null && <QrCode text={uri} label={t('appQr')} />}
        <div className="flex min-w-0 flex-1 basis-52 flex-col gap-2">
          <p className="font-medium">{t('scan')}</p>
          <p className="meta text-fg3">{t('scanHint')}</p>
          <p className="meta mt-auto text-fg3">{t('secret')}</p>
          {secret !== null && <CopyId id={secret} label={t('secret')} isWhole />}
        </div>
      </div>
      <TextField
        label={t('codeNow')}
        hint={t('codeNowHint')}
        inputMode="numeric"
        autoComplete="one-time-code"
        autoFocus
        isMono
        maxLength={9}
        value={form.values.code}
        onChange={(code) => form.set('code', code)}
        error={form.errorOf('code')}
      />
      <Button variant="primary" size="large" type="submit" isBusy={form.isBusy}>
        {t('turnOnApp')}
      </Button>
    </Form>
  )
}
