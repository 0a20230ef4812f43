import { useTranslation } from 'react-i18next'
import { toProblem } from '../../api/problem.ts'
import type { OwnModel, Provider, ProviderDesk } from '../../api/provider-desk.ts'
import { ProblemBanner } from '../../components/problem-banner.tsx'
import { TestResult, useTestCall } from '../../components/test-result.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'

type Tested = Pick<Provider, 'id' | 'name'>

/** A call to a provider that somebody wants to see work; nobody is charged for it. */
export function TestCallDialog(props: {
  readonly desk: ProviderDesk
  readonly provider: Tested
  /** The model that is to answer; null asks the provider for its models. */
  readonly model: Pick<OwnModel, 'id' | 'name'> | null
  readonly onClose: () => void
}) {
  const { t } = useTranslation('providers')
  const { t: words } = useTranslation('words')
  const { provider, model } = props
  const call = useTestCall(props.desk)
  const title = t('testTitle', { name: model?.name ?? provider.name })
  return (
    <Dialog
      isOpen
      onClose={props.onClose}
      title={title}
      description={t(model === null ? 'testProviderText' : 'testModelText', { name: provider.name })}
      footer={
        <>
          <Button onClick={props.onClose}>{words('close')}</Button>
          <Button
            variant="primary"
            isBusy={call.isPending}
            onClick={() => call.mutate({ provider: provider.id, model: model?.id ?? null })}
          >
            {t(call.data === undefined ? 'testNow' : 'testAgain')}
          </Button>
        </>
      }
    >
      {(call.data !== undefined || call.error !== null) && (
        <div aria-live="polite">
          {call.error !== null && <ProblemBanner problem={toProblem(call.error)} />}
          {call.data !== undefined && call.error === null && <TestResult result={call.data} />}
        </div>
      )}
    </Dialog>
  )
}
