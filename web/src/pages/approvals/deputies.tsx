import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useMemberName } from '../../api/directory.ts'
import { answerOf, api } from '../../api/client.ts'
import { useList } from '../../api/list.ts'
import { Form, useForm } from '../../components/form.tsx'
import { PersonPicker } from '../../components/person-picker.tsx'
import { ErrorState, Skeleton } from '../../components/states.tsx'
import { Day } from '../../components/time-ago.tsx'
import { useAccess, useOrg } from '../../session/facts.ts'
import { Button } from '../../ui/button.tsx'
import { CheckboxField } from '../../ui/checkbox.tsx'
import { Sheet } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/field.tsx'
import { toastDone, toastProblem } from '../../ui/toast.tsx'
import { inboxKey } from '../../api/runs.ts'
import { type Delegation, delegationsQuery } from './queries.ts'

const WEEK_MS = 7 * 86_400_000
const LEVELS = [1, 2, 3] as const

/** Who stands in for the reader while they are away, and for whom they do. */
export function Deputies(props: { readonly isOpen: boolean; readonly onClose: () => void }) {
  const { t } = useTranslation('approvals')
  return (
    <Sheet isOpen={props.isOpen} onClose={props.onClose} title={t('deputies.title')} description={t('deputies.text')}>
      <div className="flex flex-col gap-6">
        <Standing />
        <NameDeputy />
      </div>
    </Sheet>
  )
}

const isOver = ({ revoked_at, ends_at }: Delegation): boolean =>
  revoked_at !== null || Date.parse(ends_at) <= Date.now()

function Standing() {
  const { t } = useTranslation('approvals')
  const org = useOrg()
  const { organisation } = useAccess()
  const nameOf = useMemberName()
  const client = useQueryClient()
  const list = useList(delegationsQuery(org))
  if (list.error !== null) return <ErrorState error={list.error} onRetry={list.reload} />
  if (list.rows === null) return <Skeleton lines={3} />
  const standing = list.rows.filter((each) => !isOver(each))
  if (standing.length === 0) return <p className="text-fg2">{t('deputies.none')}</p>
  const end = (delegation: string) =>
    answerOf(api.DELETE('/api/orgs/{org}/delegations/{delegation}', { params: { path: { org, delegation } } })).then(
      () => {
        toastDone(t('deputies.ended'))
        void client.invalidateQueries({ queryKey: ['org', org, 'delegations'] })
        void client.invalidateQueries({ queryKey: inboxKey(org) })
      },
      (error: unknown) => toastProblem(t('deputies.notEnded'), error instanceof Error ? error.message : undefined),
    )
  return (
    <ul className="divide-y rounded-lg border">
      {standing.map((each) => (
        <li key={each.id} className="flex flex-wrap items-center gap-3 px-3 py-2.5">
          <div className="min-w-0 flex-1">
            <p className="font-medium">
              {each.from_member_id === organisation.membership?.member_id
                ? t('deputies.forYou', { name: nameOf(each.to_member_id) ?? '' })
                : t('deputies.byYou', { name: nameOf(each.from_member_id) ?? '' })}
            </p>
            <p className="meta text-fg3">
              {each.levels.map((level) => t(`levels.${level}`, { defaultValue: String(level) })).join(', ')} ·{' '}
              <Day at={each.starts_at} /> – <Day at={each.ends_at} />
            </p>
          </div>
          <Button size="compact" onClick={() => void end(each.id)}>
            {t('deputies.end')}
          </Button>
        </li>
      ))}
    </ul>
  )
}

const dayOf = (at_ms: number): string => new Date(at_ms).toISOString().slice(0, 10)

function NameDeputy() {
  const { t } = useTranslation('approvals')
  const org = useOrg()
  const { can } = useAccess()
  const client = useQueryClient()
  const lent = LEVELS.filter(
    (level) => level === 1 || can(level === 2 ? 'run.approve_manager' : 'run.approve_compliance'),
  )
  const initial = {
    to_member_id: readNobody(),
    levels: [...lent],
    from: dayOf(Date.now()),
    until: dayOf(Date.now() + WEEK_MS),
    reason: '',
  }
  const form = useForm({
    initial,
    check: (values) => ({
      ...(values.to_member_id === null && { to_member_id: t('deputies.whoMissing') }),
      ...(values.until < values.from && { until: t('deputies.untilWrong') }),
    }),
    send: ({ to_member_id, levels, from, until, reason }) => {
      const starts = new Date(`${from}T00:00:00`)
      const body = {
        to_member_id: to_member_id ?? '',
        levels,
        starts_at: new Date(Math.max(starts.getTime(), Date.now())).toISOString(),
        ends_at: new Date(`${until}T23:59:59`).toISOString(),
        ...(reason.trim() !== '' && { reason: reason.trim() }),
      }
      return answerOf(api.POST('/api/orgs/{org}/delegations', { params: { path: { org } }, body }))
    },
    onDone() {
      form.reset(initial)
      toastDone(t('deputies.named'))
      void client.invalidateQueries({ queryKey: ['org', org, 'delegations'] })
    },
  })
  const { values } = form
  return (
    <Form form={form}>
      <h3 className="text-sm font-medium">{t('deputies.new')}</h3>
      <PersonPicker
        label={t('deputies.who')}
        hint={t('deputies.whoHint')}
        value={values.to_member_id}
        onChange={(id) => form.set('to_member_id', id)}
        error={form.errorOf('to_member_id')}
      />
      <fieldset className="flex flex-col gap-2">
        <legend className="pb-1.5 font-medium">{t('deputies.levels')}</legend>
        {lent.map((level) => (
          <CheckboxField
            key={level}
            label={t(`levels.${level}`)}
            isChecked={values.levels.includes(level)}
            onChange={(isChecked) =>
              form.set('levels', isChecked ? [...values.levels, level] : values.levels.filter((each) => each !== level))
            }
          />
        ))}
      </fieldset>
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField label={t('deputies.from')} type="date" value={values.from} onChange={(at) => form.set('from', at)} />
        <TextField
          label={t('deputies.until')}
          type="date"
          value={values.until}
          onChange={(at) => form.set('until', at)}
          error={form.errorOf('until')}
        />
      </div>
      <TextField
        label={t('deputies.reason')}
        note={t('optional')}
        value={values.reason}
        onChange={(reason) => form.set('reason', reason)}
        maxLength={500}
      />
      <Button variant="primary" type="submit" isBusy={form.isBusy} className="self-end">
        {t('deputies.name')}
      </Button>
    </Form>
  )
}

const readNobody = (): string | null => null
