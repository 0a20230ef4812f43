import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { MIN_PASSWORD_LENGTH } from '../../session/password-length.ts'
import { TextField } from '../../ui/field.tsx'

export type PasswordRule = {
  readonly min_length: number
  readonly needs_letters: boolean
  readonly needs_digits: boolean
  readonly needs_symbols: boolean
}

const PLAIN: PasswordRule = {
  min_length: MIN_PASSWORD_LENGTH,
  needs_letters: false,
  needs_digits: false,
  needs_symbols: false,
}

/** What is wrong with a new password before the server, which knows more, is asked. */
export function newPasswordMistake(
  t: TFunction<'start'>,
  password: string,
  min_length = MIN_PASSWORD_LENGTH,
): string | null {
  return Array.from(password).length < min_length ? t('passwordShort', { count: min_length }) : null
}

/** A new password, with the rule it has to keep; `hint` where what it must be is not known before the server is asked. */
export function NewPasswordField(props: {
  readonly value: string
  readonly error: string | null
  readonly onChange: (value: string) => void
  readonly rule?: PasswordRule
  readonly hint?: string
}) {
  const { t } = useTranslation('start')
  const rule = props.rule ?? PLAIN
  const needs = [
    ...(rule.needs_letters ? [t('needsLetters')] : []),
    ...(rule.needs_digits ? [t('needsDigits')] : []),
    ...(rule.needs_symbols ? [t('needsSymbols')] : []),
  ]
  return (
    <TextField
      label={t('newPassword')}
      type="password"
      autoComplete="new-password"
      hint={props.hint ?? [t('passwordHint', { count: rule.min_length }), ...needs].join(' ')}
      value={props.value}
      error={props.error}
      onChange={props.onChange}
    />
  )
}
