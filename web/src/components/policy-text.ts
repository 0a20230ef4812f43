import { useTranslation } from 'react-i18next'
import { useFormat } from './format.ts'
import { KINDS, type PolicyField } from './policy-fields.ts'

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB']

/** How a value of a field reads. */
export function usePolicyText(): (field: PolicyField, value: unknown) => string {
  const { t } = useTranslation('policies')
  const format = useFormat()
  const word = (value: unknown) => (typeof value === 'string' ? t(`values.${value}`, { defaultValue: value }) : '–')
  return (field, value) => {
    const kind = KINDS[field]
    if (value === undefined || value === null) return kind.kind === 'most' ? t('noLimit') : t('notSet')
    switch (kind.kind) {
      case 'choice':
        return word(typeof value === 'boolean' ? String(value) : value)
      case 'most':
        if (kind.unit === 'bytes') return bytesText(Number(value), format.number)
        return t(`units.${kind.unit}`, { count: Number(value), text: format.number(Number(value)) })
      case 'least':
        return t(`units.${kind.unit}`, { count: Number(value), text: format.number(Number(value)) })
      case 'only':
      case 'including':
        return wordsText(value, word, t)
    }
  }
}

function bytesText(bytes: number, write: (value: number) => string): string {
  const step = Math.min(UNITS.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3))
  return `${write(Math.round((bytes / 1000 ** step) * 10) / 10)} ${UNITS[step]}`
}

function wordsText(
  value: unknown,
  word: (text: string) => string,
  t: ReturnType<typeof useTranslation<'policies'>>['t'],
): string {
  if (value === 'all') return t('all')
  if (!Array.isArray(value)) return t('notSet')
  return value.length === 0 ? t('none') : value.map((each) => word(String(each))).join(', ')
}
