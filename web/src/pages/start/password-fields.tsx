import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { TextField } from '../../ui/field.tsx'

export const MIN_PASSWORD_LENGTH = 15

/** What is wrong with a new password before the server, which knows more, is asked. */
export function newPasswordMistake(t: TFunction<'start'>, password: string): string | null {
  return Array.from(password).length < MIN_PASSWORD_LENGTH ? t('passwordShort', { count: MIN_PASSWORD_LENGTH }) : null
}

/** A new password, with the rule it has to keep. */
export function NewPasswordField(props: {
  readonly value: string
  readonly error: string | null
  readonly onChange: (value: string) => void
}) {
  const { t } = useTranslation('start')
  return (
    <TextField
      label={t('newPassword')}
      type="password"
      autoComplete="new-password"
      hint={t('passwordHint', { count: MIN_PASSWORD_LENGTH })}
      value={props.value}
      error={props.error}
      onChange={props.onChange}
    />
  )
}
