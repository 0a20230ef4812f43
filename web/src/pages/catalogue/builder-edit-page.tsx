import { useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { VersionDetail } from '../../api/app-desk.ts'
import { ApiProblem } from '../../api/problem.ts'
import { walletQuery } from '../../api/wallet.ts'
import { Form, SaveBar, useForm, useLeaveGuard } from '../../components/form.tsx'
import { Card, Columns, Page, PageHeader } from '../../components/page.tsx'
import { StateBadge } from '../../components/state-badge.tsx'
import { Skeleton } from '../../components/states.tsx'
import { oneOf, useUrlState } from '../../components/url-state.ts'
import { usePageName } from '../../shell/page-name.ts'
import { Banner } from '../../ui/banner.tsx'
import { ButtonLink } from '../../ui/button.tsx'
import { cx } from '../../ui/cx.ts'
import { Tabs } from '../../ui/tabs.tsx'
import { ToggleGroup } from '../../ui/toggle-group.tsx'
import { Checks } from './checks.tsx'
import { JsonControl } from './control.tsx'
import { useDesk } from './desk.ts'
import { Diff } from './diff.tsx'
import { Findings, useFindings, Within } from './findings.tsx'
import { isJson, type Json, jsonOf, memberAt } from './json-edit.ts'
import { useChecks, useGo } from './live-checks.ts'
import { PartForm } from './part-forms.tsx'
import { FILES, type FileName, type Files, type Words } from './parts.ts'
import { versionQuery } from './queries.ts'
import { TestBench } from './test-bench.tsx'
import { wordsQuery } from './words.ts'

const TABS = [...FILES, 'tests', 'diff'] as const

/** A draft, written by forms: the six files, and beside them what the checks say of what was saved. */
export function BuilderEditPage() {
  const { desk } = useDesk()
  const { version: id = '' } = useParams({ strict: false })
  const { data: version } = useSuspenseQuery(versionQuery(desk, id))
  const { data: words } = useQuery(wordsQuery)
  usePageName(version.name)
  if (words === undefined) return <Skeleton lines={10} />
  return <Editor key={version.id} version={version} words={words} />
}

const filesOf = (content: unknown): Files => ({
  info: jsonOf(memberAt(content, 'info')),
  input: jsonOf(memberAt(content, 'input')),
  pipeline: jsonOf(memberAt(content, 'pipeline')),
  result: jsonOf(memberAt(content, 'result')),
  governance: jsonOf(memberAt(content, 'governance')),
  pricing: jsonOf(memberAt(content, 'pricing')),
})

function Editor({ version, words }: { readonly version: VersionDetail; readonly words: Words }) {
  const { t } = useTranslation('builder')
  const { desk, versionHref } = useDesk()
  const client = useQueryClient()
  const url = useUrlState(['tab'])
  const tab = oneOf(url.values.tab, TABS) ?? 'info'
  const form = useForm<Files, VersionDetail>({
    initial: filesOf(version.content),
    send: (files) => desk.save(version.id, version.revision, files),
    onDone: (saved) => {
      client.setQueryData(versionQuery(desk, version.id).queryKey, saved)
    },
  })
  const guard = useLeaveGuard(form.isDirty)
  const { checks, state } = useChecks(version, form.values, form.isDirty)
  const findings = useMemo(() => checks.flatMap((check) => check.findings), [checks])
  const go = useGo(tab, (next) => url.set({ tab: next === 'info' ? undefined : next }))
  const mistakesIn = (file: FileName) => {
    const count = findings.filter(({ pointer }) => pointer === `/${file}` || pointer.startsWith(`/${file}/`)).length
    return count === 0 ? null : { count, text: t('mistakes', { count }) }
  }
  const isChanged = form.problem instanceof ApiProblem && form.problem.code === 'app_version_changed'
  return (
    <Page kind="detail">
      <PageHeader
        title={version.name}
        badge={<StateBadge state={version.state} />}
        purpose={t('editPurpose')}
        actions={
          <ButtonLink to={versionHref(version.id)} variant="primary">
            {t('toVersion')}
          </ButtonLink>
        }
      />
      {version.state !== 'draft' && <Banner tone="info" title={t('readOnly')} />}
      {isChanged && <Banner tone="warn" title={t('changedElsewhere')} />}
      <Form form={form}>
        <Columns
          side={
            <Card title={t('checksTitle')} purpose={t(state)}>
              <p aria-live="polite" className={cx('pb-2 font-medium', findings.length > 0 ? 'text-bad' : 'text-ok')}>
                {findings.length > 0 ? t('mistakes', { count: findings.length }) : t('noMistakes')}
              </p>
              <Checks checks={checks} onGo={go} />
            </Card>
          }
        >
          <Card>
            <Tabs
              label={version.name}
              value={tab}
              onChange={(next) => url.set({ tab: next === 'info' ? undefined : next })}
              tabs={[
                ...FILES.map((file) => ({
                  value: file,
                  label: t(`files.${file}`),
                  mistakes: mistakesIn(file),
                  content: (
                    <Findings findings={findings}>
                      <FilePart
                        file={file}
                        words={words}
                        value={form.values[file]}
                        onChange={(value) => form.set(file, value)}
                      />
                    </Findings>
                  ),
                })),
                { value: 'tests' as const, label: t('tests'), content: <TestBench version={version} /> },
                { value: 'diff' as const, label: t('diff'), content: <Diff version={version} /> },
              ]}
            />
          </Card>
          <SaveBar form={form} label={t('save')} />
        </Columns>
      </Form>
      {guard.question}
    </Page>
  )
}

/** One file: by its form, or as the JSON that it is. */
function FilePart(props: {
  readonly file: FileName
  readonly words: Words
  readonly value: Json
  readonly onChange: (value: Json) => void
}) {
  const { t } = useTranslation('builder')
  const { org } = useParams({ strict: false })
  const { data: wallet } = useQuery({ ...walletQuery(org ?? ''), enabled: org !== undefined })
  const [way, setWay] = useState<'form' | 'json'>('form')
  const { mistakeBeside } = useFindings()
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="min-w-0 flex-1 basis-60 text-fg2">{t(`fileHints.${props.file}`, { open: '{{', close: '}}' })}</p>
        <ToggleGroup
          label={t('way')}
          value={way}
          options={[
            { value: 'form', label: t('asForm') },
            { value: 'json', label: t('asJson') },
          ]}
          onChange={setWay}
        />
      </div>
      {way === 'form' ? (
        <Within path={props.file}>
          <PartForm {...props} currency={wallet?.currency ?? ''} />
        </Within>
      ) : (
        <JsonControl
          label={`${props.file}.json`}
          rows={24}
          value={props.value}
          error={mistakeBeside(props.file, [])}
          onChange={(value) => {
            if (isJson(value)) props.onChange(value)
          }}
        />
      )}
    </div>
  )
}
