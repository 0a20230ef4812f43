import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../../api/client.ts'
import { toProblem } from '../../api/problem.ts'
import type { Answer } from '../../api/answer.ts'
import { FormDialog } from '../../components/form-dialog.tsx'
import { useForm } from '../../components/form.tsx'
import { PersonPicker } from '../../components/person-picker.tsx'
import { problemText } from '../../components/problem-text.ts'
import { ErrorState, Skeleton } from '../../components/states.tsx'
import { useAccess, useOrg } from '../../session/facts.ts'
import { Badge } from '../../ui/badge.tsx'
import { RadioCards } from '../../ui/radio-cards.tsx'
import { toastDone, toastProblem } from '../../ui/toast.tsx'
import type { Person } from './queries.ts'

type Departure = Answer<'/api/orgs/{org}/members/{member}/removal', 'get'>
const SHOWN = 8
const WAYS = ['hand_over', 'leave'] as const

type Decision = { readonly way: (typeof WAYS)[number]; readonly hand_over_to: string | null }
const UNDECIDED: Decision = { way: 'hand_over', hand_over_to: null }

/** Removes somebody: what ends with them, what waits for them, and who takes that over. */
export function RemovePerson(props: {
  readonly person: Pick<Person, 'id' | 'display_name' | 'email'>
  readonly name: string
  readonly onClose: () => void
}) {
  const { t } = useTranslation('people')
  const { t: words } = useTranslation('words')
  const org = useOrg()
  const { can } = useAccess()
  const client = useQueryClient()
  const { person, name } = props
  const params = { path: { org, member: person.id } }
  const { data, error, refetch } = useQuery({
    queryKey: ['org', org, 'members', person.id, 'removal'],
    queryFn: () => answerOf(api.GET('/api/orgs/{org}/members/{member}/removal', { params })),
  })
  const hasDuties = (data?.duties.length ?? 0) > 0
  const hasPressing = data?.duties.some(({ is_pressing }) => is_pressing) === true
  const reread = () => client.invalidateQueries({ queryKey: ['org', org, 'members'] })
  const restore = async () => {
    try {
      await api.POST('/api/orgs/{org}/members/{member}/restore', { params })
      await reread()
    } catch (failure) {
      toastProblem(problemText(words, toProblem(failure)))
    }
  }
  const form = useForm({
    initial: UNDECIDED,
    check: ({ way, hand_over_to }) =>
      hasPressing && way === 'hand_over' && hand_over_to === null ? { hand_over_to: t('successorMissing') } : {},
    send({ way, hand_over_to }) {
      const query =
        way === 'leave' && hasDuties ? { leave_pending: true } : hand_over_to === null ? {} : { hand_over_to }
      return api.DELETE('/api/orgs/{org}/members/{member}', { params: { ...params, query } })
    },
    onDone() {
      void reread()
      const undo = { label: words('undo'), run: () => void restore() }
      toastDone(t('done.remove', { name }), can('user.invite') ? undo : undefined)
      props.onClose()
    },
  })
  return (
    <FormDialog
      form={form}
      isOpen
      onClose={props.onClose}
      title={t('ask.remove.title', { name })}
      description={t('ask.remove.text')}
      submitLabel={t('ask.remove.confirm')}
      isDangerous
    >
      {data === undefined &&
        (error === null ? <Skeleton /> : <ErrorState error={error} onRetry={() => void refetch()} />)}
      {data !== undefined && <Ends departure={data} />}
      {data !== undefined && hasDuties && (
        <>
          <Duties duties={data.duties} />
          <RadioCards
            label={t('whatWaits')}
            value={form.values.way}
            onChange={(way) => form.set('way', way)}
            options={WAYS.map((value) => ({ value, label: t(`way.${value}`), hint: t(`wayHint.${value}`) }))}
          />
          {form.values.way === 'hand_over' && (
            <PersonPicker
              label={t('successor')}
              value={form.values.hand_over_to}
              onChange={(id) => form.set('hand_over_to', id === person.id ? null : id)}
              error={form.errorOf('hand_over_to')}
            />
          )}
        </>
      )}
    </FormDialog>
  )
}

/** What ends at once. */
function Ends({ departure }: { readonly departure: Departure }) {
  const { t } = useTranslation('people')
  const { api_keys, teams, workspaces, projects } = departure
  const parts = [
    t('ends.sessions'),
    ...(api_keys > 0 ? [t('ends.keys', { count: api_keys })] : []),
    ...(teams > 0 ? [t('ends.teams', { count: teams })] : []),
    ...(workspaces > 0 ? [t('ends.workspaces', { count: workspaces })] : []),
    ...(projects > 0 ? [t('ends.projects', { count: projects })] : []),
  ]
  return (
    <div>
      <p className="font-medium">{t('ends.title')}</p>
      <ul className="mt-1 list-disc ps-4 text-fg2">
        {parts.map((part) => (
          <li key={part}>{part}</li>
        ))}
      </ul>
    </div>
  )
}

function Duties({ duties }: { readonly duties: Departure['duties'] }) {
  const { t } = useTranslation('people')
  const more = duties.length - SHOWN
  return (
    <div>
      <p className="font-medium">{t('waits', { count: duties.length })}</p>
      <ul className="mt-1.5 divide-y rounded-lg border">
        {duties.slice(0, SHOWN).map(({ kind, id, title, is_pressing }) => (
          <li key={`${kind} ${id}`} className="flex items-center gap-2 px-3 py-2">
            <span className="min-w-0 flex-1 truncate" title={title}>
              {title}
            </span>
            <Badge tone={is_pressing ? 'warn' : 'neutral'}>{t(`duty.${kind}`, { defaultValue: kind })}</Badge>
          </li>
        ))}
        {more > 0 && <li className="px-3 py-2 text-fg3">{t('andMore', { count: more })}</li>}
      </ul>
    </div>
  )
}
