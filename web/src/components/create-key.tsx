import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../api/client.ts'
import { FormDialog } from './form-dialog.tsx'
import { useForm } from './form.tsx'
import { ShownOnce } from './shown-once.tsx'
import { useAccess, useOrg } from '../session/facts.ts'
import { TextAreaField, TextField } from '../ui/field.tsx'
import { RadioCards } from '../ui/radio-cards.tsx'
import { SelectField } from '../ui/select.tsx'
import { toastDone } from '../ui/toast.tsx'
import { addressesIn } from '../api/api-keys.ts'
import { mayRunIn, offeredUseCasesQuery } from '../api/offered.ts'
import { ScopePicker } from './scope-picker.tsx'

const NONE = 'none'
const DAYS = ['7', '30', '90', '180', '365'] as const
const USUAL_SCOPES = ['run.execute', 'model.view']
const KINDS = ['own', 'organisation'] as const
type Kind = (typeof KINDS)[number]

type Project = {
  readonly id: string
  readonly name: string
  readonly kind: 'default' | 'team'
  readonly my_role: string | null
}

/** Makes a key of one's own or of the organisation: what it may do, where it works, how long. */
export function CreateKey(props: {
  readonly isOpen: boolean
  readonly onClose: () => void
  readonly whose: Kind
  /** The service account that it is for; its keys carry no more than it may do. */
  readonly account?: { readonly id: string; readonly permissions: readonly string[] }
  readonly projects: readonly Project[]
}) {
  const { t } = useTranslation('api-keys')
  const org = useOrg()
  const { can } = useAccess()
  const client = useQueryClient()
  const [secret, setSecret] = useState<string | null>(null)
  const usable = props.projects.filter(mayRunIn)
  const usual = usable.find(({ kind }) => kind === 'default')?.id ?? NONE
  const initial = {
    kind: props.whose,
    name: '',
    scopes: props.account?.permissions ?? USUAL_SCOPES,
    project_id: NONE,
    use_case_id: NONE,
    days: '90' as (typeof DAYS)[number],
    addresses: '',
  }
  const form = useForm({
    initial,
    check: ({ name, scopes }) => ({
      ...(name.trim() === '' && { name: t('nameMissing') }),
      ...(scopes.length === 0 && { scopes: t('scopeMissing') }),
    }),
    send: ({ kind, name, scopes, project_id, use_case_id, days, addresses }) => {
      const body = {
        name,
        scopes: [...scopes],
        expires_in_days: Number(days),
        ...(project_id !== NONE && { project_id }),
        ...(use_case_id !== NONE && { use_case_id }),
        ...(addresses.trim() !== '' && { addresses: addressesIn(addresses) }),
      }
      const owner = props.account === undefined ? {} : { service_account_id: props.account.id }
      const params = { path: { org } }
      return kind === 'own'
        ? answerOf(api.POST('/api/orgs/{org}/me/api-keys', { params, body }))
        : answerOf(api.POST('/api/orgs/{org}/api-keys', { params, body: { ...body, ...owner } }))
    },
    onDone({ key, name }) {
      setSecret(key)
      form.reset(initial)
      props.onClose()
      toastDone(t('created_', { name }))
      void client.invalidateQueries({ queryKey: ['org', org, 'api-keys'] })
    },
  })
  const { values } = form
  const chosen = values.project_id === NONE ? usual : values.project_id
  const { data: useCases } = useQuery({
    ...offeredUseCasesQuery(org, chosen),
    enabled: props.isOpen && chosen !== NONE,
  })
  return (
    <>
      <FormDialog
        form={form}
        isOpen={props.isOpen}
        onClose={props.onClose}
        title={t('create')}
        description={t('createText')}
        submitLabel={t('create')}
        isSheet
      >
        {can('api_key.manage') && props.account === undefined && (
          <RadioCards
            label={t('whose')}
            value={values.kind}
            columns={2}
            onChange={(kind) => form.set('kind', kind)}
            options={KINDS.map((value) => ({ value, label: t(`kinds.${value}`), hint: t(`kindHint.${value}`) }))}
          />
        )}
        <TextField
          label={t('name')}
          hint={t('nameHint')}
          value={values.name}
          onChange={(name) => form.set('name', name)}
          error={form.errorOf('name')}
          maxLength={200}
        />
        <SelectField
          label={t('project')}
          value={chosen}
          options={usable.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(project_id) => {
            form.set('project_id', project_id)
            form.set('use_case_id', NONE)
          }}
          error={form.errorOf('project_id')}
        />
        {useCases !== undefined && useCases.length > 0 && (
          <SelectField
            label={t('useCase')}
            value={values.use_case_id}
            options={[
              { value: NONE, label: t('anyUseCase') },
              ...useCases.map(({ id, name }) => ({ value: id, label: name })),
            ]}
            onChange={(use_case_id) => form.set('use_case_id', use_case_id)}
            error={form.errorOf('use_case_id')}
          />
        )}
        <SelectField
          label={t('expires')}
          value={values.days}
          options={DAYS.map((value) => ({ value, label: t('inDays', { count: Number(value) }) }))}
          onChange={(days) => form.set('days', days)}
          error={form.errorOf('days')}
        />
        <TextAreaField
          label={t('addresses')}
          note={t('optional')}
          hint={t('addressesHint')}
          rows={2}
          isMono
          value={values.addresses}
          onChange={(addresses) => form.set('addresses', addresses)}
          error={form.errorOf('addresses')}
        />
        <ScopePicker
          kind={values.kind}
          {...(props.account && { within: props.account.permissions })}
          value={values.scopes}
          onChange={(scopes) => form.set('scopes', scopes)}
          error={form.errorOf('scopes')}
        />
      </FormDialog>
      <ShownOnce
        secret={secret}
        onClose={() => setSecret(null)}
        title={t('shownTitle')}
        text={t('shownText')}
        label={t('key')}
      />
    </>
  )
}
