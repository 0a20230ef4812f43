import { useQuery } from '@tanstack/react-query'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { useDeploymentCurrency } from '../../../api/platform.ts'
import { type PlatformModel, platformProviders } from '../../../api/provider-desk.ts'
import { Form } from '../../../components/form.tsx'
import { useFormat } from '../../../components/format.ts'
import { ModelFields, useModelForm } from '../../../components/model-fields.tsx'
import { ErrorState, Skeleton } from '../../../components/states.tsx'
import { TestResult, useTestCall } from '../../../components/test-result.tsx'
import { StepDone, type StepProps } from '../../../components/step-card.tsx'
import { Banner } from '../../../ui/banner.tsx'
import { Button, TextLink } from '../../../ui/button.tsx'
import { wholeModelsQuery, wholeProvidersQuery } from './queries.ts'
import { StepCard } from './step-card.tsx'

/** The first model of the provider, with its price, and a word from it. */
export function ModelStep(props: StepProps) {
  const { t } = useTranslation('setup')
  const { data: providers } = useQuery(wholeProvidersQuery)
  const { data: models, error, refetch } = useQuery(wholeModelsQuery)
  const currency = useDeploymentCurrency()
  const id = useId()
  const form = useModelForm(platformProviders, providers?.items ?? [], () => undefined)
  const latest = models?.items.at(-1)
  if (providers === undefined || models === undefined) {
    return (
      <StepCard {...props} id="model">
        {error === null ? <Skeleton lines={6} /> : <ErrorState error={error} onRetry={() => void refetch()} />}
      </StepCard>
    )
  }
  if (latest !== undefined) {
    return (
      <StepCard {...props} id="model">
        <Ready model={latest} currency={currency} />
      </StepCard>
    )
  }
  if (providers.items.length === 0) {
    return (
      <StepCard {...props} id="model">
        <Banner tone="info" title={t('noProviderTitle')}>
          <TextLink to="/platform/setup" search={{ step: 'provider' }}>
            {t('toProviderStep')}
          </TextLink>
        </Banner>
      </StepCard>
    )
  }
  return (
    <StepCard {...props} id="model" form={{ id, label: t('addModel'), isBusy: form.isBusy }}>
      <Form form={form} id={id}>
        <ModelFields form={form} providers={providers.items} currency={currency} isPlatform />
      </Form>
    </StepCard>
  )
}

function Ready({ model, currency }: { readonly model: PlatformModel; readonly currency: string | null }) {
  const { t } = useTranslation('setup')
  const format = useFormat()
  const test = useTestCall(platformProviders)
  const money = (micros: number) => (currency === null ? '–' : format.money(micros, currency))
  return (
    <>
      <StepDone>
        <p className="font-mono font-medium">{model.name}</p>
        <p className="meta text-fg3">
          {t('modelPrice', {
            input: money(model.input_micros_per_mtok),
            output: money(model.output_micros_per_mtok),
          })}{' '}
          {t(model.is_global ? 'modelGlobal' : 'modelNamed')}
        </p>
        <TextLink to="/platform/providers" search={{ tab: 'models' }}>
          {t('toModels')}
        </TextLink>
      </StepDone>
      <Button
        className="self-start"
        isBusy={test.isPending}
        onClick={() => test.mutate({ provider: model.provider_id, model: model.id })}
      >
        {t('testModel')}
      </Button>
      {test.data !== undefined && <TestResult result={test.data} />}
      {test.error !== null && <ErrorState error={test.error} />}
    </>
  )
}
