import { Check, Copy } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { cx } from '../ui/cx.ts'
import { Tooltip } from '../ui/tooltip.tsx'

const TOLD_MS = 1500

/** Copies text and says so for a moment. */
export function useCopy(): readonly [isCopied: boolean, copy: (text: string) => void] {
  const [isCopied, setCopied] = useState(false)
  useEffect(() => {
    if (!isCopied) return undefined
    const timer = setTimeout(() => setCopied(false), TOLD_MS)
    return () => clearTimeout(timer)
  }, [isCopied])
  const copy = (text: string) => {
    void navigator.clipboard.writeText(text).then(() => setCopied(true))
  }
  return [isCopied, copy]
}

/** An id, shortened to its end, that is copied whole. */
export function CopyId({
  id,
  label,
  isWhole = false,
}: {
  readonly id: string
  readonly label?: string
  readonly isWhole?: boolean
}) {
  const { t } = useTranslation('words')
  const [isCopied, copy] = useCopy()
  const what = label ?? t('id')
  return (
    <Tooltip text={isCopied ? t('copied') : id}>
      <button
        type="button"
        onClick={() => copy(id)}
        className="group inline-flex max-w-full items-center gap-1 rounded-xs font-mono text-[12px] text-fg2 hover:text-fg"
      >
        <span className="sr-only">{t('copyThis', { what })}</span>
        <span className="truncate">{isWhole ? id : `…${id.slice(-8)}`}</span>
        {isCopied ? (
          <Check size={12} className="shrink-0 text-ok" aria-hidden />
        ) : (
          <Copy size={12} aria-hidden className={cx('shrink-0 opacity-50 group-hover:opacity-100')} />
        )}
      </button>
    </Tooltip>
  )
}
