import { useTranslation } from 'react-i18next'
import type { ApiProblem } from '../api/problem.ts'
import { Banner } from '../ui/banner.tsx'
import { CopyId } from './copy-id.tsx'
import { problemText } from './problem-text.ts'

/** What the server refused, beside the form that asked: the sentence, its code and the request to ask support about. */
export function ProblemBanner({ problem }: { readonly problem: ApiProblem }) {
  const { t } = useTranslation('words')
  return (
    <Banner tone="bad" isAlert title={problemText(t, problem)}>
      <p className="meta mt-0.5 flex flex-wrap items-center gap-x-2 text-fg2">
        <code className="font-mono">{problem.code}</code>
        {problem.request_id !== null && <CopyId id={problem.request_id} label={t('requestId')} />}
      </p>
    </Banner>
  )
}
