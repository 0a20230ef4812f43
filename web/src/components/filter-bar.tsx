import { Search, X } from 'lucide-react'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../ui/button.tsx'
import { cx } from '../ui/cx.ts'
import { COMPACT_INPUT } from '../ui/surface.ts'

const TYPING_MS = 250

/** What is typed is asked for when the typing rests. `/` brings the focus here. */
export function SearchBox(props: {
  readonly label: string
  readonly value: string | undefined
  readonly onChange: (value: string | undefined) => void
  /** Beside many other filters. */
  readonly isNarrow?: boolean
}) {
  const { t } = useTranslation('words')
  const given = props.value ?? ''
  const [text, setText] = useState(given)
  const [seen, setSeen] = useState(given)
  const input = useRef<HTMLInputElement>(null)
  // Changed from outside: cleared, or another address.
  if (given !== seen) {
    setSeen(given)
    if (given !== text.trim()) setText(given)
  }
  const { onChange } = props
  useEffect(() => {
    if (text.trim() === given) return undefined
    const timer = setTimeout(() => onChange(text.trim() || undefined), TYPING_MS)
    return () => clearTimeout(timer)
  }, [text, given, onChange])
  return (
    <div className={cx('relative w-full', props.isNarrow === true ? 'sm:w-40' : 'sm:w-64')}>
      <Search
        size={14}
        aria-hidden
        className="pointer-events-none absolute start-2.5 top-1/2 -translate-y-1/2 text-fg3"
      />
      <input
        ref={input}
        type="search"
        data-filter
        aria-label={props.label}
        placeholder={props.label}
        value={text}
        maxLength={200}
        onChange={(event) => setText(event.target.value)}
        className={cx(COMPACT_INPUT, 'w-full ps-8 [&::-webkit-search-cancel-button]:hidden', text !== '' && 'pe-8')}
      />
      {text !== '' && (
        <button
          type="button"
          aria-label={t('clearSearch')}
          onClick={() => {
            setText('')
            input.current?.focus()
          }}
          className="absolute end-1 top-1/2 grid size-6 -translate-y-1/2 place-items-center rounded text-fg3 hover:text-fg"
        >
          <X size={14} aria-hidden />
        </button>
      )}
    </div>
  )
}

/** Views on the left, filters on the right, and the way back to everything. */
export function FilterBar(props: {
  readonly children: ReactNode
  readonly views?: ReactNode
  readonly isSet: boolean
  readonly onClear: () => void
}) {
  const { t } = useTranslation('words')
  return (
    <div role="search" className="flex flex-wrap items-center gap-2">
      {props.views}
      {props.children}
      {props.isSet && (
        <Button variant="ghost" onClick={props.onClear}>
          {t('clearFilters')}
        </Button>
      )}
    </div>
  )
}
