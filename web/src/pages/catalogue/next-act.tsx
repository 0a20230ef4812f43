import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { VersionDetail } from '../../api/app-desk.ts'
import { toProblem } from '../../api/problem.ts'
import { Card } from '../../components/page.tsx'
import { ProblemBanner } from '../../components/problem-banner.tsx'
import { Button } from '../../ui/button.tsx'
import { CheckboxField } from '../../ui/checkbox.tsx'
import { toastDone } from '../../ui/toast.tsx'
import { useDesk } from './desk.ts'
import { ReviewForm } from './review-form.tsx'

/** What is asked next of whoever looks, on the way from draft to published. */
export function NextAct({ version }: { readonly version: VersionDetail }) {
  const { canReview, canPublish, isMe, isPlatform } = useDesk()
  const isAuthor = isMe(version.author_id)
  switch (version.state) {
    case 'draft':
      return canPublish && (isAuthor || isPlatform) ? <Submit version={version} /> : null
    case 'submitted':
      if (isAuthor) return <Recall version={version} />
      return canReview ? <ReviewForm version={version} /> : null
    case 'approved':
      return canPublish && (isAuthor || isPlatform) ? <OathAndPublish version={version} /> : null
    default:
      return null
  }
}

function useAct<Said>(act: (said: Said) => Promise<unknown>, done: string) {
  const client = useQueryClient()
  const { desk } = useDesk()
  return useMutation({
    mutationFn: act,
    onSuccess: () => toastDone(done),
    onSettled: () => client.invalidateQueries({ queryKey: desk.key }),
  })
}

function Submit({ version }: { readonly version: VersionDetail }) {
  const { t } = useTranslation('catalogue')
  const { desk } = useDesk()
  const submit = useAct(() => desk.submit(version.id, version.revision), t('acted.submit'))
  const failed = version.checks.filter(({ result }) => result === 'failed').length
  return (
    <Card title={t('next.submit')} purpose={t('next.submitText')}>
      <div className="flex flex-col gap-3">
        {submit.error !== null && <ProblemBanner problem={toProblem(submit.error)} />}
        <Button
          variant="primary"
          className="self-start"
          isBusy={submit.isPending}
          disabledReason={failed > 0 ? t('next.checksFail', { count: failed }) : null}
          onClick={() => submit.mutate(undefined)}
        >
          {t('acts.submit')}
        </Button>
      </div>
    </Card>
  )
}

function Recall({ version }: { readonly version: VersionDetail }) {
  const { t } = useTranslation('catalogue')
  const { desk } = useDesk()
  const recall = useAct(() => desk.recall(version.id, version.revision), t('acted.recall'))
  return (
    <Card title={t('next.waits')} purpose={t('next.waitsText')}>
      <div className="flex flex-col gap-3">
        {recall.error !== null && <ProblemBanner problem={toProblem(recall.error)} />}
        <Button className="self-start" isBusy={recall.isPending} onClick={() => recall.mutate(undefined)}>
          {t('acts.recall')}
        </Button>
      </div>
    </Card>
  )
}

/** The Digital Oath is given once for this version and cannot be taken back; then it can be published. */
function OathAndPublish({ version }: { readonly version: VersionDetail }) {
  const { t } = useTranslation('catalogue')
  const { desk } = useDesk()
  const [isSworn, setSworn] = useState(false)
  const statement = version.oath_statement ?? ''
  const swear = useAct(() => desk.swear(version.id, version.revision, statement), t('acted.swear'))
  const publish = useAct(() => desk.publish(version.id, version.revision), t('acted.publish'))
  const error = swear.error ?? publish.error
  const isGiven = version.oath !== null
  return (
    <Card title={t(isGiven ? 'next.publish' : 'next.oath')} purpose={t(isGiven ? 'next.publishText' : 'next.oathText')}>
      <div className="flex flex-col gap-4">
        <blockquote className="border-s-2 ps-3 break-words whitespace-pre-line text-fg2">
          {version.oath?.statement ?? statement}
        </blockquote>
        {!isGiven && <CheckboxField label={t('next.swear')} isChecked={isSworn} onChange={setSworn} />}
        {error !== null && <ProblemBanner problem={toProblem(error)} />}
        {isGiven ? (
          <Button
            variant="primary"
            className="self-start"
            isBusy={publish.isPending}
            onClick={() => publish.mutate(undefined)}
          >
            {t('acts.publish')}
          </Button>
        ) : (
          <Button
            variant="primary"
            className="self-start"
            isBusy={swear.isPending}
            disabledReason={isSworn ? null : t('next.swearFirst')}
            onClick={() => swear.mutate(undefined)}
          >
            {t('acts.swear')}
          </Button>
        )}
      </div>
    </Card>
  )
}
