import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ReviewAnswers, VersionDetail } from '../../api/app-desk.ts'
import { toProblem } from '../../api/problem.ts'
import { Card } from '../../components/page.tsx'
import { ProblemBanner } from '../../components/problem-banner.tsx'
import { Button } from '../../ui/button.tsx'
import { CheckboxField } from '../../ui/checkbox.tsx'
import { TextAreaField } from '../../ui/field.tsx'
import { toastDone } from '../../ui/toast.tsx'
import { useDesk } from './desk.ts'

const QUESTIONS = ['purpose', 'data', 'pipeline', 'result', 'risk', 'price'] as const
const NONE: ReviewAnswers = { purpose: false, data: false, pipeline: false, result: false, risk: false, price: false }

/** The review of a version: every question is answered with yes to approve; a comment says why it goes back. */
export function ReviewForm({ version }: { readonly version: VersionDetail }) {
  const { t } = useTranslation('catalogue')
  const client = useQueryClient()
  const { desk } = useDesk()
  const [answers, setAnswers] = useState(NONE)
  const [comment, setComment] = useState('')
  const review = useMutation({
    mutationFn: (decision: 'approved' | 'returned') =>
      desk.review(version.id, version.revision, { decision, comment: comment.trim() || null, answers }),
    onSuccess: (_, decision) => toastDone(t(`acted.${decision}`)),
    onSettled: () => client.invalidateQueries({ queryKey: desk.key }),
  })
  const isAll = QUESTIONS.every((question) => answers[question])
  return (
    <Card title={t('review.title')} purpose={t('review.text')}>
      <div className="flex flex-col gap-4">
        <fieldset className="flex flex-col gap-2.5">
          <legend className="pb-2 font-medium">{t('review.questions')}</legend>
          {QUESTIONS.map((question) => (
            <CheckboxField
              key={question}
              label={version.questions.find((each) => each.question === question)?.says ?? question}
              isChecked={answers[question]}
              onChange={(isChecked) => setAnswers({ ...answers, [question]: isChecked })}
            />
          ))}
        </fieldset>
        <TextAreaField
          label={t('review.comment')}
          hint={t('review.commentHint')}
          value={comment}
          onChange={setComment}
        />
        {review.error !== null && <ProblemBanner problem={toProblem(review.error)} />}
        <div className="flex flex-wrap gap-2">
          <Button
            variant="primary"
            isBusy={review.isPending}
            disabledReason={isAll ? null : t('review.answerAll')}
            onClick={() => review.mutate('approved')}
          >
            {t('review.approve')}
          </Button>
          <Button
            isBusy={review.isPending}
            disabledReason={comment.trim() === '' ? t('review.commentFirst') : null}
            onClick={() => review.mutate('returned')}
          >
            {t('review.return')}
          </Button>
        </div>
      </div>
    </Card>
  )
}
