import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../../api/client.ts'
import { FormDialog } from '../../components/form-dialog.tsx'
import { useForm } from '../../components/form.tsx'
import { useOrg } from '../../session/facts.ts'
import { CheckboxField } from '../../ui/checkbox.tsx'
import { TextAreaField, TextField } from '../../ui/field.tsx'
import { SelectField } from '../../ui/select.tsx'
import { SwitchField } from '../../ui/switch.tsx'
import { toastDone } from '../../ui/toast.tsx'
import { type Level, LevelForm } from './level-form.tsx'
import { type Workflow, workflowsKey } from './queries.ts'

const RISKS = ['low', 'medium', 'high', 'critical'] as const
const LEVELS = [1, 2, 3] as const
const ENGINES = ['prompt', 'document', 'analysis', 'workflow', 'agent', 'chat', 'build'] as const
const ANY = 'any'

type Values = Pick<Workflow, 'name' | 'is_enabled' | 'position' | 'applies_to'> & { readonly levels: readonly Level[] }

const NEW: Pick<Values, 'name' | 'is_enabled' | 'applies_to' | 'levels'> = {
  name: '',
  is_enabled: true,
  applies_to: { from_risk: 'high' },
  levels: [{ level: 2, quorum: 1, deadline_hours: 48, on_timeout: 'cancel' }],
}

/** Makes or changes a workflow. */
export function WorkflowForm(props: {
  readonly workflow: Workflow | null
  readonly position: number
  readonly isOpen: boolean
  readonly onClose: () => void
}) {
  const { t } = useTranslation('supervision')
  const org = useOrg()
  const client = useQueryClient()
  const { workflow } = props
  const initial: Values =
    workflow === null
      ? { ...NEW, position: props.position }
      : {
          name: workflow.name,
          is_enabled: workflow.is_enabled,
          position: workflow.position,
          applies_to: workflow.applies_to,
          levels: workflow.levels,
        }
  const form = useForm({
    initial,
    check: ({ name, levels }) => ({
      ...(name.trim() === '' && { name: t('nameMissing') }),
      ...(levels.length === 0 && { levels: t('levelsMissing') }),
    }),
    send: ({ levels, ...values }) => {
      const body = { ...values, name: values.name.trim(), levels: [...levels] }
      return workflow === null
        ? answerOf(api.POST('/api/orgs/{org}/supervision/workflows', { params: { path: { org } }, body }))
        : answerOf(
            api.PUT('/api/orgs/{org}/supervision/workflows/{workflow}', {
              params: { path: { org, workflow: workflow.id }, query: { replaces: workflow.version } },
              body,
            }),
          )
    },
    onDone() {
      toastDone(t('saved'))
      props.onClose()
      void client.invalidateQueries({ queryKey: workflowsKey(org) })
    },
  })
  return (
    <FormDialog
      form={form}
      isOpen={props.isOpen}
      onClose={props.onClose}
      title={t(workflow === null ? 'create' : 'change')}
      description={t('formText')}
      submitLabel={t('save')}
      isSheet
    >
      <TextField
        label={t('name')}
        value={form.values.name}
        onChange={(name) => form.set('name', name)}
        error={form.errorOf('name')}
        maxLength={200}
      />
      <SwitchField
        label={t('enabled')}
        isOn={form.values.is_enabled}
        onChange={(is_enabled) => form.set('is_enabled', is_enabled)}
      />
      <Trigger value={form.values.applies_to} onChange={(applies_to) => form.set('applies_to', applies_to)} />
      <Levels levels={form.values.levels} onChange={(levels) => form.set('levels', levels)} />
      {form.errorOf('levels') !== null && <p className="meta text-bad">{form.errorOf('levels')}</p>}
    </FormDialog>
  )
}

function Trigger(props: {
  readonly value: Workflow['applies_to']
  readonly onChange: (value: Workflow['applies_to']) => void
}) {
  const { t } = useTranslation('supervision')
  const { t: words } = useTranslation('words')
  const { from_risk, ...rest } = props.value
  const { categories, ...others } = props.value
  const { engines = [], ...withoutEngines } = props.value
  const setCategories = (text: string) => {
    const next = text.split('\n').filter((line) => line !== '')
    props.onChange(next.length === 0 ? others : { ...others, categories: next })
  }
  return (
    <>
      <SelectField
        label={t('fromRiskLabel')}
        value={from_risk ?? ANY}
        options={[
          { value: ANY, label: t('anyRisk') },
          ...RISKS.map((value) => ({ value, label: words(`risk.${value}`) })),
        ]}
        onChange={(next) => {
          const risk = RISKS.find((each) => each === next)
          props.onChange(risk === undefined ? rest : { ...rest, from_risk: risk })
        }}
      />
      <TextAreaField
        label={t('categories')}
        hint={t('categoriesHint')}
        rows={2}
        value={(categories ?? []).join('\n')}
        onChange={setCategories}
      />
      <fieldset className="flex flex-col gap-2">
        <legend className="pb-1.5 font-medium">{t('engines')}</legend>
        <p className="meta text-fg3">{t('enginesHint')}</p>
        <div className="grid gap-2 sm:grid-cols-2">
          {ENGINES.map((engine) => (
            <CheckboxField
              key={engine}
              label={t(`engineNames.${engine}`)}
              isChecked={engines.includes(engine)}
              onChange={(isOn) => {
                const next = ENGINES.filter((each) => (each === engine ? isOn : engines.includes(each)))
                props.onChange(next.length === 0 ? withoutEngines : { ...withoutEngines, engines: next })
              }}
            />
          ))}
        </div>
      </fieldset>
    </>
  )
}

function Levels(props: { readonly levels: readonly Level[]; readonly onChange: (levels: readonly Level[]) => void }) {
  const { t } = useTranslation('supervision')
  const toggle = (level: (typeof LEVELS)[number], isOn: boolean) => {
    const others = props.levels.filter((each) => each.level !== level)
    props.onChange(isOn ? [...others, { level }].sort((a, b) => a.level - b.level) : others)
  }
  const change = (next: Level) => props.onChange(props.levels.map((each) => (each.level === next.level ? next : each)))
  return (
    <fieldset className="flex flex-col gap-3">
      <legend className="pb-2 font-medium">{t('levelsTitle')}</legend>
      {LEVELS.map((level) => {
        const value = props.levels.find((each) => each.level === level)
        return (
          <div key={level} className="flex flex-col gap-3 rounded-lg border p-3">
            <CheckboxField
              label={t(`levelNames.${level}`)}
              isChecked={value !== undefined}
              onChange={(isOn) => toggle(level, isOn)}
            />
            {value !== undefined && <LevelForm level={value} onChange={change} />}
          </div>
        )
      })}
    </fieldset>
  )
}
