import { useTranslation } from 'react-i18next'
import { NumberField } from '../../ui/number-field.tsx'
import { SelectField } from '../../ui/select.tsx'
import { MembersChoice, type People, PeopleChoice } from './people-choice.tsx'
import type { Workflow } from './queries.ts'

export type Level = Workflow['levels'][number]

const TIMEOUTS = ['cancel', 'escalate'] as const

/** A level with a member set, or without it where there is nothing to say. */
function withPart<Name extends 'who' | 'escalate_to' | 'deputies' | 'deadline_hours'>(
  level: Level,
  name: Name,
  value: Level[Name] | undefined,
): Level {
  const { [name]: _before, ...rest } = level
  return value === undefined ? { ...rest, level: level.level } : { ...rest, level: level.level, [name]: value }
}

/** One level of a workflow: how many, whose turn, by when, and what happens then. */
export function LevelForm({ level, onChange }: { readonly level: Level; readonly onChange: (level: Level) => void }) {
  const { t } = useTranslation('supervision')
  const setPeople = (name: 'who' | 'escalate_to') => (people: People | undefined) =>
    onChange(withPart(level, name, people))
  const timeout = level.on_timeout ?? 'cancel'
  const isAbove = level.level > 1
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      {isAbove && (
        <NumberField
          label={t('quorum')}
          min={1}
          max={20}
          value={level.quorum ?? 1}
          onChange={(next) => onChange({ ...level, quorum: next ?? 1 })}
        />
      )}
      <NumberField
        label={t('deadlineHours')}
        min={1}
        value={level.deadline_hours ?? null}
        onChange={(hours) => onChange(withPart(level, 'deadline_hours', hours ?? undefined))}
        hint={t('deadlineHint')}
      />
      <SelectField
        label={t('onTimeout')}
        value={timeout}
        options={TIMEOUTS.map((value) => ({ value, label: t(`timeouts.${value}`) }))}
        onChange={(next) => onChange({ ...level, on_timeout: next })}
      />
      {isAbove && (
        <>
          <PeopleChoice legend={t('who')} hint={t('whoHint')} people={level.who} onChange={setPeople('who')} />
          <MembersChoice
            label={t('deputies')}
            hint={t('deputiesHint')}
            members={level.deputies ?? []}
            onChange={(ids) => onChange(withPart(level, 'deputies', ids.length === 0 ? undefined : ids))}
          />
        </>
      )}
      {timeout === 'escalate' && (
        <PeopleChoice
          legend={t('escalateTo')}
          hint={t('escalateHint')}
          people={level.escalate_to}
          onChange={setPeople('escalate_to')}
        />
      )}
    </div>
  )
}
