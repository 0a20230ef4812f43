import { cx } from '../ui/cx.ts'

const TONES = [
  'bg-info-soft text-info',
  'bg-ok-soft text-ok',
  'bg-warn-soft text-warn',
  'bg-accent-soft text-accent-text',
  'bg-bad-soft text-bad',
] as const

const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

/** First letters as people see them, so that an emoji or a combined letter stays whole. */
function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/)
  const first = [words[0] ?? '', words.length > 1 ? (words.at(-1) ?? '') : '']
  return first
    .map((word) => [...segmenter.segment(word)][0]?.segment ?? '')
    .join('')
    .toLocaleUpperCase()
}

/** A person or an organisation as a small mark beside its name; the name stands beside it, so it is not read out. */
export function Avatar({
  name,
  isSquare = false,
  size = 'normal',
}: {
  readonly name: string
  readonly isSquare?: boolean
  readonly size?: 'normal' | 'large'
}) {
  const sum = Array.from(name).reduce((total, letter) => total + (letter.codePointAt(0) ?? 0), 0)
  return (
    <span
      aria-hidden
      className={cx(
        'grid shrink-0 place-items-center font-medium select-none',
        size === 'large' ? 'size-10 text-[14px]' : 'size-7 text-[11px]',
        isSquare ? 'rounded-md' : 'rounded-full',
        TONES[sum % TONES.length],
      )}
    >
      {initialsOf(name)}
    </span>
  )
}
