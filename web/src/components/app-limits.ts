// What the fields of an app allow, said while somebody fills them in: before anything is sent, least of all a file that is too
// large. The server judges it again.

import { useTranslation } from 'react-i18next'
import { filesIn, isEmpty, type Typed, type TypedInput } from './app-input.ts'
import type { AppField } from './contract.ts'
import { useFormat } from './format.ts'

/** What the platform allows where a contract says nothing. */
const MAX_FILES = 50

/** Characters as JSON Schema counts them: by code point. */
const lengthOf = (text: string): number => Array.from(text).length

export type FieldLimits = {
  /** What is wrong with each field, in words. */
  readonly mistakesIn: (fields: readonly AppField[], values: TypedInput) => Partial<Record<string, string>>
  /** What is too much already, while it is being filled in; null for what may still become right. */
  readonly excessOf: (field: AppField, value: Typed) => string | null
  /** The limits themselves, and how much of them is used; null where there are none. */
  readonly sayLimits: (field: AppField, value: Typed) => string | null
}

/** The limits of fields in the words of whoever fills them in. */
export function useFieldLimits(): FieldLimits {
  const { t } = useTranslation('apps')
  const { number, size: sizeOf } = useFormat()

  function fileExcessOf({ max_files, max_bytes }: AppField, files: readonly File[]): string | null {
    const most = max_files ?? MAX_FILES
    if (files.length > most) return t('form.tooManyFiles', { count: most })
    const large = files.find(({ size }) => max_bytes !== null && size > max_bytes)
    if (large === undefined || max_bytes === null) return null
    return t('form.fileTooLarge', { name: large.name, size: sizeOf(large.size), most: sizeOf(max_bytes) })
  }

  function excessOf(field: AppField, value: Typed): string | null {
    const { type, max_length, maximum } = field
    if (type === 'file' || type === 'files') return fileExcessOf(field, filesIn(value))
    if (type === 'number' && typeof value === 'number' && maximum !== null && value > maximum) {
      return t('form.atMost', { most: number(maximum) })
    }
    if (type !== 'text' || typeof value !== 'string' || max_length === null) return null
    const over = lengthOf(value) - max_length
    return over > 0 ? t('form.tooLong', { count: over }) : null
  }

  function mistakeIn(field: AppField, value: Typed): string | null {
    const { type, isRequired, min_length, minimum } = field
    if (isEmpty(value)) return isRequired && type !== 'boolean' ? t('form.missing') : null
    if (type === 'text' && typeof value === 'string' && min_length !== null && lengthOf(value) < min_length) {
      return t('form.tooShort', { count: min_length })
    }
    if (type === 'number' && typeof value === 'number' && minimum !== null && value < minimum) {
      return t('form.atLeast', { least: number(minimum) })
    }
    return excessOf(field, value)
  }

  function sayLimits({ type, ...field }: AppField, value: Typed): string | null {
    const { min_length, max_length, minimum, maximum } = field
    if (type === 'text') {
      if (max_length === null) return min_length === null ? null : t('form.tooShort', { count: min_length })
      const length = typeof value === 'string' ? lengthOf(value) : 0
      return t('form.ofCharacters', { length: number(length), most: number(max_length) })
    }
    if (type === 'number') {
      if (minimum !== null && maximum !== null) return `${number(minimum)} – ${number(maximum)}`
      if (minimum !== null) return t('form.atLeast', { least: number(minimum) })
      return maximum === null ? null : t('form.atMost', { most: number(maximum) })
    }
    if (type !== 'file' && type !== 'files') return null
    const said = [
      field.formats.map((each) => each.toUpperCase()).join(', '),
      ...(field.max_bytes === null ? [] : [t('form.upTo', { size: sizeOf(field.max_bytes) })]),
      ...(type === 'file' || field.max_files === null ? [] : [t('form.upToFiles', { count: field.max_files })]),
    ]
    return said.filter((each) => each !== '').join(' · ')
  }

  return {
    excessOf,
    sayLimits,
    mistakesIn: (fields, values) =>
      Object.fromEntries(
        fields.flatMap((field) => {
          const mistake = mistakeIn(field, values[field.name] ?? null)
          return mistake === null ? [] : [[field.name, mistake]]
        }),
      ),
  }
}
