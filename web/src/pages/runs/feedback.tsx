import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { ThumbsDown, ThumbsUp } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../../api/client.ts'
import { toProblem } from '../../api/problem.ts'
import { type RunDetail, runsKey } from '../../api/runs.ts'
import { Card } from '../../components/page.tsx'
import { useAccess, useOrg } from '../../session/facts.ts'
import { Button } from '../../ui/button.tsx'
import { Select } from '../../ui/select.tsx'
import { toastProblem } from '../../ui/toast.tsx'

const FAULTS = ['wrong', 'incomplete', 'unclear', 'slow', 'other'] as const
type Fault = (typeof FAULTS)[number]
const UNSAID = 'unsaid'

const feedbackQuery = (org: string, run: string) =>
  queryOptions({
    queryKey: [...runsKey(org), 'feedback', run],
    queryFn: () => answerOf(api.GET('/api/orgs/{org}/runs/{run}/feedback', { params: { path: { org, run } } })),
  })

/** Whether the result helped, said by who asked for it; the app's health counts it, without names. */
export function Feedback({ run }: { readonly run: RunDetail }) {
  const { t } = useTranslation('runs')
  const org = useOrg()
  const client = useQueryClient()
  const { organisation } = useAccess()
  const isOwn = organisation.membership?.member_id === run.requester_id
  const { data } = useQuery({ ...feedbackQuery(org, run.id), enabled: isOwn })
  const say = useMutation({
    mutationFn: (said: { readonly is_helpful: boolean; readonly fault: Fault | null }) =>
      answerOf(api.PUT('/api/orgs/{org}/runs/{run}/feedback', { params: { path: { org, run: run.id } }, body: said })),
    onSuccess: () => client.invalidateQueries({ queryKey: feedbackQuery(org, run.id).queryKey }),
    onError: (error) => toastProblem(t('feedback.notSaid'), toProblem(error).detail ?? undefined),
  })
  if (!isOwn || data === undefined) return null
  const said = data.feedback
  const fault = FAULTS.find((each) => each === said?.fault)
  return (
    <Card title={t('feedback.title')} purpose={t('feedback.purpose')}>
      <div className="flex flex-wrap gap-2">
        <Button
          aria-pressed={said?.is_helpful === true}
          variant={said?.is_helpful === true ? 'primary' : 'secondary'}
          onClick={() => say.mutate({ is_helpful: true, fault: null })}
        >
          <ThumbsUp size={15} aria-hidden />
          {t('feedback.helpful')}
        </Button>
        <Button
          aria-pressed={said?.is_helpful === false}
          variant={said?.is_helpful === false ? 'primary' : 'secondary'}
          onClick={() => say.mutate({ is_helpful: false, fault: fault ?? null })}
        >
          <ThumbsDown size={15} aria-hidden />
          {t('feedback.notHelpful')}
        </Button>
        {said?.is_helpful === false && (
          <Select
            isCompact
            label={t('feedback.fault')}
            value={fault ?? UNSAID}
            options={[
              { value: UNSAID, label: t('feedback.unsaid') },
              ...FAULTS.map((value) => ({ value, label: t(`feedback.faults.${value}`) })),
            ]}
            onChange={(next) => say.mutate({ is_helpful: false, fault: FAULTS.find((each) => each === next) ?? null })}
          />
        )}
      </div>
    </Card>
  )
}
