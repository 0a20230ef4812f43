import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../../api/client.ts'
import { useMemberName } from '../../api/directory.ts'
import { runsKey } from '../../api/runs.ts'
import { tasksKey } from '../../api/tasks.ts'
import { AppFields } from '../../components/app-fields.tsx'
import { initialInput, readInput, type SentFiles, type TypedInput } from '../../components/app-input.ts'
import { useFieldLimits } from '../../components/app-limits.ts'
import { readFields } from '../../components/contract.ts'
import { CopyAsCurl } from '../../components/copy-as-curl.tsx'
import { Form, useForm, useLeaveGuard } from '../../components/form.tsx'
import { Card, Columns, Facts, Page, PageHeader } from '../../components/page.tsx'
import { RiskBadge } from '../../components/state-badge.tsx'
import { Moment, TimeAgo } from '../../components/time-ago.tsx'
import { useOrg } from '../../session/facts.ts'
import { usePageName } from '../../shell/page-name.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button, TextLink } from '../../ui/button.tsx'
import { toastDone } from '../../ui/toast.tsx'
import { type TaskDetail, taskQuery } from './queries.ts'

/** One task: what the run asks, and the answer with which it goes on. */
export function TaskPage() {
  const { t } = useTranslation('tasks')
  const org = useOrg()
  const { task: id = '' } = useParams({ strict: false })
  const { data: task } = useSuspenseQuery(taskQuery(org, id))
  usePageName(task.title)
  return (
    <Page kind="detail">
      <PageHeader
        title={task.title}
        purpose={t('asksFor', { app: task.app_name })}
        actions={<CopyAsCurl path={`/api/orgs/${org}/human-tasks/${id}`} />}
      />
      <Columns side={<Side task={task} />}>
        {task.description !== '' && (
          <Card title={t('description')}>
            <p className="break-words whitespace-pre-line">{task.description}</p>
          </Card>
        )}
        {task.is_open ? <Answer task={task} /> : <Closed task={task} />}
      </Columns>
    </Page>
  )
}

function Closed({ task }: { readonly task: TaskDetail }) {
  const { t } = useTranslation('tasks')
  const nameOf = useMemberName()
  const isAnswered = task.answered_at !== null
  return (
    <Banner tone="info" title={t(isAnswered ? 'wasAnswered' : 'runEnded')}>
      {isAnswered && t('answeredBy', { name: nameOf(task.answered_by) ?? '' })}
    </Banner>
  )
}

function Answer({ task }: { readonly task: TaskDetail }) {
  const { t } = useTranslation('tasks')
  const org = useOrg()
  const client = useQueryClient()
  const navigate = useNavigate()
  const fields = readFields(task.fields)
  const [sent] = useState<SentFiles>(() => new Map())
  const { mistakesIn } = useFieldLimits()
  const form = useForm<TypedInput, TaskDetail>({
    initial: initialInput(fields),
    check: (values) => mistakesIn(fields, values),
    async send(values) {
      const answer = await readInput(org, fields, values, sent)
      const params = { path: { org, task: task.id } }
      return answerOf(api.POST('/api/orgs/{org}/human-tasks/{task}/answer', { params, body: { answer } }))
    },
    onDone() {
      toastDone(t('done', { app: task.app_name }))
      void client.invalidateQueries({ queryKey: tasksKey(org) })
      void client.invalidateQueries({ queryKey: runsKey(org) })
      void navigate({ to: '/o/$org/tasks', params: { org } })
    },
  })
  const guard = useLeaveGuard(form.isDirty)
  return (
    <Card title={t('answer')} purpose={t('answerText')}>
      <Form form={form}>
        <AppFields fields={fields} form={form} at="answer" />
        <div>
          <Button variant="primary" type="submit" isBusy={form.isBusy}>
            {t('complete')}
          </Button>
        </div>
      </Form>
      {guard.question}
    </Card>
  )
}

function Side({ task }: { readonly task: TaskDetail }) {
  const { t } = useTranslation('tasks')
  const org = useOrg()
  const nameOf = useMemberName()
  return (
    <Card title={t('about')}>
      <Facts
        facts={[
          {
            label: t('run'),
            value: (
              <TextLink to="/o/$org/runs/$run" params={{ org, run: task.execution_id }}>
                {task.app_name}
              </TextLink>
            ),
          },
          { label: t('requester'), value: nameOf(task.requester_id) },
          {
            label: t('for'),
            value: task.role === null ? t('you') : t(`roles.${task.role}`, { defaultValue: task.role }),
          },
          { label: t('risk'), value: <RiskBadge risk={task.risk} /> },
          { label: t('opened'), value: <Moment at={task.opened_at} /> },
          ...(task.due_at === null ? [] : [{ label: t('due'), value: <TimeAgo at={task.due_at} /> }]),
        ]}
      />
    </Card>
  )
}
