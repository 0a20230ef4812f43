import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { TestResult, VersionDetail } from '../../api/app-desk.ts'
import { toProblem } from '../../api/problem.ts'
import { JsonView } from '../../components/json-view.tsx'
import { ProblemBanner } from '../../components/problem-banner.tsx'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { TextAreaField } from '../../ui/field.tsx'
import { useDesk } from './desk.ts'
import { parseJson } from './json-text.ts'
import { TryOut } from './try-out.tsx'

/** What a version makes of inputs: whether it takes them, and what comes out of them. */
export function TestBench({ version }: { readonly version: VersionDetail }) {
  const { canPublish } = useDesk()
  return (
    <div className="flex flex-col gap-5">
      {canPublish && <Cases version={version} />}
      <TryOut version={version} />
    </div>
  )
}

/** Inputs that are normal, at the edge, incomplete and wrong, made from the fields; and one of one's own. */
function Cases({ version }: { readonly version: VersionDetail }) {
  const { t } = useTranslation('catalogue')
  const { desk } = useDesk()
  const [own, setOwn] = useState('')
  const input = own.trim() === '' ? null : parseJson(own)
  const test = useMutation({
    mutationFn: () => desk.test(version.id, input === null || input.value === undefined ? null : [input.value]),
  })
  return (
    <div className="flex flex-col gap-4">
      <p className="text-fg2">{t('tests.text')}</p>
      <TextAreaField
        label={t('tests.own')}
        note={t('optional')}
        hint={t('tests.ownHint')}
        isMono
        rows={3}
        value={own}
        onChange={setOwn}
        error={input?.mistake}
      />
      <Button
        variant="primary"
        className="self-start"
        isBusy={test.isPending}
        disabledReason={input?.mistake ?? null}
        onClick={() => test.mutate()}
      >
        {t('tests.run')}
      </Button>
      {test.error !== null && <ProblemBanner problem={toProblem(test.error)} />}
      {test.data !== undefined && (
        <ol className="flex flex-col divide-y">
          {test.data.items.map((result, index) => (
            <Result key={index} result={result} />
          ))}
        </ol>
      )}
    </div>
  )
}

function Result({ result }: { readonly result: TestResult }) {
  const { t } = useTranslation('catalogue')
  const isRight = result.expected === null || result.expected === result.outcome
  return (
    <li className="flex flex-col gap-2 py-3">
      <p className="flex flex-wrap items-center gap-2">
        <Badge>{t(`tests.kinds.${result.kind}`)}</Badge>
        <span className="min-w-0 flex-1 font-medium">{result.title}</span>
        <Badge tone={isRight ? 'ok' : 'bad'}>{t(`tests.${result.outcome}`)}</Badge>
      </p>
      {!isRight && <p className="meta text-bad">{t('tests.unexpected')}</p>}
      {result.violations.map(({ pointer, message }) => (
        <p key={`${pointer} ${message}`} className="meta break-words text-fg2">
          <code className="font-mono">{pointer}</code> {message}
        </p>
      ))}
      <details>
        <summary className="meta cursor-pointer text-fg3">{t('tests.input')}</summary>
        <JsonView label={t('tests.input')} value={result.input} />
      </details>
    </li>
  )
}
