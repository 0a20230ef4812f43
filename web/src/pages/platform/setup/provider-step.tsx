import { useQuery } from '@tanstack/react-query'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { type Provider, platformProviders } from '../../../api/provider-desk.ts'
import { Form } from '../../../components/form.tsx'
import { ProviderFields, useProviderForm } from '../../../components/provider-fields.tsx'
import { ErrorState, Skeleton } from '../../../components/states.tsx'
import { TestResult, useTestCall } from '../../../components/test-result.tsx'
import { StepDone, type StepProps } from '../../../components/step-card.tsx'
import { Button, TextLink } from '../../../ui/button.tsx'
import { wholeProvidersQuery } from './queries.ts'
import { StepCard } from './step-card.tsx'

/** The first provider with its key, and a call that shows that it answers. */
export function ProviderStep(props: StepProps) {
  const { t } = useTranslation('setup')
  const { data, error, refetch } = useQuery(wholeProvidersQuery)
  const test = useTestCall(platformProviders)
  const id = useId()
  const form = useProviderForm(platformProviders, null, (added) => test.mutate({ provider: added.id, model: null }))
  if (data === undefined) {
    return (
      <StepCard {...props} id="provider">
        {error === null ? <Skeleton lines={5} /> : <ErrorState error={error} onRetry={() => void refetch()} />}
      </StepCard>
    )
  }
  const latest = data.items.at(-1)
  if (latest === undefined) {
    return (
      <StepCard {...props} id="provider" form={{ id, label: t('addProvider'), isBusy: form.isBusy }}>
        <Form form={form} id={id}>
          <ProviderFields form={form} isNew />
        </Form>
      </StepCard>
    )
  }
  return (
    <StepCard {...props} id="provider">
      <StepDone>
        <ProviderFact provider={latest} />
      </StepDone>
      <Button
        className="self-start"
        isBusy={test.isPending}
        onClick={() => test.mutate({ provider: latest.id, model: null })}
      >
        {t('testProvider')}
      </Button>
      {test.data !== undefined && <TestResult result={test.data} />}
      {test.error !== null && <ErrorState error={test.error} />}
    </StepCard>
  )
}

function ProviderFact({ provider }: { readonly provider: Provider }) {
  const { t } = useTranslation('setup')
  return (
    <>
      <p className="font-medium">{provider.name}</p>
      <p className="meta truncate font-mono text-fg3">{provider.base_url}</p>
      <p className="meta text-fg3">
        {provider.has_key ? t('keySet', { mask: provider.key_mask ?? '' }) : t('keyMissing')}
      </p>
      <TextLink to="/platform/providers">{t('toProviders')}</TextLink>
    </>
  )
}
