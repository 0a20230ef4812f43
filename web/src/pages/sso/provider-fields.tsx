import { useTranslation } from 'react-i18next'
import type { FormState, Mistakes } from '../../components/form.tsx'
import { TextField } from '../../ui/field.tsx'
import type { Draft, Preset } from './desk.ts'

/** What names a provider: by preset one of the three members that follow it. */
export type ProviderValues = {
  readonly name: string
  readonly client_id: string
  readonly preset: Preset
  readonly tenant: string
  readonly domain_url: string
  readonly issuer: string
}

export const NO_PROVIDER: ProviderValues = {
  name: '',
  client_id: '',
  preset: 'entra_id',
  tenant: '',
  domain_url: '',
  issuer: '',
}

/** The member that a preset asks for. */
const PLACE = { entra_id: 'tenant', google_workspace: null, oracle_idcs: 'domain_url', other: 'issuer' } as const

/** What is sent: only what belongs to the preset. */
export function draftOf({ name, client_id, preset, ...places }: ProviderValues): Draft {
  const place = PLACE[preset]
  return {
    name: name.trim(),
    client_id: client_id.trim(),
    preset,
    ...(place !== null && { [place]: places[place].trim() }),
  }
}

type Say = (key: 'nameMissing' | 'clientIdMissing' | 'placeMissing') => string

/** What is missing before the server is asked. */
export function providerMistakes(t: Say, values: ProviderValues): Mistakes<ProviderValues> {
  const place = PLACE[values.preset]
  return {
    ...(values.name.trim() === '' && { name: t('nameMissing') }),
    ...(values.client_id.trim() === '' && { client_id: t('clientIdMissing') }),
    ...(place !== null && values[place].trim() === '' && { [place]: t('placeMissing') }),
  }
}

/** Name, place and client id of a provider, with where to find each in its console. */
export function ProviderFields({ form }: { readonly form: FormState<ProviderValues> }) {
  const { t } = useTranslation('sso')
  const { values } = form
  const place = PLACE[values.preset]
  return (
    <>
      <TextField
        label={t('name')}
        hint={t('nameHint')}
        value={values.name}
        onChange={(name) => form.set('name', name)}
        error={form.errorOf('name')}
      />
      {place !== null && (
        <TextField
          label={t(`place.${place}`)}
          hint={t(`placeHint.${place}`)}
          isMono
          value={values[place]}
          onChange={(text) => form.set(place, text)}
          error={form.errorOf(place)}
        />
      )}
      <TextField
        label={t('clientId')}
        hint={t(`clientIdHint.${values.preset}`)}
        isMono
        value={values.client_id}
        onChange={(text) => form.set('client_id', text)}
        error={form.errorOf('client_id')}
      />
    </>
  )
}
