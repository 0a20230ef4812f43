import { useNavigate, useParams } from '@tanstack/react-router'
import { Play } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../../api/client.ts'
import type { VersionDetail } from '../../api/app-desk.ts'
import { AppFields } from '../../components/app-fields.tsx'
import { initialInput, readInput, type SentFiles, type TypedInput } from '../../components/app-input.ts'
import { useFieldLimits } from '../../components/app-limits.ts'
import { readContract } from '../../components/contract.ts'
import { useForm } from '../../components/form.tsx'
import { ProblemBanner } from '../../components/problem-banner.tsx'
import { PLACE, RunPlaceFields, useRunPlace } from '../../components/run-place.tsx'
import { Button } from '../../ui/button.tsx'
import { toastDone } from '../../ui/toast.tsx'

const BEFORE: readonly string[] = ['draft', 'submitted', 'approved']

/** A version runs before it is published: with real models, for the eyes of whoever tries it out. */
export function TryOut({ version }: { readonly version: VersionDetail }) {
  const { t } = useTranslation('catalogue')
  const { org } = useParams({ strict: false })
  if (!BEFORE.includes(version.state)) return null
  const isSound = version.checks.every(({ result }) => result !== 'failed')
  return (
    <section aria-label={t('tryOut.title')} className="flex flex-col gap-4 border-t pt-4">
      <div>
        <h2 className="font-medium">{t('tryOut.title')}</h2>
        <p className="text-fg2">{t(org === undefined ? 'tryOut.onPlatform' : 'tryOut.text')}</p>
      </div>
      {org !== undefined &&
        (isSound ? (
          <TryOutForm key={version.revision} org={org} version={version} />
        ) : (
          <p className="text-warn">{t('tryOut.checksFirst')}</p>
        ))}
    </section>
  )
}

/** It may stand inside another form, so it is none itself. */
function TryOutForm({ org, version }: { readonly org: string; readonly version: VersionDetail }) {
  const { t } = useTranslation('catalogue')
  const { t: formText } = useTranslation('apps')
  const navigate = useNavigate()
  const [sent] = useState<SentFiles>(() => new Map())
  const contract = readContract(version.content)
  const { fields } = contract
  const { mistakesIn } = useFieldLimits()
  const placing = useRunPlace(org, contract)
  const form = useForm<TypedInput, { readonly id: string }>({
    initial: initialInput(fields),
    check: (values) => ({
      ...mistakesIn(fields, values),
      ...(placing.isIncomplete() && { [PLACE]: formText('form.missing') }),
    }),
    async send(values) {
      const body = { input: { ...(await readInput(org, fields, values, sent)) }, ...placing.place }
      const params = { path: { org, version: version.id } }
      return answerOf(api.POST('/api/orgs/{org}/app-versions/{version}/test-runs', { params, body }))
    },
    onDone({ id }) {
      toastDone(t('tryOut.begun'))
      void navigate({ to: '/o/$org/runs/$run', params: { org, run: id } })
    },
  })
  return (
    <>
      <AppFields fields={fields} form={form} at="input" />
      <RunPlaceFields placing={placing} />
      {form.problem !== null && <ProblemBanner problem={form.problem} />}
      <Button className="self-start" isBusy={form.isBusy || !placing.isReady} onClick={form.submit}>
        <Play size={15} aria-hidden />
        {t('tryOut.run')}
      </Button>
    </>
  )
}
